import { ManagementError, ManagementTimeoutError } from 'auth0';
import { NEEDED_SCOPES } from '../deployment/needed-scopes.ts';
import { Problem } from '../problem/problem.ts';
import { asProblem } from './report-error.ts';

/**
 * Returns the problem for a failed call of the Management API: the tenant refused it or never answered. A problem stays as it is.
 *
 * @param domain the tenant's domain
 */
export function explainManagementError(error: unknown, domain: string): Problem {
  if (error instanceof ManagementTimeoutError) return unanswered(error, domain);
  if (error instanceof ManagementError && error.statusCode !== undefined) return refused(error, domain);
  if (error instanceof Problem || !(error instanceof Error)) return asProblem(error);
  const { code, message } = causeOf(error);
  return new Problem(
    'tenant_unreachable',
    `The tenant ${domain} could not be reached: ${code === undefined || message.includes(code) ? message : `${code} ${message}`}`,
    unreachableRemedy(code),
    { cause: error },
  );
}

function refused(error: ManagementError, domain: string): Problem {
  const { statusCode = 0 } = error;
  const reason = reasonOf(error);
  // The package throws this for a token that did not arrive in time; no tenant answers like this.
  if (statusCode === 408 && error.body === undefined) return unanswered(error, domain);
  if (statusCode === 401 || reason === 'Bad HTTP authentication header format') {
    return new Problem(
      'tenant_refused',
      `The tenant ${domain} does not accept these credentials (${statusCode}).`,
      'Set AUTH0_CLIENT_ID and AUTH0_CLIENT_SECRET, or AUTH0_ACCESS_TOKEN, to the credentials of an application of that tenant.',
      { cause: error },
    );
  }
  return new Problem(
    'tenant_refused',
    `The tenant ${domain} refused (${statusCode}): ${reason}`,
    statusCode === 403
      ? scopeRemedy(reason)
      : statusCode >= 500
        ? 'Try again in a minute. If the error stays, check that AUTH0_DOMAIN names a tenant of Auth0, and look at https://status.auth0.com.'
        : 'Correct what the message names, and try again.',
    { cause: error },
  );
}

/** The tenant's own message, but never a whole page, such as proxies answer with. */
function reasonOf({ body, message }: ManagementError): string {
  if (typeof body === 'object' && body !== null) {
    if ('message' in body) return String(body.message);
    if ('error_description' in body) return String(body.error_description);
  }
  return message.split('\n', 1)[0] ?? '';
}

function unanswered(error: Error, domain: string): Problem {
  return new Problem(
    'tenant_unreachable',
    `The tenant ${domain} did not answer in time.`,
    `Try again, and see whether it answers at all: curl https://${domain}/.well-known/openid-configuration`,
    { cause: error },
  );
}

/** The innermost error: the package wraps what `fetch` threw, which wraps the error of the system. */
function causeOf(error: Error): { readonly code: string | undefined; readonly message: string } {
  let cause = error;
  for (let depth = 0; depth < 5 && cause.cause instanceof Error; depth += 1) cause = cause.cause;
  return {
    code: 'code' in cause && typeof cause.code === 'string' ? cause.code : undefined,
    message: cause.message,
  };
}

/** The remedy if there was no answer. It depends on how far the request got. */
function unreachableRemedy(code = ''): string {
  if (code === 'ENOTFOUND' || code === 'EAI_AGAIN') {
    return 'This host is not known. Correct AUTH0_DOMAIN (Auth0 shows it under Applications > your application > Settings), or check the network.';
  }
  if (code === 'ECONNREFUSED') {
    return 'Nothing listens there. Start a local tenant (portcullis tenant) and set what it prints, or correct AUTH0_DOMAIN.';
  }
  if (/CERT|SIGNATURE|ERR_TLS/.test(code)) {
    return 'Its certificate is not trusted. Set NODE_EXTRA_CA_CERTS to the certificate file: the one that the local tenant printed, or that of your network’s proxy.';
  }
  return 'Check that it runs, that AUTH0_CLIENT_ID and AUTH0_CLIENT_SECRET are what it printed, and that NODE_EXTRA_CA_CERTS names its certificate file.';
}

/** The remedy for missing scopes. Auth0's refusal names them; they are granted in the dashboard. */
function scopeRemedy(reason: string): string {
  const [, which = 'all', list] = /expected (any|all) of: (.+)$/.exec(reason) ?? [];
  // Without a grant for the API, the refusal names no scopes.
  const scopes = list?.split(/,\s*/) ?? NEEDED_SCOPES;
  const missing = which === 'any' && scopes.length > 1 ? `one of: ${scopes.join(', ')}` : scopes.join(', ');
  return (
    `Grant the application ${missing}. In Auth0: Applications > APIs > ` +
    'Auth0 Management API > Machine to Machine Applications > your application > tick it > Update.'
  );
}

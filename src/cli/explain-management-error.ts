import { ManagementError, ManagementTimeoutError } from 'auth0';
import { NEEDED_SCOPES } from '../deployment/needed-scopes.ts';
import { Problem } from '../problem/problem.ts';
import { asProblem } from './report-error.ts';

/**
 * The problem that a call of the Management API ended with: the tenant refused, or never answered. A problem stays as it is.
 *
 * @param domain of the tenant
 */
export function explainManagementError(error: unknown, domain: string): Problem {
  if (error instanceof ManagementTimeoutError) return unanswered(error, domain);
  if (error instanceof ManagementError && error.statusCode !== undefined) return refused(error, domain);
  if (error instanceof Problem || !(error instanceof Error)) return asProblem(error);
  const { code, message } = causeOf(error);
  return new Problem(
    'tenant_unreachable',
    `The tenant ${domain} could not be asked: ${code === undefined || message.includes(code) ? message : `${code} ${message}`}`,
    remedyOf(code),
    { cause: error },
  );
}

function refused(error: ManagementError, domain: string): Problem {
  const { statusCode = 0 } = error;
  const said = saidBy(error);
  // The package says so of a token that did not come in time; no tenant says it.
  if (statusCode === 408 && error.body === undefined) return unanswered(error, domain);
  if (statusCode === 401 || said === 'Bad HTTP authentication header format') {
    return new Problem(
      'tenant_refused',
      `The tenant ${domain} does not accept these credentials (${statusCode}).`,
      'Set AUTH0_CLIENT_ID and AUTH0_CLIENT_SECRET, or AUTH0_ACCESS_TOKEN, to what that tenant gave out.',
      { cause: error },
    );
  }
  return new Problem(
    'tenant_refused',
    `The tenant ${domain} refused (${statusCode}): ${said}`,
    statusCode === 403
      ? grantOf(said)
      : statusCode >= 500
        ? 'Try again in a minute. If it stays, see that AUTH0_DOMAIN names a tenant of Auth0, and look at https://status.auth0.com.'
        : 'Correct what it names, and try again.',
    { cause: error },
  );
}

/** The tenant's own sentence; never a whole page, such as proxies answer with. */
function saidBy({ body, message }: ManagementError): string {
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

/** The innermost: the package wraps what `fetch` threw, which wraps what the system said. */
function causeOf(error: Error): { readonly code: string | undefined; readonly message: string } {
  let cause = error;
  for (let depth = 0; depth < 5 && cause.cause instanceof Error; depth += 1) cause = cause.cause;
  return {
    code: 'code' in cause && typeof cause.code === 'string' ? cause.code : undefined,
    message: cause.message,
  };
}

/** What to do where no answer came: that depends on how far it got. */
function remedyOf(code = ''): string {
  if (code === 'ENOTFOUND' || code === 'EAI_AGAIN') {
    return 'No such host is known here. Correct AUTH0_DOMAIN (Auth0 shows it under Applications > your application > Settings), or see to the network.';
  }
  if (code === 'ECONNREFUSED') {
    return 'Nothing listens there. Start a local tenant (portcullis tenant) and set what it prints, or correct AUTH0_DOMAIN.';
  }
  if (/CERT|SIGNATURE|ERR_TLS/.test(code)) {
    return 'Its certificate is not trusted. Set NODE_EXTRA_CA_CERTS to the certificate file: the one that the local tenant printed, or that of your network’s proxy.';
  }
  return 'See that it runs, that AUTH0_CLIENT_ID and AUTH0_CLIENT_SECRET are what it printed, and that NODE_EXTRA_CA_CERTS names its certificate file.';
}

/** Auth0's refusal names the scopes; the dashboard is where they are granted. */
function grantOf(said: string): string {
  const [, which = 'all', list] = /expected (any|all) of: (.+)$/.exec(said) ?? [];
  // Without a grant for the API at all it names none.
  const scopes = list?.split(/,\s*/) ?? NEEDED_SCOPES;
  const wanted = which === 'any' && scopes.length > 1 ? `one of: ${scopes.join(', ')}` : scopes.join(', ');
  return (
    `Grant the application ${wanted}. In Auth0: Applications > APIs > ` +
    'Auth0 Management API > Machine to Machine Applications > your application > tick it > Update.'
  );
}

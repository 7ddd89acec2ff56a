import { ManagementError } from 'auth0';
import { CliError } from './cli-error.ts';

/**
 * What a person needs to know of a call that a tenant refused or never answered. Errors of other kinds are handed back as
 * they are.
 *
 * @param domain of the tenant
 */
export function refusalOf(error: unknown, domain: string): unknown {
  if (error instanceof ManagementError) {
    const { statusCode, body } = error;
    const said = typeof body === 'object' && body !== null && 'message' in body ? String(body.message) : error.message;
    if (statusCode === 401) {
      return new CliError(
        'tenant_refused',
        `The tenant ${domain} does not accept these credentials (401).`,
        'Set AUTH0_CLIENT_ID and AUTH0_CLIENT_SECRET, or AUTH0_ACCESS_TOKEN, to what that tenant gave out.',
        { cause: error },
      );
    }
    if (statusCode !== undefined) {
      return new CliError(
        'tenant_refused',
        `The tenant ${domain} refused (${statusCode}): ${said}`,
        statusCode === 403 ? grantOf(said) : 'Correct what it names, and try again.',
        { cause: error },
      );
    }
  }
  if (!(error instanceof Error) || ('code' in error && 'remedy' in error)) return error;
  return new CliError(
    'tenant_unreachable',
    `The tenant ${domain} could not be asked: ${causeOf(error)}`,
    'See that it runs, that AUTH0_CLIENT_ID and AUTH0_CLIENT_SECRET are what it printed, and that NODE_EXTRA_CA_CERTS names its certificate file.',
    { cause: error },
  );
}

function causeOf(error: Error): string {
  const cause = error.cause instanceof Error ? error.cause : error;
  return 'code' in cause && typeof cause.code === 'string' ? `${cause.code} ${cause.message}` : cause.message;
}

/** Auth0's refusal names the scopes; the dashboard is where they are granted. */
function grantOf(said: string): string {
  const [, scopes] = /expected (?:any|all) of: (.+)$/.exec(said) ?? [];
  return (
    `Grant the application ${scopes === undefined ? 'the scope that is named' : `one of: ${scopes}`}. In Auth0: Applications > APIs > ` +
    'Auth0 Management API > Machine to Machine Applications > your application > tick it > Update.'
  );
}

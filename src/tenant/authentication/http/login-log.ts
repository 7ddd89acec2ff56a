import { errors } from 'oidc-provider';
import { revocationEvent } from '../../logs/revocation-event.ts';
import type { LogEntry, TenantLog } from '../../logs/tenant-log.ts';
import type { JsonObject } from '../../store/json-value.ts';
import type { Artifact } from '../../store/records/tokens/artifact-repository.ts';
import type { Store } from '../../store/store.ts';
import { loginProgress, requestInfo, type WebContext } from './web-context.ts';

/**
 * Writes what an authorization request came to: `s` or `f`, `ssa` or `fsa` where it had to be silent. A login that
 * waits for its person, or for the page that an Action sent it to, has come to nothing yet.
 *
 * @param silent whether the request was one with `prompt=none`.
 * @example
 * logAuthorization(log, ctx, asked.prompt === 'none');
 * @see Auth0 docs: "Log Event Type Codes".
 */
export function logAuthorization(log: TenantLog, ctx: WebContext, silent: boolean): void {
  const progress = loginProgress(ctx);
  if (progress.logged) return;
  if (progress.failure !== undefined) {
    const error = errorOf(progress.failure);
    const type = error.oauthError === 'server_error' ? 'request-error' : 'oauth-authorization';
    // Of a silent one the schema has no error beside the description.
    const details = { ...(!silent && { error: { ...error, type } }), ...executionsOf(progress.executions) };
    log.write(entry(ctx, silent ? 'fsa' : 'f', error.message, details));
  } else if (progress.succeeded) {
    const completedAt = Date.now();
    log.write(
      entry(ctx, silent ? 'ssa' : 's', silent ? 'Successful silent authentication' : 'Success Login', {
        prompts: [],
        initiatedAt: progress.startedAt,
        completedAt,
        elapsedTime: completedAt - progress.startedAt,
        ...(progress.sessionId === undefined ? {} : { session_id: progress.sessionId }),
        actions: { executions: [...progress.executions] },
      }),
    );
  }
}

/**
 * Writes what a request to the token endpoint came to.
 *
 * @param said how the failure was worded to the client.
 * @example
 * logExchange(log, ctx, 'seacft');
 * @see Auth0 docs: "Log Event Type Codes".
 */
export function logExchange(log: TenantLog, ctx: WebContext, type: string, said?: string): void {
  const progress = loginProgress(ctx);
  if (progress.logged) return;
  log.write(entry(ctx, type, said ?? descriptions[type] ?? '', exchangeDetails(ctx, type)));
}

/**
 * The members that Auth0's log schemas have for the type: a failed exchange says why in its description. Which executions of
 * Actions it came to is told of failures too.
 *
 * @see Auth0 docs: "Test Actions", log types associated with Actions.
 */
function exchangeDetails(ctx: WebContext, type: string): JsonObject | undefined {
  const { executions, failure } = loginProgress(ctx);
  switch (type) {
    case 'seacft':
    case 'feacft':
      return { code: maskedCode(requestInfo(ctx).form.get('code')) };
    case 'seccft':
      // Its schema wants them, be it none.
      return { actions: { executions: [...executions] } };
    case 'feccft':
    case 'sepft':
    case 'fepft':
    case 'sertft':
      return executionsOf(executions);
    case 'fertft': {
      const isBad = failure !== undefined && errorOf(failure).oauthError === 'invalid_grant';
      return { ...executionsOf(executions), ...(isBad && { failure_reason: 'invalid_token' }) };
    }
    default:
      return undefined;
  }
}

/** The end of an authorization code, enough to tell one from another. */
function maskedCode(code: string | null): string | null {
  // A short one would be told whole: it is none of this tenant's.
  return code === null || code === '' ? null : `${'*'.repeat(13)}${code.length < 20 ? '' : code.slice(-3)}`;
}

/** Writes that an application gave a refresh token back: `srrt`. */
export function logRevocation(deps: { store: Store; log: TenantLog }, ctx: WebContext, token: Artifact): void {
  const { type, description, details, ...user } = revocationEvent(deps.store, token);
  const client = deps.store.clients.find(String(token.payload.clientId));
  if (client !== undefined) loginProgress(ctx).client ??= client;
  deps.log.write({ ...entry(ctx, type, description, details), ...user });
}

/** Writes a logout: `slo`, or `flo` with the reason. */
export function logLogout(
  log: TenantLog,
  ctx: WebContext,
  details: { readonly return_to?: string; readonly allowed_logout_url?: string[]; readonly session_id?: string },
  problem?: string,
): void {
  log.write(
    entry(ctx, problem === undefined ? 'slo' : 'flo', problem ?? 'User successfully logged out', { ...details }),
  );
}

const descriptions: Readonly<Record<string, string>> = {
  seacft: 'Authorization code for access token',
  seccft: 'Client credentials for access token',
  sertft: 'Refresh token for access token',
  sepft: 'Password for access token',
  seotpft: 'Password and OTP Challenge for access token',
  sercft: 'Password and MFA Recovery code for access token',
};

function entry(ctx: WebContext, type: string, description: string, details: JsonObject | undefined): LogEntry {
  const facts = requestInfo(ctx);
  const { client, user, connection, audience, scope, executions } = loginProgress(ctx);
  return {
    type,
    description,
    ip: facts.ip,
    hostname: facts.hostname,
    ...(facts.userAgent === undefined ? {} : { user_agent: facts.userAgent }),
    ...(client === undefined ? {} : { client_id: client.client_id, client_name: client.name }),
    ...(connection === undefined
      ? // The schema of a failed login wants a strategy, be it an empty one.
        type === 'f' && { strategy: '', strategy_type: '' }
      : {
          connection: connection.name,
          connection_id: connection.id,
          strategy: connection.strategy,
          strategy_type: connection.strategy === 'auth0' ? 'database' : 'social',
        }),
    ...(user === undefined ? {} : { user_id: user.user_id }),
    ...(user === undefined ? {} : { user_name: user.email ?? user.username ?? user.name ?? user.user_id }),
    ...(audience === undefined ? {} : { audience }),
    ...(scope === undefined || scope === '' ? {} : { scope }),
    ...(details === undefined ? {} : { details }),
    ...(executions.length === 0 ? {} : { executions: [...executions] }),
  };
}

/** What went wrong inside is for the tenant's developers, not for its log. */
function errorOf(failure: Error): { message: string; oauthError: string } {
  if (!(failure instanceof errors.OIDCProviderError) || !failure.expose) {
    return { message: `Internal error (${failure.name})`, oauthError: 'server_error' };
  }
  if (failure instanceof errors.InvalidRedirectUri) {
    return { message: 'Callback URL mismatch', oauthError: 'unauthorized_client' };
  }
  return { message: failure.error_description ?? failure.error, oauthError: failure.error };
}

/** Where the log says which executions can be looked up. */
export function executionsOf(executions: readonly string[]): JsonObject {
  return executions.length === 0 ? {} : { actions: { executions: [...executions] } };
}

import { errors, type RefreshToken } from 'oidc-provider';
import { revocationEvent } from '../../logs/revocation-event.ts';
import type { LogEntry, TenantLog } from '../../logs/tenant-log.ts';
import type { JsonObject } from '../../store/json-value.ts';
import type { Artifact } from '../../store/records/tokens/artifact-repository.ts';
import type { UserRecord } from '../../store/records/users/user-row.ts';
import type { Store } from '../../store/store.ts';
import { type LoginProgress, loginProgress, requestInfo } from '../authorize/login-progress.ts';
import { type Invitation, NOT_INVITED } from '../authorize/organizations/invitation.ts';
import type { WebContext } from './web-context.ts';

/**
 * Logs the result of an authorization request: `s` or `f`, or `ssa` or `fsa` for silent authentication. A login that
 * waits for its user, or for the page of an Action's redirect, has no result yet.
 *
 * @param silent whether the request had `prompt=none`.
 * @example
 * logAuthorization(log, ctx, parameters.prompt === 'none');
 * @see Auth0 docs: "Log Event Type Codes".
 */
export function logAuthorization(log: TenantLog, ctx: WebContext, silent: boolean): void {
  const progress = loginProgress(ctx);
  if (progress.logged) return;
  if (progress.failure !== undefined) {
    const error = errorOf(progress.failure);
    const type = error.oauthError === 'server_error' ? 'request-error' : 'oauth-authorization';
    // The schema of `fsa` has no error besides the description.
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
 * Logs the result of a request to the token endpoint.
 *
 * @param description the error description that the client received.
 * @example
 * logExchange(log, ctx, 'seacft');
 * @see Auth0 docs: "Log Event Type Codes".
 */
export function logExchange(log: TenantLog, ctx: WebContext, type: string, description?: string): void {
  const progress = loginProgress(ctx);
  if (progress.logged) return;
  log.write(entry(ctx, type, description ?? descriptions[type] ?? '', exchangeDetails(ctx, type)));
}

/**
 * Logs that a rotated refresh token was used again: `ferrt`.
 *
 * @example
 * logReuse(log, ctx, token, store.users.find(token.accountId));
 * @see Auth0 docs: "Log Event Type Codes"; Auth0 community, "Refresh Token Unknown or Invalid before expiry" (the details).
 */
export function logReuse(log: TenantLog, ctx: WebContext, token: RefreshToken, user: UserRecord | undefined): void {
  if (user !== undefined) loginProgress(ctx).user ??= user;
  const details = { familyId: token.grantId ?? '', tokenCounter: (token.rotations ?? 0) + 1 };
  log.write(entry(ctx, 'ferrt', 'Reused rotating refresh token detected, revoked the family', details));
}

/**
 * The details that Auth0's log schemas have for the type. A failed exchange has its reason in the description. Failures
 * list their executions of Actions too.
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
      // Its schema requires the member, even if the list is empty.
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

/** The last characters of an authorization code, which distinguish it from others. */
function maskedCode(code: string | null): string | null {
  // A short code would be logged almost whole. It is not one of this tenant's codes.
  return code === null || code === '' ? null : `${'*'.repeat(13)}${code.length < 20 ? '' : code.slice(-3)}`;
}

/** Logs that an application revoked a refresh token: `srrt`. */
export function logRevocation(deps: { store: Store; log: TenantLog }, ctx: WebContext, token: Artifact): void {
  const { type, description, details, ...user } = revocationEvent(deps.store, token);
  const client = deps.store.clients.find(String(token.payload.clientId));
  if (client !== undefined) loginProgress(ctx).client ??= client;
  deps.log.write({ ...entry(ctx, type, description, details), ...user });
}

/** Logs a logout: `slo`, or `flo` with the reason. */
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

/** Logs that an invitation to an organization was accepted (`si`), or was for another account (`fi`). */
export function logInvitation(
  { tenant, ctx }: Readonly<LoginProgress>,
  { logged: invitation }: Invitation,
  accepted: boolean,
): void {
  const description = accepted ? 'Successfully accepted a user invitation' : NOT_INVITED;
  tenant.log.write(entry(ctx as unknown as WebContext, accepted ? 'si' : 'fi', description, { invitation }));
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
  const { client, user, connection, organization, audience, scope, executions, transactionId } = loginProgress(ctx);
  return {
    type,
    description,
    ip: facts.ip,
    hostname: facts.hostname,
    ...(facts.userAgent === undefined ? {} : { user_agent: facts.userAgent }),
    ...(client === undefined ? {} : { client_id: client.client_id, client_name: client.name }),
    ...(connection === undefined
      ? // The schema of a failed login requires a strategy, even if it is empty.
        type === 'f' && { strategy: '', strategy_type: '' }
      : {
          connection: connection.name,
          connection_id: connection.id,
          strategy: connection.strategy,
          strategy_type: connection.strategy === 'auth0' ? 'database' : 'social',
        }),
    ...(organization === undefined ? {} : { organization_id: organization.id, organization_name: organization.name }),
    ...(user === undefined ? {} : { user_id: user.user_id }),
    ...(user === undefined ? {} : { user_name: user.email ?? user.username ?? user.name ?? user.user_id }),
    ...(audience === undefined ? {} : { audience }),
    ...(scope === undefined || scope === '' ? {} : { scope }),
    ...(details === undefined ? {} : { details }),
    ...(executions.length === 0 ? {} : { executions: [...executions] }),
    ...(transactionId === undefined ? {} : { login: transactionId }),
  };
}

/** The error as the log shows it. Details of an internal error stay out of the log. */
function errorOf(failure: Error): { message: string; oauthError: string } {
  if (!(failure instanceof errors.OIDCProviderError) || !failure.expose) {
    return { message: `Internal error (${failure.name})`, oauthError: 'server_error' };
  }
  if (failure instanceof errors.InvalidRedirectUri) {
    return { message: 'Callback URL mismatch', oauthError: 'unauthorized_client' };
  }
  return { message: failure.error_description ?? failure.error, oauthError: failure.error };
}

/** The member of `details` in which the log names the executions. */
export function executionsOf(executions: readonly string[]): JsonObject {
  return executions.length === 0 ? {} : { actions: { executions: [...executions] } };
}

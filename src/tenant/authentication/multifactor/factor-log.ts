import type { SimulatedFactor } from '../../factors/factor-requests.ts';
import type { TenantLog } from '../../logs/tenant-log.ts';
import type { JsonObject } from '../../store/json-value.ts';
import type { ClientRecord } from '../../store/records/applications/client-repository.ts';
import type { ConnectionRecord } from '../../store/records/connection-repository.ts';
import type { UserRecord } from '../../store/records/users/user-row.ts';
import { requestInfo, type WebContext } from '../http/web-context.ts';

/** What can happen while somebody is asked for a factor, as Auth0 names it in its log, and how its descriptions put it. */
const HAPPENINGS = {
  gd_start_auth: 'Second factor authentication started',
  gd_auth_succeed: 'Second factor authentication success',
  gd_auth_failed: 'Second factor authentication failure',
  gd_start_enroll: 'Enrollment started',
  gd_enrollment_complete: 'Enrollment complete',
  gd_send_email: 'Email sent',
  gd_otp_rate_limit_exceed: 'Too many failures',
  gd_recovery_succeed: 'Recovery success',
  gd_recovery_failed: 'Recovery failure',
} as const;

export type FactorHappening = keyof typeof HAPPENINGS;

/** Whose login it is. */
export interface FactorLogin {
  readonly user: UserRecord;
  readonly client: ClientRecord;
  readonly connection?: ConnectionRecord | undefined;
  readonly sessionId?: string | undefined;
}

/** The types whose schemas name the application. */
const WITH_CLIENT: ReadonlySet<FactorHappening> = new Set([
  'gd_auth_failed',
  'gd_otp_rate_limit_exceed',
  'gd_send_email',
]);
const WITH_CONNECTION: ReadonlySet<FactorHappening> = new Set([...WITH_CLIENT, 'gd_start_auth']);

/**
 * Writes what happened, with the members that Auth0's published schema of the type has. No code ever gets into it.
 *
 * @example
 * logFactor(log, ctx, 'gd_auth_succeed', login, { factor: 'otp', id: 'totp|dev_…' });
 * @see Auth0 docs: "Log Event Type Codes"; the schemas of `auth0/auth0-log-schemas`.
 */
export function logFactor(
  log: TenantLog,
  ctx: WebContext,
  type: FactorHappening,
  { user, client, connection, sessionId }: FactorLogin,
  { factor, id }: { readonly factor: SimulatedFactor; readonly id?: string | undefined },
): void {
  const { ip, userAgent } = requestInfo(ctx);
  log.write({
    type,
    description: `Guardian - ${HAPPENINGS[type]} (${factor})`,
    ip,
    ...(userAgent === undefined ? {} : { user_agent: userAgent }),
    user_id: user.user_id,
    user_name: user.email ?? user.username ?? user.name ?? user.user_id,
    ...(WITH_CLIENT.has(type) && { client_id: client.client_id, client_name: client.name }),
    ...(WITH_CONNECTION.has(type) &&
      connection !== undefined && { connection: connection.name, connection_id: connection.id }),
    details: {
      authenticator: { id: id ?? null, type: factor },
      ...(sessionId === undefined ? {} : { session_id: sessionId }),
      ...(type === 'gd_auth_failed' && { request: requestOf(ctx), response: {} }),
    },
  });
}

function requestOf(ctx: WebContext): JsonObject {
  const { ip, method, userAgent = '' } = requestInfo(ctx);
  // The state in the query is what leads the login on, and the code may be good for something yet.
  return {
    auth: { scopes: [], strategy: 'session' },
    body: { code: '*****' },
    ip,
    method,
    path: ctx.path,
    query: '',
    userAgent,
  };
}

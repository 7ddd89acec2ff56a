import type { SimulatedFactor } from '../../factors/factor-requests.ts';
import type { TenantLog } from '../../logs/tenant-log.ts';
import type { JsonObject } from '../../store/json-value.ts';
import type { ClientRecord } from '../../store/records/applications/client-repository.ts';
import type { ConnectionRecord } from '../../store/records/connection-repository.ts';
import type { UserRecord } from '../../store/records/users/user-row.ts';
import type { RequestInfo } from '../http/request-info.ts';

/** The types of Auth0's log events about factors, with their descriptions. */
const DESCRIPTIONS = {
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

export type FactorEventType = keyof typeof DESCRIPTIONS;

/** The login that a log entry is about. */
export interface FactorLogin {
  readonly user: UserRecord;
  readonly client: ClientRecord;
  readonly connection?: ConnectionRecord | undefined;
  readonly sessionId?: string | undefined;
  readonly loginId: string;
}

/** The request during which the event happens. */
export interface LoggedRequest {
  readonly request: RequestInfo;
  readonly path: string;
}

/** The types whose schemas name the application. */
const WITH_CLIENT: ReadonlySet<FactorEventType> = new Set([
  'gd_auth_failed',
  'gd_otp_rate_limit_exceed',
  'gd_send_email',
]);
const WITH_CONNECTION: ReadonlySet<FactorEventType> = new Set([...WITH_CLIENT, 'gd_start_auth']);

/**
 * Logs an event with the members of Auth0's published schema for its type. Codes are never logged.
 *
 * @example
 * logFactor(log, { request, path }, 'gd_auth_succeed', login, { factor: 'otp', id: 'totp|dev_…' });
 * @see Auth0 docs: "Log Event Type Codes"; the schemas of `auth0/auth0-log-schemas`.
 */
export function logFactor(
  log: TenantLog,
  page: LoggedRequest,
  type: FactorEventType,
  { user, client, connection, sessionId, loginId }: FactorLogin,
  { factor, id }: { readonly factor: SimulatedFactor; readonly id?: string | undefined },
): void {
  const { ip, userAgent } = page.request;
  log.write({
    type,
    description: `Guardian - ${DESCRIPTIONS[type]} (${factor})`,
    ip,
    ...(userAgent === undefined ? {} : { user_agent: userAgent }),
    user_id: user.user_id,
    user_name: user.email ?? user.username ?? user.name ?? user.user_id,
    login: loginId,
    ...(WITH_CLIENT.has(type) && { client_id: client.client_id, client_name: client.name }),
    ...(WITH_CONNECTION.has(type) &&
      connection !== undefined && { connection: connection.name, connection_id: connection.id }),
    details: {
      authenticator: { id: id ?? null, type: factor },
      ...(sessionId === undefined ? {} : { session_id: sessionId }),
      ...(type === 'gd_auth_failed' && { request: requestOf(page), response: {} }),
    },
  });
}

function requestOf({ request, path }: LoggedRequest): JsonObject {
  const { ip, method, userAgent = '' } = request;
  // Query and code are omitted: the state in the query can resume the login, and the code may still be valid.
  return {
    auth: { scopes: [], strategy: 'session' },
    body: { code: '*****' },
    ip,
    method,
    path,
    query: '',
    userAgent,
  };
}

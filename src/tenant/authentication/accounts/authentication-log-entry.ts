import type { LogEntry } from '../../logs/tenant-log.ts';
import type { ClientRecord } from '../../store/records/applications/client-repository.ts';
import type { ConnectionRecord } from '../../store/records/connection-repository.ts';
import type { UserRecord } from '../../store/records/users/user-row.ts';

/** The request that a log entry is about: the application, the browser's address and the tenant's host name. */
export interface AuthenticationRequest {
  readonly client: ClientRecord;
  /** The browser's address. */
  readonly ip: string;
  readonly userAgent?: string;
  /** The tenant's host name that received the request. */
  readonly hostname: string;
}

export interface AuthenticationOutcome {
  readonly type: 'f' | 'fp' | 'fu' | 'fs' | 'ss' | 'limit_wc' | 'limit_mu' | 'scp' | 'fcp' | 'scpr' | 'fcpr';
  readonly description: string;
  readonly connection?: ConnectionRecord | undefined;
  readonly user?: UserRecord | undefined;
  /** The typed name, truncated because it comes from outside. */
  readonly userName?: string | undefined;
  readonly details?: LogEntry['details'];
}

const longestUserName = 254;

/**
 * The tenant log's entry for an attempt to sign in or up, in the shape of Auth0's log events.
 *
 * @example
 * log.write(authenticationLogEntry(attempt, { type: 'fu', description: 'Wrong email or password.', connection }));
 * @see Auth0 docs: "Log Event Type Codes".
 */
export function authenticationLogEntry(request: AuthenticationRequest, outcome: AuthenticationOutcome): LogEntry {
  const { connection, user } = outcome;
  const userName = user?.email ?? user?.username ?? outcome.userName;
  return {
    type: outcome.type,
    description: outcome.description,
    client_id: request.client.client_id,
    client_name: request.client.name,
    ip: request.ip,
    hostname: request.hostname,
    ...(request.userAgent !== undefined && { user_agent: request.userAgent }),
    // The schemas of these types require a strategy, even if it is empty.
    strategy: connection?.strategy ?? '',
    strategy_type: connection === undefined ? '' : connection.strategy === 'auth0' ? 'database' : 'social',
    ...(connection !== undefined && { connection: connection.name, connection_id: connection.id }),
    ...(user !== undefined && { user_id: user.user_id }),
    ...(userName !== undefined && { user_name: userName.slice(0, longestUserName) }),
    ...(outcome.details !== undefined && { details: outcome.details }),
  };
}

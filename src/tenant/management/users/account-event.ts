import type { UserRecord } from '../../store/records/users/user-row.ts';
import type { Store } from '../../store/store.ts';
import { withoutNulls } from '../http/json-members.ts';
import type { LoggedEvent } from '../operation.ts';

/**
 * A log entry about a change of a user's account: with the user, the connection, and in `details.body` the request that
 * Auth0 sends to the connection.
 *
 * @example
 * accountEvent(store, user, { type: 'sdu', description: 'User deleted', body: { connection: 'Users' } });
 * @see Auth0 docs: "Log Event Type Codes"
 */
export function accountEvent(
  store: Store,
  user: UserRecord,
  event: { readonly type: string; readonly description: string; readonly body: Record<string, unknown> },
): LoggedEvent {
  const identity = user.identities[0];
  const connection = identity && store.connections.findByName(identity.connection);
  return {
    type: event.type,
    description: event.description,
    user_id: user.user_id,
    user_name: user.email ?? user.username ?? user.name ?? user.user_id,
    strategy: connection?.strategy ?? '',
    strategy_type: connection === undefined ? '' : connection.strategy === 'auth0' ? 'database' : 'social',
    ...(connection !== undefined && { connection: connection.name, connection_id: connection.id }),
    details: { body: withoutNulls(event.body) },
  };
}

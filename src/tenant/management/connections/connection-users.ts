import { ApiError } from '../http/api-error.ts';
import type { ManagementDependencies } from '../management-dependencies.ts';
import { type Operation, pathParameter } from '../operation.ts';
import { effectiveOperations } from '../resources/single-operations.ts';
import { accountEvent } from '../users/account-event.ts';
import { findConnection } from './connections.ts';

/**
 * A user of a database connection, by e-mail address: `/connections/{id}/users`.
 *
 * @see https://auth0.com/docs/api/management/v2/connections/delete-users-by-email
 */
export function connectionUserOperations({ store }: ManagementDependencies): Operation[] {
  return effectiveOperations(
    { store },
    {
      'DELETE /connections/{id}/users': {
        description: 'Delete a connection user',
        handle: (call) => {
          const { name, strategy } = findConnection(store, pathParameter(call, 'id'));
          if (strategy !== 'auth0') throw new ApiError(400, 'Connection must be a database connection');
          const user = store.users
            .findByEmail(String(call.query.email))
            .find((one) => one.identities[0]?.connection === name);
          if (user === undefined) return;
          store.users.remove(user.user_id);
          call.events.push(
            accountEvent(store, user, { type: 'sdu', description: 'User deleted', body: { connection: name } }),
          );
        },
      },
    },
  );
}

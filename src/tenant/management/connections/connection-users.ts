import { z } from 'zod';
import { ApiError } from '../http/api-error.ts';
import type { ManagementDependencies } from '../management-dependencies.ts';
import { type Operation, operation, pathParameter } from '../operation.ts';
import { accountEvent } from '../users/account-event.ts';
import { findConnection } from './connections.ts';

/**
 * A user of a database connection, by e-mail address: `/connections/{id}/users`.
 *
 * @see https://auth0.com/docs/api/management/v2/connections/delete-users-by-email
 */
export function connectionUserOperations({ store }: ManagementDependencies): Operation[] {
  return [
    operation({
      method: 'DELETE',
      path: '/connections/{id}/users',
      description: 'Delete a connection user',
      query: z.object({ email: z.string().min(1).max(1000) }),
      handle: (call) => {
        const { name, strategy } = findConnection(store, pathParameter(call, 'id'));
        if (strategy !== 'auth0') throw new ApiError(400, 'Connection must be a database connection');
        const user = store.users.findByEmail(call.query.email).find((one) => one.identities[0]?.connection === name);
        if (user === undefined) return { status: 204 };
        store.users.remove(user.user_id);
        const event = { type: 'sdu', description: 'User deleted', body: { connection: name } } as const;
        return { status: 204, events: [accountEvent(store, user, event)] };
      },
    }),
  ];
}

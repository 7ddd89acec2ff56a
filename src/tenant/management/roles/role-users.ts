import type { Management } from 'auth0';
import { z } from 'zod';
import { consoleRegistration } from '../../administrator/console-access.ts';
import type { UserRecord } from '../../store/records/users/user-row.ts';
import { notFound } from '../http/api-error.ts';
import { bodyOf, userId } from '../http/body-schemas.ts';
import { checkpointParameters, listAnswer, positiveOffsetParameters } from '../http/paged-list.ts';
import type { ManagementDependencies } from '../management-dependencies.ts';
import { type Operation, operation, pathParameter } from '../operation.ts';
import { findAssignableRole, findRole } from './roles.ts';

const listQuery = z.object({ ...positiveOffsetParameters, ...checkpointParameters });

/** Users with a role: `/roles/{id}/users`. */
export function roleUserOperations({ store }: ManagementDependencies): Operation[] {
  return [
    operation({
      method: 'GET',
      path: '/roles/{id}/users',
      scopes: { allOf: ['read:users', 'read:roles'] },
      query: listQuery,
      handle: (call) => {
        const { query } = call;
        const { id } = findRole(store, pathParameter(call, 'id'));
        const administrator = consoleRegistration(store)?.userId;
        return {
          status: 200,
          body: listAnswer('users', query, (paging) => store.roles.members(id, paging, administrator), memberAnswer),
        };
      },
    }),
    operation({
      method: 'POST',
      path: '/roles/{id}/users',
      description: 'Assign users to a role',
      body: bodyOf({ users: z.array(userId).min(1) }),
      handle: (call) => {
        store.transaction(() => {
          const { id } = findAssignableRole(store, pathParameter(call, 'id'));
          for (const user of call.body.users) {
            if (store.users.find(user) === undefined) throw notFound('The user does not exist.', 'inexistent_user');
          }
          store.roles.assign(id, call.body.users);
        });
        return { status: 200, body: {} };
      },
    }),
  ];
}

function memberAnswer({ user_id, email, picture, name }: UserRecord): Management.RoleUser {
  return {
    user_id,
    ...(email !== undefined && { email }),
    ...(picture !== undefined && { picture }),
    ...(name !== undefined && { name }),
  };
}

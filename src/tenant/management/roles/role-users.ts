import type { Management } from 'auth0';
import { consoleRegistration } from '../../administrator/console-access.ts';
import type { UserRecord } from '../../store/records/users/user-row.ts';
import { notFound } from '../http/api-error.ts';
import { listAnswer } from '../http/paged-list.ts';
import type { ManagementDependencies } from '../management-dependencies.ts';
import { type Call, type Operation, pathParameter } from '../operation.ts';
import { effectiveOperations } from '../resources/single-operations.ts';
import { findAssignableRole, findRole } from './roles.ts';

/** Users with a role: `/roles/{id}/users`. */
export function roleUserOperations({ store }: ManagementDependencies): Operation[] {
  return effectiveOperations(
    { store },
    {
      'GET /roles/{id}/users': {
        scopes: { allOf: ['read:users', 'read:roles'] },
        handle: (call) => {
          const { query } = call;
          const { id } = findRole(store, pathParameter(call, 'id'));
          const administrator = consoleRegistration(store)?.userId;
          return listAnswer('users', query, (paging) => store.roles.members(id, paging, administrator), memberAnswer);
        },
      },
      'POST /roles/{id}/users': {
        description: 'Assign users to a role',
        handle: (call: Call<Management.AssignRoleUsersRequestContent>) => {
          const { id } = findAssignableRole(store, pathParameter(call, 'id'));
          for (const user of call.body.users) {
            if (store.users.find(user) === undefined) throw notFound('The user does not exist.', 'inexistent_user');
          }
          store.roles.assign(id, call.body.users);
          return {};
        },
      },
    },
  );
}

function memberAnswer({ user_id, email, picture, name }: UserRecord): Management.RoleUser {
  return {
    user_id,
    ...(email !== undefined && { email }),
    ...(picture !== undefined && { picture }),
    ...(name !== undefined && { name }),
  };
}

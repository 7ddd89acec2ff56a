import type { Management } from 'auth0';
import type { Paging } from '../../store/paging.ts';
import { offsetAnswer } from '../http/paged-list.ts';
import type { ManagementDependencies } from '../management-dependencies.ts';
import { type Call, type Operation, pathParameter } from '../operation.ts';
import { effectiveOperations } from '../resources/single-operations.ts';
import { findAssignableRole, roleAnswer } from '../roles/roles.ts';
import { findUser } from './users.ts';

/** Roles of a user: `/users/{id}/roles`. */
export function userRoleOperations({ store }: ManagementDependencies): Operation[] {
  return effectiveOperations(
    { store },
    {
      'GET /users/{id}/roles': {
        // Auth0 docs, "View User Roles": both scopes are needed.
        scopes: { allOf: ['read:users', 'read:roles'] },
        handle: (call) => {
          const { user_id } = findUser(store, pathParameter(call, 'id'));
          const read = (paging: Paging) => store.roles.listByUser(user_id, paging);
          return offsetAnswer('roles', call.query, read, roleAnswer);
        },
      },
      'POST /users/{id}/roles': {
        description: 'Assign roles to a user',
        handle: (call: Call<Management.AssignUserRolesRequestContent>) => {
          const { user_id } = findUser(store, pathParameter(call, 'id'));
          for (const role of call.body.roles) store.roles.assign(findAssignableRole(store, role).id, [user_id]);
        },
      },
      'DELETE /users/{id}/roles': {
        description: 'Remove roles from a user',
        handle: (call: Call<Management.DeleteUserRolesRequestContent>) => {
          const { user_id } = findUser(store, pathParameter(call, 'id'));
          for (const role of call.body.roles) store.roles.unassign(role, [user_id]);
        },
      },
    },
  );
}

import { z } from 'zod';
import { bodyOf } from '../http/body-schemas.ts';
import { offsetAnswer, pagingOf, positiveOffsetParameters } from '../http/paged-list.ts';
import type { ManagementDependencies } from '../management-dependencies.ts';
import { type Operation, operation, pathParameter } from '../operation.ts';
import { findAssignableRole, roleAnswer } from '../roles/roles.ts';
import { findUser } from './users.ts';

const body = bodyOf({ roles: z.array(z.string().min(1)).min(1) });

/** Roles of a user: `/users/{id}/roles`. */
export function userRoleOperations({ store }: ManagementDependencies): Operation[] {
  return [
    operation({
      method: 'GET',
      path: '/users/{id}/roles',
      // Auth0 docs, "View User Roles": both scopes are needed.
      scopes: { allOf: ['read:users', 'read:roles'] },
      query: z.object(positiveOffsetParameters),
      handle: (call) => {
        const { user_id } = findUser(store, pathParameter(call, 'id'));
        const paging = pagingOf(call.query);
        const page = store.roles.listByUser(user_id, paging);
        return { status: 200, body: offsetAnswer('roles', page, call.query, paging, roleAnswer) };
      },
    }),
    operation({
      method: 'POST',
      path: '/users/{id}/roles',
      description: 'Assign roles to a user',
      body,
      handle: (call) => {
        store.transaction(() => {
          const { user_id } = findUser(store, pathParameter(call, 'id'));
          for (const role of call.body.roles) store.roles.assign(findAssignableRole(store, role).id, [user_id]);
        });
        return { status: 204 };
      },
    }),
    operation({
      method: 'DELETE',
      path: '/users/{id}/roles',
      description: 'Remove roles from a user',
      body,
      handle: (call) => {
        store.transaction(() => {
          const { user_id } = findUser(store, pathParameter(call, 'id'));
          for (const role of call.body.roles) store.roles.unassign(role, [user_id]);
        });
        return { status: 204 };
      },
    }),
  ];
}

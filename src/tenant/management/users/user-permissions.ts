import { z } from 'zod';
import type { PermissionRecord } from '../../store/records/roles/permission-table.ts';
import type { RoleRecord } from '../../store/records/roles/role-row.ts';
import { offsetAnswer, pagingOf, positiveOffsetParameters } from '../http/paged-list.ts';
import type { ManagementDependencies } from '../management-dependencies.ts';
import { type Operation, operation, pathParameter } from '../operation.ts';
import { permissionAnswer, permissionsBody, requirePermissions } from '../roles/permission.ts';
import { findUser } from './users.ts';

type HeldPermission = PermissionRecord & { readonly role?: RoleRecord };

/** Permissions of a user, assigned directly and through roles: `/users/{id}/permissions`. */
export function userPermissionOperations({ store }: ManagementDependencies): Operation[] {
  return [
    operation({
      method: 'GET',
      path: '/users/{id}/permissions',
      query: z.object(positiveOffsetParameters),
      handle: (call) => {
        const { user_id } = findUser(store, pathParameter(call, 'id'));
        const held = grouped(store.users.permissions(user_id));
        const paging = pagingOf(call.query);
        const rows = held.slice(paging.page * paging.perPage, (paging.page + 1) * paging.perPage);
        const show = (sources: HeldPermission[]) => {
          const [permission] = sources;
          return permission && { ...permissionAnswer(store, permission), sources: sources.map(sourceAnswer) };
        };
        return {
          status: 200,
          body: offsetAnswer('permissions', { rows, total: held.length }, call.query, paging, show),
        };
      },
    }),
    operation({
      method: 'POST',
      path: '/users/{id}/permissions',
      description: 'Assign permissions to a user',
      body: permissionsBody,
      handle: (call) => {
        store.transaction(() => {
          const { user_id } = findUser(store, pathParameter(call, 'id'));
          requirePermissions(store, call.body.permissions);
          store.users.addPermissions(user_id, call.body.permissions);
        });
        return { status: 201, body: {} };
      },
    }),
    operation({
      method: 'DELETE',
      path: '/users/{id}/permissions',
      description: 'Remove permissions from a user',
      body: permissionsBody,
      handle: (call) => {
        store.transaction(() => {
          store.users.removePermissions(findUser(store, pathParameter(call, 'id')).user_id, call.body.permissions);
        });
        return { status: 204 };
      },
    }),
  ];
}

/** One list for each permission, with all of its sources. */
function grouped(held: readonly HeldPermission[]): HeldPermission[][] {
  const key = (one: HeldPermission) => JSON.stringify([one.resource_server_identifier, one.permission_name]);
  return [...Map.groupBy(held, key).values()];
}

function sourceAnswer({ role }: HeldPermission) {
  return role === undefined
    ? { source_id: '', source_name: '', source_type: 'DIRECT' }
    : { source_id: role.id, source_name: role.name, source_type: 'ROLE' };
}

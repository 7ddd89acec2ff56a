import type { PermissionRecord } from '../../store/records/roles/permission-table.ts';
import type { RoleRecord } from '../../store/records/roles/role-row.ts';
import { offsetAnswer, pagesOf } from '../http/paged-list.ts';
import type { ManagementDependencies } from '../management-dependencies.ts';
import { type Call, type Operation, pathParameter } from '../operation.ts';
import { effectiveOperations } from '../resources/single-operations.ts';
import { type PermissionList, permissionAnswer, requirePermissions } from '../roles/permission.ts';
import { findUser } from './users.ts';

type HeldPermission = PermissionRecord & { readonly role?: RoleRecord };

/** Permissions of a user, assigned directly and through roles: `/users/{id}/permissions`. */
export function userPermissionOperations({ store }: ManagementDependencies): Operation[] {
  return effectiveOperations(
    { store },
    {
      'GET /users/{id}/permissions': {
        handle: (call) => {
          const { user_id } = findUser(store, pathParameter(call, 'id'));
          const held = grouped(store.users.permissions(user_id));
          const show = (sources: HeldPermission[]) => {
            const [permission] = sources;
            return permission && { ...permissionAnswer(store, permission), sources: sources.map(sourceAnswer) };
          };
          return offsetAnswer('permissions', call.query, pagesOf(held), show);
        },
      },
      'POST /users/{id}/permissions': {
        description: 'Assign permissions to a user',
        handle: (call: Call<PermissionList>) => {
          const { user_id } = findUser(store, pathParameter(call, 'id'));
          requirePermissions(store, call.body.permissions);
          store.users.addPermissions(user_id, call.body.permissions);
        },
      },
      'DELETE /users/{id}/permissions': {
        description: 'Remove permissions from a user',
        handle: (call: Call<PermissionList>) => {
          store.users.removePermissions(findUser(store, pathParameter(call, 'id')).user_id, call.body.permissions);
        },
      },
    },
  );
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

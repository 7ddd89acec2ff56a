import type { PermissionRecord } from '../../store/records/roles/permission-table.ts';
import type { RoleRecord } from '../../store/records/roles/role-row.ts';
import { listAnswer, pagesOf } from '../http/paged-list.ts';
import type { ManagementDependencies } from '../management-dependencies.ts';
import { type Operation, pathParameter } from '../operation.ts';
import { effectiveOperations } from '../resources/single-operations.ts';
import { permissionAnswer } from '../roles/permission.ts';
import { effectiveRoleAnswer } from './user-features.ts';
import { findUser } from './users.ts';

type HeldPermission = PermissionRecord & { readonly role?: RoleRecord };

/** Permissions of a user for an API, from all sources: `/users/{id}/effective-permissions`. */
export function userEffectivePermissionOperations({ store }: ManagementDependencies): Operation[] {
  const heldOf = (userId: string, api: unknown) =>
    store.users
      .permissions(findUser(store, userId).user_id)
      .filter(({ resource_server_identifier }) => resource_server_identifier === api);
  return effectiveOperations(
    { store },
    {
      'GET /users/{id}/effective-permissions': {
        handle: (call) => {
          const held = heldOf(pathParameter(call, 'id'), call.query.resource_server_identifier);
          const permissions = [...Map.groupBy(held, ({ permission_name }) => permission_name).values()];
          const nameOf = ([permission]: HeldPermission[]) => permission?.permission_name ?? '';
          const show = (ways: HeldPermission[]) => {
            const [permission] = ways;
            return permission && { ...permissionAnswer(store, permission), sources: sourcesOf(ways) };
          };
          return listAnswer('permissions', { take: 50, ...call.query }, pagesOf(permissions, nameOf), show);
        },
      },
      'GET /users/{id}/effective-permissions/sources/effective-roles': {
        handle: (call) => {
          const { resource_server_identifier: api, permission_name: name } = call.query;
          const roles = heldOf(pathParameter(call, 'id'), api).flatMap((held) =>
            held.permission_name === name && held.role !== undefined ? [held.role] : [],
          );
          const read = pagesOf(roles, ({ name }) => name);
          return listAnswer('roles', { take: 50, ...call.query }, read, effectiveRoleAnswer);
        },
      },
    },
  );
}

/** This tenant has no groups: a permission comes from the user or from a role. */
function sourcesOf(ways: readonly HeldPermission[]): string[] {
  return [...new Set(ways.map(({ role }) => (role === undefined ? 'direct' : 'roles')))];
}

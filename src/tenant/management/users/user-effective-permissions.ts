import { z } from 'zod';
import type { PermissionRecord } from '../../store/records/roles/permission-table.ts';
import type { RoleRecord } from '../../store/records/roles/role-row.ts';
import { checkpointParameters, listAnswer, pageOf } from '../http/paged-list.ts';
import type { ManagementDependencies } from '../management-dependencies.ts';
import { type Operation, operation, pathParameter } from '../operation.ts';
import { permissionAnswer } from '../roles/permission.ts';
import { findUser } from './users.ts';

type HeldPermission = PermissionRecord & { readonly role?: RoleRecord };

const ofApi = { ...checkpointParameters, resource_server_identifier: z.string().min(1).max(600) };
const ofPermission = { ...ofApi, permission_name: z.string().min(1).max(280) };

/** Permissions of a user for an API, from all sources: `/users/{id}/effective-permissions`. */
export function userEffectivePermissionOperations({ store }: ManagementDependencies): Operation[] {
  const heldOf = (userId: string, api: string) =>
    store.users
      .permissions(findUser(store, userId).user_id)
      .filter(({ resource_server_identifier }) => resource_server_identifier === api);
  return [
    operation({
      method: 'GET',
      path: '/users/{id}/effective-permissions',
      query: z.object(ofApi),
      handle: (call) => {
        const held = heldOf(pathParameter(call, 'id'), call.query.resource_server_identifier);
        const permissions = [...Map.groupBy(held, ({ permission_name }) => permission_name).values()];
        const nameOf = ([permission]: HeldPermission[]) => permission?.permission_name ?? '';
        const show = (ways: HeldPermission[]) => {
          const [permission] = ways;
          return permission && { ...permissionAnswer(store, permission), sources: sourcesOf(ways) };
        };
        return { status: 200, body: checkpointAnswer('permissions', call.query, permissions, nameOf, show) };
      },
    }),
    operation({
      method: 'GET',
      path: '/users/{id}/effective-permissions/sources/effective-roles',
      query: z.object(ofPermission),
      handle: (call) => {
        const { resource_server_identifier: api, permission_name: name } = call.query;
        const roles = heldOf(pathParameter(call, 'id'), api).flatMap((held) =>
          held.permission_name === name && held.role !== undefined ? [held.role] : [],
        );
        const show = ({ id, name, description }: RoleRecord) => ({ id, name, description, sources: ['direct'] });
        return { status: 200, body: checkpointAnswer('roles', call.query, roles, ({ name }) => name, show) };
      },
    }),
  ];
}

/** This tenant has no groups: a permission comes from the user or from a role. */
function sourcesOf(ways: readonly HeldPermission[]): string[] {
  return [...new Set(ways.map(({ role }) => (role === undefined ? 'direct' : 'roles')))];
}

function checkpointAnswer<Row, Shown>(
  key: string,
  { from, take = 50 }: { from?: string | undefined; take?: number | undefined },
  rows: readonly Row[],
  nameOf: (row: Row) => string,
  show: (row: Row) => Shown,
) {
  return listAnswer(key, { from, take }, (paging) => pageOf(rows, nameOf, paging), show);
}

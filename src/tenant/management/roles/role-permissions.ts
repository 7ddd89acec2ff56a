import type { Paging } from '../../store/paging.ts';
import type { PermissionRecord } from '../../store/records/roles/permission-table.ts';
import { offsetAnswer } from '../http/paged-list.ts';
import type { ManagementDependencies } from '../management-dependencies.ts';
import { type Call, type Operation, pathParameter } from '../operation.ts';
import { effectiveOperations } from '../resources/single-operations.ts';
import { type PermissionList, permissionAnswer, requirePermissions } from './permission.ts';
import { findRole } from './roles.ts';

/** Permissions of a role: `/roles/{id}/permissions`. */
export function rolePermissionOperations({ store }: ManagementDependencies): Operation[] {
  return effectiveOperations(
    { store },
    {
      'GET /roles/{id}/permissions': {
        handle: (call) => {
          const { id } = findRole(store, pathParameter(call, 'id'));
          const read = (paging: Paging) => store.roles.permissions(id, paging);
          const show = (permission: PermissionRecord) => permissionAnswer(store, permission);
          return offsetAnswer('permissions', call.query, read, show);
        },
      },
      'POST /roles/{id}/permissions': {
        description: 'Associate permissions with a role',
        handle: (call: Call<PermissionList>) => {
          const { id } = findRole(store, pathParameter(call, 'id'));
          requirePermissions(store, call.body.permissions);
          store.roles.addPermissions(id, call.body.permissions);
          return {};
        },
      },
      'DELETE /roles/{id}/permissions': {
        description: 'Remove permissions from a role',
        handle: (call: Call<PermissionList>) => {
          store.roles.removePermissions(findRole(store, pathParameter(call, 'id')).id, call.body.permissions);
        },
      },
    },
  );
}

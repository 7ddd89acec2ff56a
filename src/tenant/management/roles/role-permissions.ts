import { z } from 'zod';
import type { PermissionRecord } from '../../store/records/roles/permission-table.ts';
import { offsetAnswer, pagingOf, positiveOffsetParameters } from '../http/paged-list.ts';
import type { ManagementDependencies } from '../management-dependencies.ts';
import { type Operation, operation, pathParameter } from '../operation.ts';
import { permissionAnswer, permissionsBody, requirePermissions } from './permission.ts';
import { findRole } from './roles.ts';

/** Permissions of a role: `/roles/{id}/permissions`. */
export function rolePermissionOperations({ store }: ManagementDependencies): Operation[] {
  return [
    operation({
      method: 'GET',
      path: '/roles/{id}/permissions',
      query: z.object(positiveOffsetParameters),
      handle: (call) => {
        const { id } = findRole(store, pathParameter(call, 'id'));
        const paging = pagingOf(call.query);
        const page = store.roles.permissions(id, paging);
        const show = (permission: PermissionRecord) => permissionAnswer(store, permission);
        return { status: 200, body: offsetAnswer('permissions', page, call.query, paging, show) };
      },
    }),
    operation({
      method: 'POST',
      path: '/roles/{id}/permissions',
      description: 'Associate permissions with a role',
      body: permissionsBody,
      handle: (call) => {
        store.transaction(() => {
          const { id } = findRole(store, pathParameter(call, 'id'));
          requirePermissions(store, call.body.permissions);
          store.roles.addPermissions(id, call.body.permissions);
        });
        return { status: 201, body: {} };
      },
    }),
    operation({
      method: 'DELETE',
      path: '/roles/{id}/permissions',
      description: 'Remove permissions from a role',
      body: permissionsBody,
      handle: (call) => {
        store.transaction(() => {
          store.roles.removePermissions(findRole(store, pathParameter(call, 'id')).id, call.body.permissions);
        });
        return { status: 204 };
      },
    }),
  ];
}

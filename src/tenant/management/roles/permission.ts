import type { Management } from 'auth0';
import type { PermissionRecord } from '../../store/records/roles/permission-table.ts';
import type { Store } from '../../store/store.ts';
import { notFound } from '../http/api-error.ts';

/** Permissions to add or remove. */
export interface PermissionList {
  readonly permissions: PermissionRecord[];
}

/** A permission as the API returns it, with the description from its API. */
export function permissionAnswer(store: Store, permission: PermissionRecord): Management.PermissionsResponsePayload {
  const api = store.resourceServers.findByIdentifier(permission.resource_server_identifier);
  const scope = api?.scopes.find(({ value }) => value === permission.permission_name);
  return {
    permission_name: permission.permission_name,
    description: scope?.description ?? '',
    resource_server_name: api?.name ?? '',
    resource_server_identifier: permission.resource_server_identifier,
  };
}

/** @throws ApiError 404 if an API does not have one of them */
export function requirePermissions(store: Store, permissions: readonly PermissionRecord[]): void {
  for (const { resource_server_identifier, permission_name } of permissions) {
    const api = store.resourceServers.findByIdentifier(resource_server_identifier);
    if (api === undefined) throw notFound('The resource server does not exist', 'inexistent_resource_server');
    if (!api.scopes.some(({ value }) => value === permission_name)) {
      throw notFound('The permission does not exist.', 'inexistent_permission');
    }
  }
}

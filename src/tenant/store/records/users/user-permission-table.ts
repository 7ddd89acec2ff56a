import type { Database } from '../../database.ts';
import { createPermissionTable, type PermissionRecord } from '../roles/permission-table.ts';
import { type RoleRecord, readRole, roleColumns } from '../roles/role-row.ts';

/** The permissions part of the user repository. */
export interface UserPermissions {
  /** The user's permissions, by API and name: those assigned directly (no role), and those of each role. */
  permissions(userId: string): (PermissionRecord & { readonly role?: RoleRecord })[];
  addPermissions(userId: string, permissions: readonly PermissionRecord[]): void;
  removePermissions(userId: string, permissions: readonly PermissionRecord[]): void;
}

/** Implements the permissions part of the user repository. */
export function createUserPermissions(database: Database): UserPermissions {
  return {
    permissions: (userId) =>
      database
        .all(
          `SELECT resource_server_identifier, permission_name, NULL AS id, NULL AS name, NULL AS description,
             NULL AS owner_id
           FROM user_permissions WHERE user_sequence = (SELECT sequence FROM users WHERE user_id = ?)
           UNION ALL
           SELECT resource_server_identifier, permission_name, ${roleColumns}
           FROM user_roles
           JOIN roles ON roles.sequence = user_roles.role_sequence
           JOIN role_permissions ON role_permissions.role_sequence = roles.sequence
           WHERE user_sequence = (SELECT sequence FROM users WHERE user_id = ?)
           ORDER BY 1, 2, 4`,
          userId,
          userId,
        )
        .map((row) => ({
          resource_server_identifier: String(row.resource_server_identifier),
          permission_name: String(row.permission_name),
          ...(typeof row.id === 'string' && {
            role: readRole(row),
          }),
        })),
    ...createPermissionTable(database, {
      table: 'user_permissions',
      column: 'user_sequence',
      holders: 'users',
      key: 'user_id',
    }),
  };
}

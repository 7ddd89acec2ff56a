import type { Database } from '../../database.ts';

/** A scope of an API, as a role or a user holds it. */
export interface PermissionRecord {
  readonly resource_server_identifier: string;
  readonly permission_name: string;
}

/** The table with the permissions of roles or users: its column for the holder, and the holder's public id. */
interface PermissionTable {
  readonly table: 'role_permissions' | 'user_permissions';
  readonly column: 'role_sequence' | 'user_sequence';
  readonly holders: 'roles' | 'users';
  readonly key: 'id' | 'user_id';
}

/**
 * Adds permissions to a role or a user, and removes them: all of those named, or none. A permission that the holder already has
 * stays unchanged.
 *
 * @example
 * createPermissionTable(database, { table: 'role_permissions', column: 'role_sequence', holders: 'roles', key: 'id' })
 *   .addPermissions('rol_1', [{ resource_server_identifier: 'https://api.example/', permission_name: 'read:it' }]);
 */
export function createPermissionTable(database: Database, { table, column, holders, key }: PermissionTable) {
  function forEach(sql: string, holder: string, permissions: readonly PermissionRecord[]): void {
    database.transaction(() => {
      for (const { resource_server_identifier, permission_name } of permissions) {
        database.run(sql, resource_server_identifier, permission_name, holder);
      }
    });
  }
  return {
    addPermissions: (holder: string, permissions: readonly PermissionRecord[]) =>
      forEach(
        `INSERT OR IGNORE INTO ${table} (${column}, resource_server_identifier, permission_name)
         SELECT sequence, ?, ? FROM ${holders} WHERE ${key} = ?`,
        holder,
        permissions,
      ),
    removePermissions: (holder: string, permissions: readonly PermissionRecord[]) =>
      forEach(
        `DELETE FROM ${table} WHERE resource_server_identifier = ? AND permission_name = ?
         AND ${column} = (SELECT sequence FROM ${holders} WHERE ${key} = ?)`,
        holder,
        permissions,
      ),
  };
}

import type { Database } from '../../database.ts';

/** A scope of an API, as a role or a user holds it. */
export interface PermissionRecord {
  readonly resource_server_identifier: string;
  readonly permission_name: string;
}

/** Whose permissions a table has: how its rows name the holder, and by what the holder is known outside. */
interface PermissionTable {
  readonly table: 'role_permissions' | 'user_permissions';
  readonly column: 'role_sequence' | 'user_sequence';
  readonly holders: 'roles' | 'users';
  readonly key: 'id' | 'user_id';
}

/**
 * Gives permissions to a role or a user, and takes them away: all of those that are named, or none of them. What is held already
 * is left as it is.
 *
 * @example
 * createPermissionTable(database, { table: 'role_permissions', column: 'role_sequence', holders: 'roles', key: 'id' })
 *   .permit('rol_1', [{ resource_server_identifier: 'https://api.example/', permission_name: 'read:it' }]);
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
    permit: (holder: string, permissions: readonly PermissionRecord[]) =>
      forEach(
        `INSERT OR IGNORE INTO ${table} (${column}, resource_server_identifier, permission_name)
         SELECT sequence, ?, ? FROM ${holders} WHERE ${key} = ?`,
        holder,
        permissions,
      ),
    forbid: (holder: string, permissions: readonly PermissionRecord[]) =>
      forEach(
        `DELETE FROM ${table} WHERE resource_server_identifier = ? AND permission_name = ?
         AND ${column} = (SELECT sequence FROM ${holders} WHERE ${key} = ?)`,
        holder,
        permissions,
      ),
  };
}

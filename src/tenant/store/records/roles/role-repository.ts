import type { Database, Row } from '../../database.ts';
import type { Page, Paging } from '../../paging.ts';
import type { UserRecord } from '../users/user-row.ts';
import { readUser, userColumns } from '../users/user-row.ts';
import type { PermissionRecord } from './permission-table.ts';
import { createPermissionTable } from './permission-table.ts';
import { type RoleRecord, readRole, roleColumns } from './role-row.ts';

export interface RoleRepository {
  list(filter: { nameFilter?: string }, paging: Paging): Page<RoleRecord>;
  find(id: string): RoleRecord | undefined;
  findByName(name: string): RoleRecord | undefined;
  insert(record: RoleRecord): void;
  update(record: RoleRecord): void;
  remove(id: string): boolean;
  /** Assigns the role to users. Users who already have it stay unchanged. */
  assign(roleId: string, userIds: readonly string[]): void;
  unassign(roleId: string, userIds: readonly string[]): void;
  /** Users with the role, without the user `except`. */
  members(roleId: string, paging: Paging, except?: string): Page<UserRecord>;
  /** In order of name. */
  listByUser(userId: string, paging?: Paging): Page<RoleRecord>;
  permissions(roleId: string, paging: Paging): Page<PermissionRecord>;
  addPermissions(roleId: string, permissions: readonly PermissionRecord[]): void;
  removePermissions(roleId: string, permissions: readonly PermissionRecord[]): void;
}

const wholeList = { page: 0, perPage: -1 };

/** Roles, with their members and permissions. */
export function createRoleRepository(database: Database): RoleRepository {
  const byUser = database.remember<RoleRecord[]>(['user_roles', 'roles']);
  const readFirst = (row: Row | undefined) => (row === undefined ? undefined : readRole(row));

  return {
    list(filter, paging) {
      const from = filter.nameFilter === undefined ? 'roles' : 'roles WHERE instr(lower(name), lower(?)) > 0';
      const values = filter.nameFilter === undefined ? [] : [filter.nameFilter];
      return database.page({ select: roleColumns, from, key: 'sequence', values }, paging, readRole);
    },
    find: (id) => readFirst(database.first(`SELECT ${roleColumns} FROM roles WHERE id = ?`, id)),
    findByName: (name) => readFirst(database.first(`SELECT ${roleColumns} FROM roles WHERE name = ?`, name)),
    insert(record) {
      database.run(
        'INSERT INTO roles (id, name, description, owner_id) VALUES (?, ?, ?, ?)',
        record.id,
        record.name,
        record.description,
        record.owner_id ?? null,
      );
    },
    update(record) {
      database.run(
        'UPDATE roles SET name = ?, description = ? WHERE id = ?',
        record.name,
        record.description,
        record.id,
      );
    },
    remove: (id) => database.run('DELETE FROM roles WHERE id = ?', id) > 0,
    assign(roleId, userIds) {
      database.run(
        `INSERT OR IGNORE INTO user_roles (user_sequence, role_sequence)
         SELECT users.sequence, roles.sequence FROM json_each(?) AS requested
         JOIN users ON users.user_id = requested.value JOIN roles ON roles.id = ?`,
        JSON.stringify(userIds),
        roleId,
      );
    },
    unassign(roleId, userIds) {
      database.run(
        `DELETE FROM user_roles WHERE role_sequence = (SELECT sequence FROM roles WHERE id = ?)
         AND user_sequence IN (SELECT sequence FROM users WHERE user_id IN (SELECT value FROM json_each(?)))`,
        roleId,
        JSON.stringify(userIds),
      );
    },
    members(roleId, paging, except = '') {
      const inRole = `WHERE role_sequence = (SELECT sequence FROM roles WHERE id = ?)
        AND user_sequence IS NOT (SELECT sequence FROM users WHERE user_id = ?)`;
      return database.page(
        {
          select: userColumns,
          from: `user_roles JOIN users ON users.sequence = user_roles.user_sequence ${inRole}`,
          countFrom: `user_roles ${inRole}`,
          key: 'user_roles.user_sequence',
          values: [roleId, except],
        },
        paging,
        readUser,
      );
    },
    listByUser(userId, paging) {
      const from = `user_roles JOIN roles ON roles.sequence = user_roles.role_sequence
        WHERE user_sequence = (SELECT sequence FROM users WHERE user_id = ?)`;
      const read = (part: Paging) =>
        database.page({ select: roleColumns, from, key: 'roles.name', values: [userId] }, part, readRole);
      if (paging !== undefined) return read(paging);
      const rows = byUser.get(userId, () => read(wholeList).rows);
      return { rows, total: rows.length };
    },
    permissions(roleId, paging) {
      const from = 'role_permissions WHERE role_sequence = (SELECT sequence FROM roles WHERE id = ?)';
      return database.page(
        {
          select: 'resource_server_identifier, permission_name',
          from,
          order: 'resource_server_identifier, permission_name',
          values: [roleId],
        },
        paging,
        (row) => ({
          resource_server_identifier: String(row.resource_server_identifier),
          permission_name: String(row.permission_name),
        }),
      );
    },
    ...createPermissionTable(database, {
      table: 'role_permissions',
      column: 'role_sequence',
      holders: 'roles',
      key: 'id',
    }),
  };
}

import type { Database } from '../../database.ts';
import type { OrganizationRecord } from '../../records.ts';
import type { OrganizationRepository } from '../../store.ts';
import { readUser, userColumns } from '../users/user-repository.ts';

const readOrganization = (row: Record<string, unknown>): OrganizationRecord => JSON.parse(String(row.record));
const readRole = (row: Record<string, unknown>) => ({
  id: String(row.id),
  name: String(row.name),
  description: String(row.description),
});

const organizationOf = '(SELECT sequence FROM organizations WHERE id = ?)';
const userOf = '(SELECT sequence FROM users WHERE user_id = ?)';

/** Organizations, in order of creation, and who belongs to them with which roles. */
export function createOrganizationRepository(database: Database): OrganizationRepository {
  return {
    list: (paging) =>
      database.page({ select: 'record', from: 'organizations', key: 'sequence', values: [] }, paging, readOrganization),
    ofUser: (userId, paging) =>
      database.page(
        {
          select: 'organizations.record',
          from: `organization_members JOIN organizations ON organizations.sequence = organization_sequence
            WHERE user_sequence = ${userOf}`,
          key: 'organizations.sequence',
          values: [userId],
        },
        paging,
        readOrganization,
      ),
    find: (id) => database.record('SELECT record FROM organizations WHERE id = ?', id),
    findByName: (name) => database.record('SELECT record FROM organizations WHERE name = ?', name),
    insert(record) {
      database.run(
        'INSERT INTO organizations (id, name, record) VALUES (?, ?, ?)',
        record.id,
        record.name,
        JSON.stringify(record),
      );
    },
    update(record) {
      database.run(
        'UPDATE organizations SET name = ?, record = ? WHERE id = ?',
        record.name,
        JSON.stringify(record),
        record.id,
      );
    },
    remove: (id) => database.run('DELETE FROM organizations WHERE id = ?', id) > 0,
    members: (id, paging) =>
      database.page(
        {
          select: userColumns,
          from: `organization_members JOIN users ON users.sequence = user_sequence
            WHERE organization_sequence = ${organizationOf}`,
          countFrom: `organization_members WHERE organization_sequence = ${organizationOf}`,
          key: 'user_sequence',
          values: [id],
        },
        paging,
        readUser,
      ),
    isMember: (id, userId) =>
      database.first(
        `SELECT 1 AS found FROM organization_members
         WHERE organization_sequence = ${organizationOf} AND user_sequence = ${userOf}`,
        id,
        userId,
      ) !== undefined,
    addMembers(id, userIds) {
      database.run(
        `INSERT OR IGNORE INTO organization_members (organization_sequence, user_sequence)
         SELECT organizations.sequence, users.sequence FROM json_each(?) AS given
         JOIN users ON users.user_id = given.value JOIN organizations ON organizations.id = ?`,
        JSON.stringify(userIds),
        id,
      );
    },
    removeMembers(id, userIds) {
      database.run(
        `DELETE FROM organization_members WHERE organization_sequence = ${organizationOf}
         AND user_sequence IN (SELECT sequence FROM users WHERE user_id IN (SELECT value FROM json_each(?)))`,
        id,
        JSON.stringify(userIds),
      );
    },
    memberRoles: (id, userId, paging) =>
      database.page(
        {
          select: 'roles.id, roles.name, roles.description',
          from: `organization_member_roles JOIN roles ON roles.sequence = role_sequence
            WHERE organization_sequence = ${organizationOf} AND user_sequence = ${userOf}`,
          key: 'roles.name',
          values: [id, userId],
        },
        paging,
        readRole,
      ),
    assignMemberRoles(id, userId, roleIds) {
      database.run(
        `INSERT OR IGNORE INTO organization_member_roles (organization_sequence, user_sequence, role_sequence)
         SELECT organizations.sequence, users.sequence, roles.sequence FROM json_each(?) AS given
         JOIN roles ON roles.id = given.value JOIN organizations ON organizations.id = ?
         JOIN users ON users.user_id = ?`,
        JSON.stringify(roleIds),
        id,
        userId,
      );
    },
    unassignMemberRoles(id, userId, roleIds) {
      database.run(
        `DELETE FROM organization_member_roles
         WHERE organization_sequence = ${organizationOf} AND user_sequence = ${userOf}
         AND role_sequence IN (SELECT sequence FROM roles WHERE id IN (SELECT value FROM json_each(?)))`,
        id,
        userId,
        JSON.stringify(roleIds),
      );
    },
  };
}

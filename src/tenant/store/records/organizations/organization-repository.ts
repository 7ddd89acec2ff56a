import type { Database } from '../../database.ts';
import type { JsonObject } from '../../json-value.ts';
import type { Page, Paging } from '../../paging.ts';
import { type RoleRecord, readRole, roleColumns } from '../roles/role-row.ts';
import type { UserRecord } from '../users/user-row.ts';
import { readUser, userColumns } from '../users/user-row.ts';

/** A connection through which members of an organization sign in. */
export interface OrganizationConnection {
  readonly connection_id: string;
  readonly assign_membership_on_login: boolean;
  readonly show_as_button: boolean;
  readonly is_signup_enabled: boolean;
  readonly organization_connection_name?: string;
  readonly organization_access_level?: 'none' | 'readonly' | 'limited' | 'full';
  /** Absent means `true`. */
  readonly is_enabled?: boolean;
}

export interface OrganizationRecord {
  /** `org_…` */
  readonly id: string;
  readonly name: string;
  readonly display_name?: string;
  readonly branding?: JsonObject;
  readonly metadata?: Record<string, string>;
  readonly token_quota?: JsonObject;
  /** Absent means `block`. */
  readonly third_party_client_access?: 'allow' | 'block';
  /** Absent means `false`. */
  readonly is_app_entitlement_active?: boolean;
  readonly connections: OrganizationConnection[];
}

export interface OrganizationRepository {
  list(paging: Paging): Page<OrganizationRecord>;
  /** Organizations that the user is a member of. */
  listByUser(userId: string, paging: Paging): Page<OrganizationRecord>;
  find(id: string): OrganizationRecord | undefined;
  findByName(name: string): OrganizationRecord | undefined;
  insert(record: OrganizationRecord): void;
  update(record: OrganizationRecord): void;
  /** Removes its memberships too. */
  remove(id: string): boolean;
  members(id: string, paging: Paging): Page<UserRecord>;
  isMember(id: string, userId: string): boolean;
  addMembers(id: string, userIds: readonly string[]): void;
  /** Removes the members' roles in the organization too. */
  removeMembers(id: string, userIds: readonly string[]): void;
  /** In order of name. */
  memberRoles(id: string, userId: string, paging: Paging): Page<RoleRecord>;
  membersWithRole(id: string, roleId: string, paging: Paging): Page<UserRecord>;
  assignMemberRoles(id: string, userId: string, roleIds: readonly string[]): void;
  unassignMemberRoles(id: string, userId: string, roleIds: readonly string[]): void;
}

const readOrganization = (row: Record<string, unknown>): OrganizationRecord => JSON.parse(String(row.record));

const organizationSequence = '(SELECT sequence FROM organizations WHERE id = ?)';
const userSequence = '(SELECT sequence FROM users WHERE user_id = ?)';

/** Organizations in order of creation, with their members and the members' roles. */
export function createOrganizationRepository(database: Database): OrganizationRepository {
  return {
    list: (paging) =>
      database.page({ select: 'record', from: 'organizations', key: 'sequence', values: [] }, paging, readOrganization),
    listByUser: (userId, paging) =>
      database.page(
        {
          select: 'organizations.record',
          from: `organization_members JOIN organizations ON organizations.sequence = organization_sequence
            WHERE user_sequence = ${userSequence}`,
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
            WHERE organization_sequence = ${organizationSequence}`,
          countFrom: `organization_members WHERE organization_sequence = ${organizationSequence}`,
          key: 'user_sequence',
          values: [id],
        },
        paging,
        readUser,
      ),
    isMember: (id, userId) =>
      database.first(
        `SELECT 1 AS found FROM organization_members
         WHERE organization_sequence = ${organizationSequence} AND user_sequence = ${userSequence}`,
        id,
        userId,
      ) !== undefined,
    addMembers(id, userIds) {
      database.run(
        `INSERT OR IGNORE INTO organization_members (organization_sequence, user_sequence)
         SELECT organizations.sequence, users.sequence FROM json_each(?) AS requested
         JOIN users ON users.user_id = requested.value JOIN organizations ON organizations.id = ?`,
        JSON.stringify(userIds),
        id,
      );
    },
    removeMembers(id, userIds) {
      database.run(
        `DELETE FROM organization_members WHERE organization_sequence = ${organizationSequence}
         AND user_sequence IN (SELECT sequence FROM users WHERE user_id IN (SELECT value FROM json_each(?)))`,
        id,
        JSON.stringify(userIds),
      );
    },
    membersWithRole: (id, roleId, paging) =>
      database.page(
        {
          select: userColumns,
          from: `organization_member_roles JOIN users ON users.sequence = user_sequence
            WHERE organization_sequence = ${organizationSequence}
            AND role_sequence = (SELECT sequence FROM roles WHERE id = ?)`,
          key: 'user_sequence',
          values: [id, roleId],
        },
        paging,
        readUser,
      ),
    memberRoles: (id, userId, paging) =>
      database.page(
        {
          select: roleColumns,
          from: `organization_member_roles JOIN roles ON roles.sequence = role_sequence
            WHERE organization_sequence = ${organizationSequence} AND user_sequence = ${userSequence}`,
          key: 'roles.name',
          values: [id, userId],
        },
        paging,
        readRole,
      ),
    assignMemberRoles(id, userId, roleIds) {
      database.run(
        `INSERT OR IGNORE INTO organization_member_roles (organization_sequence, user_sequence, role_sequence)
         SELECT organizations.sequence, users.sequence, roles.sequence FROM json_each(?) AS requested
         JOIN roles ON roles.id = requested.value JOIN organizations ON organizations.id = ?
         JOIN users ON users.user_id = ?`,
        JSON.stringify(roleIds),
        id,
        userId,
      );
    },
    unassignMemberRoles(id, userId, roleIds) {
      database.run(
        `DELETE FROM organization_member_roles
         WHERE organization_sequence = ${organizationSequence} AND user_sequence = ${userSequence}
         AND role_sequence IN (SELECT sequence FROM roles WHERE id IN (SELECT value FROM json_each(?)))`,
        id,
        userId,
        JSON.stringify(roleIds),
      );
    },
  };
}

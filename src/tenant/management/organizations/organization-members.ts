import type { Management } from 'auth0';
import type { Paging } from '../../store/paging.ts';
import type { UserRecord } from '../../store/records/users/user-row.ts';
import type { Store } from '../../store/store.ts';
import { notFound } from '../http/api-error.ts';
import { selectFields } from '../http/field-selection.ts';
import { listAnswer, offsetAnswer } from '../http/paged-list.ts';
import type { ManagementDependencies } from '../management-dependencies.ts';
import { type Call, type Operation, pathParameter } from '../operation.ts';
import { effectiveOperations } from '../resources/single-operations.ts';
import { findAssignableRole, roleAnswer } from '../roles/roles.ts';
import { findOrganization } from './organizations.ts';

const everything = { page: 0, perPage: -1 };
const rolesPath = '/organizations/{id}/members/{user_id}/roles';

/** A call with parameters in its path. */
interface Addressed {
  readonly params: Readonly<Record<string, string>>;
}

/**
 * The member that a path names.
 *
 * @throws ApiError 404
 */
export function findOrganizationMember(store: Store, call: Addressed): { readonly id: string; readonly user: string } {
  const { id } = findOrganization(store, pathParameter(call, 'id'));
  const user = pathParameter(call, 'user_id');
  if (!store.organizations.isMember(id, user)) throw notFound('The user does not exist.', 'inexistent_user');
  return { id, user };
}

/** Members of an organization and their roles: `/organizations/{id}/members`. */
export function organizationMemberOperations({ store }: ManagementDependencies): Operation[] {
  const organizationOf = (call: Addressed) => findOrganization(store, pathParameter(call, 'id')).id;
  const memberOf = (call: Addressed) => findOrganizationMember(store, call);
  return effectiveOperations(
    { store },
    {
      'GET /organizations/{id}/members': {
        handle: (call) => {
          const { query } = call;
          const id = organizationOf(call);
          const named = query.include_fields !== false && query.fields?.split(',').includes('roles') === true;
          const show = (user: UserRecord) => {
            const held = named ? store.organizations.memberRoles(id, user.user_id, everything).rows : undefined;
            return selectFields(
              { ...memberAnswer(user), ...(held && { roles: held.map((role) => ({ id: role.id, name: role.name })) }) },
              query,
            );
          };
          const read = (paging: Paging) => store.organizations.members(id, paging);
          return listAnswer('members', query, read, show, { endsEmpty: true });
        },
      },
      'POST /organizations/{id}/members': {
        description: 'Add members to an organization',
        handle: (call: Call<Management.CreateOrganizationMemberRequestContent>) => {
          const id = organizationOf(call);
          const unknown = call.body.members.find((user) => store.users.find(user) === undefined);
          if (unknown !== undefined) throw notFound('The user does not exist.', 'inexistent_user');
          store.organizations.addMembers(id, call.body.members);
        },
      },
      'DELETE /organizations/{id}/members': {
        description: 'Delete members from an organization',
        handle: (call: Call<Management.DeleteOrganizationMembersRequestContent>) => {
          store.organizations.removeMembers(organizationOf(call), call.body.members);
        },
      },
      [`GET ${rolesPath}`]: {
        handle: (call) => {
          const { id, user } = memberOf(call);
          const read = (paging: Paging) => store.organizations.memberRoles(id, user, paging);
          return offsetAnswer('roles', call.query, read, roleAnswer);
        },
      },
      [`POST ${rolesPath}`]: {
        description: 'Assign roles to a member of an organization',
        handle: (call: Call<Management.AssignOrganizationMemberRolesRequestContent>) => {
          const { id, user } = memberOf(call);
          for (const role of call.body.roles) findAssignableRole(store, role, id);
          store.organizations.assignMemberRoles(id, user, call.body.roles);
        },
      },
      [`DELETE ${rolesPath}`]: {
        description: 'Remove roles from a member of an organization',
        handle: (call: Call<Management.DeleteOrganizationMemberRolesRequestContent>) => {
          const { id, user } = memberOf(call);
          store.organizations.unassignMemberRoles(id, user, call.body.roles);
        },
      },
    },
  );
}

/** A member as lists of an organization's members show it. */
export function memberAnswer({ user_id, email, picture, name }: UserRecord) {
  return {
    user_id,
    ...(email !== undefined && { email }),
    ...(picture !== undefined && { picture }),
    ...(name !== undefined && { name }),
  };
}

import { z } from 'zod';
import type { Paging } from '../../store/paging.ts';
import type { UserRecord } from '../../store/records/users/user-row.ts';
import type { Store } from '../../store/store.ts';
import { notFound } from '../http/api-error.ts';
import { bodyOf, userId } from '../http/body-schemas.ts';
import { fieldParameters, selectFields } from '../http/field-selection.ts';
import {
  checkpointParameters,
  listAnswer,
  offsetAnswer,
  pagingOf,
  positiveOffsetParameters,
} from '../http/paged-list.ts';
import type { ManagementDependencies } from '../management-dependencies.ts';
import { type Operation, operation, pathParameter } from '../operation.ts';
import { findAssignableRole, roleAnswer } from '../roles/roles.ts';
import { findOrganization } from './organizations.ts';

const everything = { page: 0, perPage: -1 };
const users = z.object({ members: z.array(userId).min(1) });
const roles = bodyOf({ roles: z.array(z.string().min(1).max(100)).min(1) });
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
  return [
    operation({
      method: 'GET',
      path: '/organizations/{id}/members',
      query: z.object({ ...positiveOffsetParameters, ...checkpointParameters, ...fieldParameters }),
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
        return { status: 200, body: listAnswer('members', query, read, show, { endsEmpty: true }) };
      },
    }),
    operation({
      method: 'POST',
      path: '/organizations/{id}/members',
      description: 'Add members to an organization',
      body: users,
      handle: (call) => {
        store.transaction(() => {
          const id = organizationOf(call);
          const unknown = call.body.members.find((user) => store.users.find(user) === undefined);
          if (unknown !== undefined) throw notFound('The user does not exist.', 'inexistent_user');
          store.organizations.addMembers(id, call.body.members);
        });
        return { status: 204 };
      },
    }),
    operation({
      method: 'DELETE',
      path: '/organizations/{id}/members',
      description: 'Delete members from an organization',
      body: users,
      handle: (call) => {
        store.transaction(() => store.organizations.removeMembers(organizationOf(call), call.body.members));
        return { status: 204 };
      },
    }),
    operation({
      method: 'GET',
      path: rolesPath,
      query: z.object(positiveOffsetParameters),
      handle: (call) => {
        const { id, user } = memberOf(call);
        const paging = pagingOf(call.query);
        const page = store.organizations.memberRoles(id, user, paging);
        return { status: 200, body: offsetAnswer('roles', page, call.query, paging, roleAnswer) };
      },
    }),
    operation({
      method: 'POST',
      path: rolesPath,
      description: 'Assign roles to a member of an organization',
      body: roles,
      handle: (call) => {
        store.transaction(() => {
          const { id, user } = memberOf(call);
          for (const role of call.body.roles) findAssignableRole(store, role, id);
          store.organizations.assignMemberRoles(id, user, call.body.roles);
        });
        return { status: 204 };
      },
    }),
    operation({
      method: 'DELETE',
      path: rolesPath,
      description: 'Remove roles from a member of an organization',
      body: roles,
      handle: (call) => {
        store.transaction(() => {
          const { id, user } = memberOf(call);
          store.organizations.unassignMemberRoles(id, user, call.body.roles);
        });
        return { status: 204 };
      },
    }),
  ];
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

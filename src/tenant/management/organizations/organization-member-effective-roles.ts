import { z } from 'zod';
import { notFound } from '../http/api-error.ts';
import { checkpointParameters, listAnswer } from '../http/paged-list.ts';
import type { ManagementDependencies } from '../management-dependencies.ts';
import { type Operation, operation } from '../operation.ts';
import { findOrganizationMember } from './organization-members.ts';

const path = '/organizations/{id}/members/{user_id}/effective-roles';

/**
 * The roles of a member in an organization, from all sources. This tenant has no groups, so all of them are assigned directly:
 * `/organizations/{id}/members/{user_id}/effective-roles`.
 */
export function organizationMemberEffectiveRoleOperations({ store }: ManagementDependencies): Operation[] {
  return [
    operation({
      method: 'GET',
      path,
      query: z.object(checkpointParameters),
      handle: (call) => {
        const { id, user } = findOrganizationMember(store, call);
        const query = { from: call.query.from, take: call.query.take ?? 50 };
        const body = listAnswer(
          'roles',
          query,
          (paging) => store.organizations.memberRoles(id, user, paging),
          ({ id, name, description }) => ({ id, name, description, sources: ['direct'] }),
        );
        return { status: 200, body };
      },
    }),
    operation({
      method: 'GET',
      path: `${path}/sources/groups`,
      query: z.object({ ...checkpointParameters, role_id: z.string().min(1) }),
      handle: (call) => {
        findOrganizationMember(store, call);
        if (store.roles.find(call.query.role_id) === undefined) throw notFound('The role does not exist.');
        return { status: 200, body: { groups: [] } };
      },
    }),
  ];
}

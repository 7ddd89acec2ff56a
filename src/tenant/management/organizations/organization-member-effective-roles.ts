import type { Paging } from '../../store/paging.ts';
import { listAnswer } from '../http/paged-list.ts';
import type { ManagementDependencies } from '../management-dependencies.ts';
import type { Operation } from '../operation.ts';
import { effectiveOperations } from '../resources/single-operations.ts';
import { findRole } from '../roles/roles.ts';
import { effectiveRoleAnswer } from '../users/user-features.ts';
import { findOrganizationMember } from './organization-members.ts';

const path = '/organizations/{id}/members/{user_id}/effective-roles';

/**
 * The roles of a member in an organization, from all sources. This tenant has no groups, so all of them are assigned directly:
 * `/organizations/{id}/members/{user_id}/effective-roles`.
 */
export function organizationMemberEffectiveRoleOperations({ store }: ManagementDependencies): Operation[] {
  return effectiveOperations(
    { store },
    {
      [`GET ${path}`]: {
        handle: (call) => {
          const { id, user } = findOrganizationMember(store, call);
          const read = (paging: Paging) => store.organizations.memberRoles(id, user, paging);
          return listAnswer('roles', { take: 50, ...call.query }, read, effectiveRoleAnswer);
        },
      },
      [`GET ${path}/sources/groups`]: {
        handle: (call) => {
          findOrganizationMember(store, call);
          findRole(store, String(call.query.role_id));
          return { groups: [] };
        },
      },
    },
  );
}

import type { Paging } from '../../store/paging.ts';
import { selectFields } from '../http/field-selection.ts';
import { listAnswer } from '../http/paged-list.ts';
import type { ManagementDependencies } from '../management-dependencies.ts';
import type { Operation } from '../operation.ts';
import type { ResourceCall } from '../resources/collection.ts';
import { singleOperations } from '../resources/single-operations.ts';
import { findRole } from '../roles/roles.ts';
import { memberAnswer } from './organization-members.ts';
import { findOrganization } from './organizations.ts';

const path = '/organizations/{id}/roles/{role_id}';

/** Members that have a role in an organization: `/organizations/{id}/roles/{role_id}`. This tenant has no groups that could have it. */
export function organizationRoleMemberOperations(dependencies: ManagementDependencies): Operation[] {
  const { store } = dependencies;
  const addressed = ({ params }: ResourceCall) => ({
    organization: findOrganization(store, String(params.id)).id,
    role: findRole(store, String(params.role_id)).id,
  });
  return singleOperations(dependencies, {
    [`GET ${path}/members`]: {
      handle: (call) => {
        const { organization, role } = addressed(call);
        const { fields, include_fields } = call.query;
        const selection = { ...(typeof fields === 'string' && { fields, include_fields: include_fields !== false }) };
        return listAnswer(
          'members',
          { take: 50, ...call.query },
          (paging: Paging) => store.organizations.membersWithRole(organization, role, paging),
          (user) => selectFields(memberAnswer(user), selection),
        );
      },
    },
    [`GET ${path}/groups`]: {
      handle: (call) => {
        addressed(call);
        return { groups: [] };
      },
    },
  });
}

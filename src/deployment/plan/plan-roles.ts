import { assignableRoles } from '../../action/assignable-roles.ts';
import type { Policy } from '../../policy/policy.ts';
import type { TenantSnapshot } from '../tenant-snapshot.ts';
import type { PlannedChange } from './planned-change.ts';

/** The end of the description of a role that Portcullis created, which distinguishes it from a role that existed before. */
export const ROLE_MARK = '(Portcullis)';

/** Plans the roles that the policy may assign: missing ones are created, the others stay as they are. */
export function planRoles({ roles, policy }: TenantSnapshot): PlannedChange[] {
  return assignableRoles(policy).map((name) => {
    const change = { resource: 'role', name } as const;
    if (roles[name] !== undefined) return { ...change, action: 'none', why: 'it exists', fields: [] };
    const description = roleDescription(policy, name);
    const why = 'the policy may assign it';
    return {
      ...change,
      action: 'create',
      why,
      fields: [{ name: 'description', before: undefined, after: description }],
    };
  });
}

/** Returns the description of a role that Portcullis creates. */
export function roleDescription(policy: Policy, name: string): string {
  const domains = policy.organizations.filter(({ role }) => role === name).flatMap((one) => one.domains);
  const rules = (policy.admit ?? []).filter(({ roles }) => roles.includes(name)).map(({ rule }) => rule);
  const isForOthers =
    name === policy.defaultRole || (typeof policy.otherwise === 'object' && policy.otherwise.roles.includes(name));
  const parts = [
    ...(domains.length === 0 ? [] : [`Users of ${domains.join(', ')}`]),
    ...(rules.length === 0 ? [] : [`Users that the policy lets in as ${rules.join(', ')}`]),
  ];
  const users = isForOthers ? 'All users that the policy lets in' : parts.join('; ');
  return `${users.slice(0, 255 - ROLE_MARK.length - 2)}. ${ROLE_MARK}`;
}

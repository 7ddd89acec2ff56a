import { assignableRoles } from '../../action/assignable-roles.ts';
import type { Policy } from '../../policy/policy.ts';
import type { TenantSnapshot } from '../tenant-snapshot.ts';
import type { PlannedChange } from './planned-change.ts';

/** Ends the description of a role that Portcullis made, so that it can be told from one that was there before. */
export const ROLE_MARK = '(Portcullis)';

/** The roles that the policy may assign: those that the tenant lacks are made, the others are left as they are. */
export function planRoles({ roles, policy }: TenantSnapshot): PlannedChange[] {
  return assignableRoles(policy).map((name) => {
    const change = { resource: 'role', name } as const;
    if (roles[name] !== undefined) return { ...change, action: 'none', why: 'it is there', fields: [] };
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

/** What a role that Portcullis makes says of itself. */
export function roleDescription(policy: Policy, name: string): string {
  const domains = policy.organizations.filter(({ role }) => role === name).flatMap((one) => one.domains);
  const whom = name === policy.defaultRole ? 'Everybody whom the policy lets in' : `People of ${domains.join(', ')}`;
  return `${whom.slice(0, 255 - ROLE_MARK.length - 2)}. ${ROLE_MARK}`;
}

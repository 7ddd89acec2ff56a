import type { Policy } from '../policy/policy.ts';

/**
 * Returns the names of all roles that a policy may assign during a login, sorted, without repetition.
 *
 * @example assignableRoles({ ...policy, defaultRole: 'MEMBER', organizations: [] }) // ['MEMBER']
 */
export function assignableRoles(policy: Policy): string[] {
  const names = new Set(policy.organizations.map(({ role }) => role));
  if (policy.defaultRole !== undefined) names.add(policy.defaultRole);
  return [...names].sort();
}

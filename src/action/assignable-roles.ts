import { normalForm } from '../policy/normal-form.ts';
import type { Policy } from '../policy/policy.ts';

/**
 * Returns the names of all roles that a policy may assign during a login, sorted, without repetition.
 *
 * @example assignableRoles({ ...policy, defaultRole: 'MEMBER', organizations: [] }) // ['MEMBER']
 */
export function assignableRoles(policy: Policy): string[] {
  const { admit, otherwise } = normalForm(policy);
  return [...new Set([...admit.flatMap(({ roles }) => roles), ...(otherwise?.roles ?? [])])].sort();
}

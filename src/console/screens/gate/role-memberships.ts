import type { Management } from 'auth0';
import type { Policy } from '../../../policy/policy.ts';
import { manage, segment } from '../../management/tenant-requests.ts';
import { retryOnRateLimit } from './retry-on-rate-limit.ts';

const step = 100;
/** The Management API lists no more roles than these. */
const furthest = 1000;

/** Names of the roles that matter, by who holds them. */
export type RoleMemberships = ReadonlyMap<string, readonly string[]>;

/**
 * Reads who holds the roles that the policy looks at, by their members: a request a hundred.
 *
 * @param tell told how many memberships have been read
 * @throws {ManagementError} where the tenant refuses a request
 * @throws {Error} where it has more roles than its Management API lists
 */
export async function readRoleMemberships(
  policy: Policy,
  signal: AbortSignal,
  tell: (read: number) => void,
): Promise<RoleMemberships> {
  const holders = new Map<string, readonly string[]>();
  let read = 0;
  for (const { id = '', name = '' } of await rolesThatMatter(policy, signal)) {
    let from: string | undefined;
    do {
      const query = { take: step, ...(from !== undefined && { from }) };
      const page = await retryOnRateLimit(signal, () =>
        manage.get<Management.ListRoleUsersPaginatedResponseContent>(`roles/${segment(id)}/users`, query, signal),
      );
      const users = page.users ?? [];
      for (const { user_id = '' } of users) holders.set(user_id, [...(holders.get(user_id) ?? []), name]);
      read += users.length;
      tell(read);
      from = page.next;
    } while (from !== undefined);
  }
  return holders;
}

async function rolesThatMatter(
  { organizationPrefix, defaultRole }: Policy,
  signal: AbortSignal,
): Promise<Management.Role[]> {
  const found = new Map<string, Management.Role>();
  for (const name_filter of [organizationPrefix, defaultRole]) {
    if (name_filter === undefined) continue;
    for (let page = 0; ; page += 1) {
      if (page * step >= furthest) {
        throw new Error(
          `More than ${furthest} roles have "${name_filter}" in their names, which the Management API does not list. Ask portcullis plan.`,
        );
      }
      const query = { page, per_page: step, name_filter };
      const roles = await retryOnRateLimit(signal, () => manage.get<Management.Role[]>('roles', query, signal));
      for (const role of roles) {
        const { id = '', name = '' } = role;
        if (name.startsWith(organizationPrefix) || name === defaultRole) found.set(id, role);
      }
      if (roles.length < step) break;
    }
  }
  return [...found.values()];
}

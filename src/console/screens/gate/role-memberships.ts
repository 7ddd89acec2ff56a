import type { Management } from 'auth0';
import { holds } from '../../../policy/compiled-condition.ts';
import { mentionedRoles } from '../../../policy/normal-form.ts';
import type { Policy } from '../../../policy/policy.ts';
import { manage, segment } from '../../management/tenant-requests.ts';
import { retryOnRateLimit } from './retry-on-rate-limit.ts';

const perPage = 100;
/** The Management API lists at most this many roles. */
const listLimit = 1000;

/** Names of the policy's roles that each user holds, by user id. */
export type RoleMemberships = ReadonlyMap<string, readonly string[]>;

/**
 * Reads the members of the roles that the policy uses, 100 per request.
 *
 * @param onProgress receives the number of memberships read
 * @throws {ManagementError} if the tenant refuses a request
 * @throws {Error} if the tenant has more such roles than the Management API lists
 */
export async function readRoleMemberships(
  policy: Policy,
  signal: AbortSignal,
  onProgress: (read: number) => void,
): Promise<RoleMemberships> {
  const holders = new Map<string, readonly string[]>();
  let read = 0;
  for (const { id = '', name = '' } of await policyRoles(policy, signal)) {
    let from: string | undefined;
    do {
      const query = { take: perPage, ...(from !== undefined && { from }) };
      const page = await retryOnRateLimit(signal, () =>
        manage.get<Management.ListRoleUsersPaginatedResponseContent>(`roles/${segment(id)}/users`, query, signal),
      );
      const users = page.users ?? [];
      for (const { user_id = '' } of users) holders.set(user_id, [...(holders.get(user_id) ?? []), name]);
      read += users.length;
      onProgress(read);
      from = page.next;
    } while (from !== undefined);
  }
  return holders;
}

async function policyRoles(policy: Policy, signal: AbortSignal): Promise<Management.Role[]> {
  const found = new Map<string, Management.Role>();
  const mentioned = mentionedRoles(policy);
  for (const name_filter of new Set(mentioned.flatMap(({ prefix = [], name = [] }) => [prefix, name].flat()))) {
    for (let page = 0; ; page += 1) {
      if (page * perPage >= listLimit) {
        throw new Error(
          `More than ${listLimit} roles have "${name_filter}" in their names, and the Management API does not list more. Run portcullis plan instead.`,
        );
      }
      const query = { page, per_page: perPage, name_filter };
      const roles = await retryOnRateLimit(signal, () => manage.get<Management.Role[]>('roles', query, signal));
      for (const role of roles) {
        const { id = '', name = '' } = role;
        if (mentioned.some((one) => holds([name], one))) found.set(id, role);
      }
      if (roles.length < perPage) break;
    }
  }
  return [...found.values()];
}

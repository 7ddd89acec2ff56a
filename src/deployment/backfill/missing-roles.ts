import type { Policy } from '../../policy/policy.ts';
import { DomainMemory } from '../impact/domain-memory.ts';
import { UserKinds } from '../impact/user-kinds.ts';
import { verdictOf } from '../impact/verdict.ts';
import type { ExportedUser } from '../people/exported-user.ts';
import type { People } from '../people/gather-people.ts';

/** A role that a user would get at the next sign-in. */
export interface MissingRole {
  readonly userId: string;
  /** The role's name. */
  readonly role: string;
}

/**
 * Finds the users that the policy lets in but who lack a role that it would give them at the next sign-in. Blocked users get
 * nothing.
 *
 * @param policy with client IDs
 * @example
 * for await (const missing of missingRoles(people, policy)) console.log(missing.userId, missing.role);
 */
export async function* missingRoles(
  people: Pick<People, 'users' | 'holders'>,
  policy: Policy,
): AsyncGenerator<readonly MissingRole[]> {
  const at = Date.now();
  // Only roles that a sign-in to any of the applications gives, whatever else it depends on.
  const judge = (user: ExportedUser, roles: readonly string[]) => ({
    assign: verdictOf(policy, undefined, user, roles, at)?.assign ?? [],
  });
  const kinds = new UserKinds([policy], judge);
  const domains = new DomainMemory();
  for await (const users of people.users()) {
    const missing: MissingRole[] = [];
    for (const user of users) {
      if (user.blocked === true) continue;
      const roles = people.holders.rolesOf(user.user_id);
      const { assign } = kinds.of(user, domains.domainOf(user.email), roles) ?? judge(user, roles);
      for (const role of assign) missing.push({ userId: user.user_id, role });
    }
    yield missing;
  }
}

/** Counts the users who lack each role, by the role's name. */
export async function countMissingRoles(
  people: Pick<People, 'users' | 'holders'>,
  policy: Policy,
  signal?: AbortSignal,
): Promise<Record<string, number>> {
  const counts: Record<string, number> = {};
  for await (const missing of missingRoles(people, policy)) {
    signal?.throwIfAborted();
    for (const { role } of missing) counts[role] = (counts[role] ?? 0) + 1;
  }
  return counts;
}

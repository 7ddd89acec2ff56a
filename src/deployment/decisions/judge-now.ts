import { type ManagementClient, ManagementError } from 'auth0';
import type { RefusalReason } from '../../policy/decision.ts';
import { expectedVisitor } from '../../policy/directory-user.ts';
import { outlook } from '../../policy/outlook.ts';
import type { Policy } from '../../policy/policy.ts';

/** Limit of the cache. Refused users often try again, so each is looked up only once in a while. */
const MOST_REMEMBERED = 10_000;

/** Returns why the running policy would refuse a user now; `undefined` if it would not, if that depends on
 * the login, or if the user does not exist. */
export type JudgeNow = (userId: string, application: string) => Promise<RefusalReason | undefined>;

/**
 * Judges users by the running policy, for refusals whose reason the tenant does not store.
 *
 * @example
 * const judge = judgeNow(management, policy);
 * await judge('auth0|65f0', 'b1Xk…'); // 'unverified_email'
 */
export function judgeNow(management: ManagementClient, policy: Policy | undefined): JudgeNow {
  const known = new Map<string, RefusalReason | undefined>();
  return async (userId, application) => {
    if (policy === undefined) return undefined;
    const key = `${application} ${userId}`;
    if (known.has(key)) return known.get(key);
    if (known.size >= MOST_REMEMBERED) known.clear();
    const reason = await judge(management, policy, userId, application);
    known.set(key, reason);
    return reason;
  };
}

async function judge(
  management: ManagementClient,
  policy: Policy,
  userId: string,
  application: string,
): Promise<RefusalReason | undefined> {
  try {
    const user = await management.users.get(userId, { fields: 'email,email_verified,identities,app_metadata' });
    const roles: string[] = [];
    for await (const { name } of await management.users.roles.list(userId, { per_page: 100 })) {
      if (name !== undefined) roles.push(name);
    }
    const expected = outlook(policy, { ...expectedVisitor(user, roles, Date.now()), application });
    return expected.outcome === 'refuse' ? expected.reason : undefined;
  } catch (error) {
    if (error instanceof ManagementError && error.statusCode === 404) return undefined;
    throw error;
  }
}

//! The policy for the database's JavaScript engine, from the same files as the Action.
import { decide } from '../../policy/decide.ts';
import type { Policy } from '../../policy/policy.ts';

declare const POLICY: Policy;

/**
 * Takes and returns text, since a call specification has no lists.
 *
 * @param roles a JSON array of names
 * @returns JSON with `outcome`, `reason`, and `assign`, a list
 */
export function decideVisitor(
  application: string,
  email: string | null | undefined,
  emailVerified: number,
  roles: string,
): string {
  const decision = decide(POLICY, {
    application,
    email: email ?? undefined,
    emailVerified: emailVerified === 1,
    roles: JSON.parse(roles),
  });
  const assign = decision.outcome === 'admit' ? decision.assign : [];
  return JSON.stringify({ outcome: decision.outcome, reason: decision.reason, assign });
}

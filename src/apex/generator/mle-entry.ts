//! The policy for the database's JavaScript engine, from the same files as the Action.
import { ungroupAddresses } from '../../action/grouped-addresses.ts';
import { decide } from '../../policy/decide.ts';
import type { Decision } from '../../policy/decision.ts';
import type { Policy } from '../../policy/policy.ts';

declare const POLICY: Policy;

/** Made at the first call, so that it is compiled once for each session of the database. */
let wholePolicy: Policy | undefined;

/**
 * Takes and returns text, since a call specification has no lists.
 *
 * @param roles a JSON array of names
 * @param organization the id of the organization that the user signed in to; `null` for none
 * @param at the moment of the login, ISO 8601
 * @returns JSON with `outcome`, `reason`, and the lists `rules` and `assign`
 */
export function decideVisitor(
  application: string,
  email: string | null | undefined,
  emailVerified: number,
  roles: string,
  organization: string | null | undefined,
  at: string,
): string {
  wholePolicy ??= ungroupAddresses(POLICY);
  const decision = decide(wholePolicy, {
    application,
    email: email ?? undefined,
    emailVerified: emailVerified === 1,
    roles: JSON.parse(roles),
    organization: organization === null || organization === undefined ? [] : [organization],
    at: Date.parse(at),
  });
  const { outcome, reason } = decision;
  const assign = decision.outcome === 'admit' ? decision.assign : [];
  return JSON.stringify({ outcome, reason, rules: rulesOf(decision), assign });
}

function rulesOf(decision: Decision): readonly string[] {
  if (decision.outcome === 'admit') return decision.rules ?? [];
  return decision.outcome === 'refuse' && decision.rule !== undefined ? [decision.rule] : [];
}

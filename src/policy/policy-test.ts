//! Tests in a policy file: visitors, and what is expected of them.
import { decide } from './decide.ts';
import type { Decision } from './decision.ts';
import type { Policy } from './policy.ts';
import type { Visitor } from './visitor.ts';

/** A visitor with the expected decision. */
export interface PolicyTest {
  readonly who: TestVisitor;
  readonly expect: Expectation;
}

/** A visitor as a test describes it. What is left out is not known, and no condition on it fits. */
export interface TestVisitor {
  readonly email?: string;
  /** Whether the address is verified; it is unless set. */
  readonly verified?: boolean;
  /** Names of roles held; none unless set. */
  readonly roles?: readonly string[];
  readonly connection?: string;
  /** Name or id of the organization; empty for a login without one. */
  readonly organization?: readonly string[];
  readonly group?: readonly string[];
  readonly country?: string;
  readonly ip?: string;
  /** Whether a second factor was passed in this session. */
  readonly mfa?: boolean;
  readonly appMetadata?: Readonly<Record<string, unknown>>;
  /** As in the policy's `applications`; the first of them unless set. */
  readonly application?: string;
  /** The moment of the login, in milliseconds since 1970. */
  readonly at?: number;
}

/** The expected decision: the roles that the claim carries in any order, or the rule or reason that refuses. */
export type Expectation =
  | { readonly roles: readonly string[]; readonly mfa?: boolean }
  | { readonly refusedBy: string };

export interface PolicyTestResult {
  readonly test: PolicyTest;
  readonly decision: Decision;
  readonly holds: boolean;
  /** The rule or the reason that decided. */
  readonly decidedBy: string;
}

/**
 * Runs a test of a policy. The policy's applications may be names, as in its file.
 *
 * @example runPolicyTest(policy, { who: { email: 'jo@water.example' }, expect: { refusedBy: 'left the company' } }).holds
 */
export function runPolicyTest(policy: Policy, test: PolicyTest): PolicyTestResult {
  const decision = decide(policy, visitorOf(test.who, policy));
  return { test, decision, holds: meets(decision, test.expect), decidedBy: decidedBy(decision) };
}

/**
 * Returns what decided: the names of the rules, or the reason.
 *
 * @example decidedBy(decide(policy, visitor)) // 'water company'
 */
function decidedBy(decision: Decision): string {
  if (decision.outcome === 'refuse') return decision.rule ?? decision.reason;
  return decision.outcome === 'admit' && decision.rules !== undefined ? decision.rules.join(', ') : decision.reason;
}

function visitorOf(who: TestVisitor, { applications }: Policy): Visitor {
  const { verified = true, roles = [], group, application = applications[0] ?? '', ...known } = who;
  return { ...known, application, emailVerified: verified, roles, groups: group };
}

function meets(decision: Decision, expected: Expectation): boolean {
  if ('refusedBy' in expected) {
    return decision.outcome === 'refuse' && [decision.rule, decision.reason].includes(expected.refusedBy);
  }
  if (decision.outcome !== 'admit') return false;
  const isSame = [...new Set(expected.roles)].sort().join('\n') === decision.roles.join('\n');
  return isSame && (expected.mfa === true) === (decision.mfa === true);
}

import { decide } from '../../../policy/decide.ts';
import { type DirectoryUser, expectedVisitor } from '../../../policy/directory-user.ts';
import { explain } from '../../../policy/explain.ts';
import { describeDependencies, outlook } from '../../../policy/outlook.ts';
import type { GateDocument } from './gate-document.ts';

/** The details of a user that the policy and the table need. */
export interface GateUser {
  readonly id: string;
  readonly name: string;
  readonly email?: string;
  readonly blocked: boolean;
  /** The values that the policy may ask for. */
  readonly known: DirectoryUser;
}

/** A user, and the policy's decision about them. */
export interface UserDecision extends GateUser {
  readonly kind: Kind;
  /** The reason for it, in one sentence. */
  readonly reason: string;
  /** Names of the rules that decide; empty if no written rule does, or if it depends on the login. */
  readonly rules: readonly string[];
  /** The text that a search looks in, in lower case. */
  readonly searchText: string;
}

export const kinds = [
  { kind: 'letIn', label: 'let in with current roles' },
  { kind: 'newRole', label: 'let in with a new role' },
  { kind: 'depends', label: 'depending on the login' },
  { kind: 'refused', label: 'refused' },
  { kind: 'blocked', label: 'blocked by the tenant' },
] as const;

export type Kind = (typeof kinds)[number]['kind'];

/** Number of users of each kind. */
export type Counts = Readonly<Record<Kind, number>>;

export const noCounts: Counts = { letIn: 0, newRole: 0, depends: 0, refused: 0, blocked: 0 };

/**
 * The policy's decision about a user with these roles, at the application of the stand-in. What only a login shows is not
 * known.
 */
export function decideUser(gate: GateDocument, user: GateUser, roles: readonly string[]): UserDecision {
  const { email, name } = user;
  return { ...user, ...outlookFor(gate, user, roles), searchText: `${name} ${email ?? ''}`.toLowerCase() };
}

/** Adds users to the counts. */
export function addCounts(counts: Counts, users: readonly UserDecision[]): Counts {
  const sums = { ...counts };
  for (const { kind } of users) sums[kind] += 1;
  return sums;
}

function outlookFor(
  gate: GateDocument,
  user: GateUser,
  roles: readonly string[],
): Pick<UserDecision, 'kind' | 'reason' | 'rules'> {
  if (user.blocked) {
    return { kind: 'blocked', reason: 'The tenant refuses the sign-in before any Action runs.', rules: [] };
  }
  const visitor = { ...expectedVisitor(user.known, roles, Date.now()), application: gate.clientId };
  const expected = outlook(gate.policy, visitor);
  if (expected.outcome === 'depends') {
    return { kind: 'depends', reason: `Depends on: ${describeDependencies(expected.on)}.`, rules: [] };
  }
  const decision = decide(gate.policy, visitor);
  const reason = explain(decision);
  if (decision.outcome === 'refuse') {
    return { kind: 'refused', reason, rules: decision.rule === undefined ? [] : [decision.rule] };
  }
  if (decision.outcome === 'ignore') return { kind: 'letIn', reason, rules: [] };
  return { kind: decision.assign.length > 0 ? 'newRole' : 'letIn', reason, rules: decision.rules ?? [] };
}

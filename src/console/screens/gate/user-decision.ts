import { decide } from '../../../policy/decide.ts';
import type { Decision } from '../../../policy/decision.ts';
import { explain } from '../../../policy/explain.ts';
import type { GateDocument } from './gate-document.ts';

/** The details of a user that the policy and the table need. */
export interface GateUser {
  readonly id: string;
  readonly name: string;
  readonly email?: string;
  readonly emailVerified: boolean;
  readonly blocked: boolean;
}

/** A user, and the policy's decision about them. */
export interface UserDecision extends GateUser {
  readonly decision: Decision;
  readonly kind: Kind;
  /** The text that a search looks in, in lower case. */
  readonly searchText: string;
}

export const kinds = [
  { kind: 'letIn', label: 'let in with current roles' },
  { kind: 'newRole', label: 'let in with a new role' },
  { kind: 'refused', label: 'refused' },
  { kind: 'blocked', label: 'blocked by the tenant' },
] as const;

export type Kind = (typeof kinds)[number]['kind'];

/** Number of users of each kind. */
export type Counts = Readonly<Record<Kind, number>>;

export const noCounts: Counts = { letIn: 0, newRole: 0, refused: 0, blocked: 0 };

/** The policy's decision about a visitor, made up or not. */
export function decideVisitor(
  gate: GateDocument,
  visitor: { readonly email?: string | undefined; readonly emailVerified: boolean; readonly roles: readonly string[] },
): Decision {
  return decide(gate.policy, { application: gate.clientId, ...visitor });
}

/** The policy's decision about a user with these roles. */
export function decideUser(gate: GateDocument, user: GateUser, roles: readonly string[]): UserDecision {
  const { email, emailVerified, name } = user;
  const decision = decideVisitor(gate, { email, emailVerified, roles });
  return { ...user, decision, kind: kindOf(user, decision), searchText: `${name} ${email ?? ''}`.toLowerCase() };
}

/** The reason for the decision, in one sentence. */
export function reasonOf({ decision, blocked }: UserDecision): string {
  return blocked ? 'The tenant refuses the sign-in before any Action runs.' : explain(decision);
}

/** Adds users to the counts. */
export function addCounts(counts: Counts, users: readonly UserDecision[]): Counts {
  const sums = { ...counts };
  for (const { kind } of users) sums[kind] += 1;
  return sums;
}

/** The kind of a decision. The tenant refuses blocked users before it runs the policy's Action. */
function kindOf({ blocked }: GateUser, decision: Decision): Kind {
  if (blocked) return 'blocked';
  if (decision.outcome === 'refuse') return 'refused';
  return decision.outcome === 'admit' && decision.assign.length > 0 ? 'newRole' : 'letIn';
}

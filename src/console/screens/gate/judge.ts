import { decide } from '../../../policy/decide.ts';
import type { Decision } from '../../../policy/decision.ts';
import { explain } from '../../../policy/explain.ts';
import type { GateDocument } from './gate-document.ts';

/** What of somebody the policy and the table need. */
export interface Person {
  readonly id: string;
  readonly name: string;
  readonly email?: string;
  readonly emailVerified: boolean;
  readonly blocked: boolean;
}

/** Somebody, and what the policy says of them. */
export interface Judged extends Person {
  readonly decision: Decision;
  readonly kind: Kind;
  /** What they are found by, in small letters. */
  readonly words: string;
}

export const kinds = [
  { kind: 'in', label: 'let in as they are' },
  { kind: 'given', label: 'let in, and given a role' },
  { kind: 'refused', label: 'refused' },
  { kind: 'blocked', label: 'blocked by the tenant' },
] as const;

export type Kind = (typeof kinds)[number]['kind'];

/** How many there are of each kind. */
export type Counts = Readonly<Record<Kind, number>>;

export const nobody: Counts = { in: 0, given: 0, refused: 0, blocked: 0 };

/** What the policy says of one visitor, made up or not. */
export function judge(
  gate: GateDocument,
  visitor: { readonly email?: string | undefined; readonly emailVerified: boolean; readonly roles: readonly string[] },
): Decision {
  return decide(gate.policy, { application: gate.clientId, ...visitor });
}

/** What the policy says of somebody with these roles. */
export function judged(gate: GateDocument, person: Person, roles: readonly string[]): Judged {
  const { email, emailVerified, name } = person;
  const decision = judge(gate, { email, emailVerified, roles });
  return { ...person, decision, kind: kindOf(person, decision), words: `${name} ${email ?? ''}`.toLowerCase() };
}

/** Why, in one sentence. */
export function reasonOf({ decision, blocked }: Judged): string {
  return blocked ? 'The tenant refuses the sign-in before the policy is asked.' : explain(decision);
}

/** Counts some more. */
export function counted(counts: Counts, people: readonly Judged[]): Counts {
  const sums = { ...counts };
  for (const { kind } of people) sums[kind] += 1;
  return sums;
}

/** Whom the tenant itself keeps out does not come as far as the policy. */
function kindOf({ blocked }: Person, decision: Decision): Kind {
  if (blocked) return 'blocked';
  if (decision.outcome === 'refuse') return 'refused';
  return decision.outcome === 'admit' && decision.assign.length > 0 ? 'given' : 'in';
}

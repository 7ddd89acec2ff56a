import type { AdmissionReason, RefusalReason } from '../../policy/decision.ts';
import { expectedVisitor } from '../../policy/directory-user.ts';
import { describeDependencies, outlook } from '../../policy/outlook.ts';
import type { ExportedUser } from '../people/exported-user.ts';
import type { Gate } from './gate-change.ts';

/** The outcome of a gate for a user, if the login succeeds otherwise. */
export interface Verdict {
  /** `depends`: only the login shows it. */
  readonly outcome: 'admit' | 'refuse' | 'depends';
  /** For `depends`, the fields of the login that it depends on: `depends on country, network`. */
  readonly reason: AdmissionReason | RefusalReason | 'no_gate' | `depends on ${string}`;
  /** Names of the roles that the login assigns. */
  readonly assign: readonly string[];
}

const OPEN: Verdict = { outcome: 'admit', reason: 'no_gate', assign: [] };

/**
 * @param application an application that the gate guards; `undefined` if it does not matter which one
 * @param roles names of the user's roles
 * @param at the moment of the login, in milliseconds since 1970
 * @returns `undefined` if it is not known
 */
export function verdictOf(
  gate: Gate,
  application: string | undefined,
  user: ExportedUser,
  roles: readonly string[],
  at: number,
): Verdict | undefined {
  if (gate === 'open') return OPEN;
  if (gate === 'unknown') return undefined;
  const visitor = expectedVisitor(user, roles, at);
  const expected = outlook(gate, application === undefined ? visitor : { ...visitor, application });
  switch (expected.outcome) {
    case 'ignore':
      return OPEN;
    case 'depends':
      return { outcome: 'depends', reason: `depends on ${describeDependencies(expected.on)}`, assign: [] };
    case 'refuse':
      return { ...expected, assign: [] };
    case 'admit':
      return expected;
  }
}

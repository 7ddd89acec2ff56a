import { decide } from '../../policy/decide.ts';
import type { AdmissionReason, RefusalReason } from '../../policy/decision.ts';
import type { ExportedUser } from '../people/exported-user.ts';
import type { Gate } from './gate-change.ts';

/** The decision of a gate about a user, if the login succeeds otherwise. */
export interface Verdict {
  readonly outcome: 'admit' | 'refuse';
  readonly reason: AdmissionReason | RefusalReason | 'no_gate';
  /** Names of the roles that the login assigns. */
  readonly assign: readonly string[];
}

const OPEN: Verdict = { outcome: 'admit', reason: 'no_gate', assign: [] };

/**
 * @param application an application that the gate guards
 * @param roles names of the user's roles
 * @returns `undefined` if it is not known
 */
export function verdictOf(
  gate: Gate,
  application: string,
  user: ExportedUser,
  roles: readonly string[],
): Verdict | undefined {
  if (gate === 'open') return OPEN;
  if (gate === 'unknown') return undefined;
  const decision = decide(gate, { application, email: user.email, emailVerified: user.email_verified === true, roles });
  if (decision.outcome === 'ignore') return OPEN;
  const { outcome, reason } = decision;
  return { outcome, reason, assign: decision.outcome === 'admit' ? decision.assign : [] };
}

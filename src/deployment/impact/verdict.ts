import { decide } from '../../policy/decide.ts';
import type { AdmissionReason, RefusalReason } from '../../policy/decision.ts';
import type { ExportedUser } from '../people/exported-user.ts';
import type { KnownDomain } from './domain-memory.ts';
import type { Gate } from './gate-change.ts';

/** What a gate says of a user who signs in once all goes well. */
export interface Verdict {
  readonly outcome: 'admit' | 'refuse';
  readonly reason: AdmissionReason | RefusalReason | 'no_gate';
  /** Names of the roles that the login assigns. */
  readonly assign: readonly string[];
}

const OPEN: Verdict = { outcome: 'admit', reason: 'no_gate', assign: [] };

/**
 * @param application one that the gate guards
 * @param roles names of those that the user holds
 * @returns `undefined` where it cannot be told
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

/**
 * {@link verdictOf} for many users: whoever has the same domain, confirmation and roles gets the same verdict, which is worked out
 * once. A decision looks at nothing else of an e-mail address than its domain.
 *
 * @example
 * const verdicts = new Verdicts(policy, 'b1Xk…');
 * verdicts.of(user, domains.domainOf(user.email), roles)
 */
export class Verdicts {
  readonly #gate: Gate;
  readonly #application: string;
  /** By the list of roles itself, of which there are few and each is kept as one; then by the domain and its confirmation. */
  readonly #known = new Map<readonly string[], Verdict[]>();

  constructor(gate: Gate, application: string) {
    this.#gate = gate;
    this.#application = application;
  }

  of(user: ExportedUser, { index }: KnownDomain, roles: readonly string[]): Verdict | undefined {
    if (index === undefined) return verdictOf(this.#gate, this.#application, user, roles);
    let verdicts = this.#known.get(roles);
    if (verdicts === undefined) {
      verdicts = [];
      this.#known.set(roles, verdicts);
    }
    const place = index * 2 + (user.email_verified === true ? 1 : 0);
    const known = verdicts[place];
    if (known !== undefined) return known;
    const made = verdictOf(this.#gate, this.#application, user, roles);
    if (made !== undefined) verdicts[place] = made;
    return made;
  }
}

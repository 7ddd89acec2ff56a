import { decide } from '../../policy/decide.ts';
import { expectedVisitor } from '../../policy/directory-user.ts';
import { describeDependencies, type ExpectedVisitor, outlook } from '../../policy/outlook.ts';
import type { LoginDecision } from '../decisions/login-decision.ts';
import type { Gate } from '../impact/gate-change.ts';
import type { ExportedUser } from '../people/exported-user.ts';

/** The decision of a gate about a login of the past. */
export interface PastVerdict {
  readonly outcome: 'admit' | 'refuse' | 'depends';
  /** The rules that decide, or the reason; for `depends`, what is missing. */
  readonly by: string;
  /** Names of the roles that the login would be given. */
  readonly assign: readonly string[];
}

/**
 * Returns what is known of a login of the past: the log has connection, address, organization, country and time; address and
 * `app_metadata` are those that the user has now.
 *
 * @param roles names of the roles that the user had before the login
 * @example pastVisitor(login, user, ['APEX User']).ip // '192.0.2.7'
 */
export function pastVisitor(login: LoginDecision, user: ExportedUser, roles: readonly string[]): ExpectedVisitor {
  const { facts, reason, application, at } = login;
  const known = expectedVisitor(user, roles, Date.parse(at));
  return {
    ...known,
    application,
    connection: facts.connection ?? known.connection,
    organization: facts.organization,
    country: facts.country,
    ip: facts.ip,
    mfa: facts.mfa,
    // The address may have been confirmed since.
    emailVerified: known.emailVerified && reason !== 'unverified_email',
    ...(reason === 'missing_email' ? { email: undefined } : {}),
  };
}

/**
 * Decides about a login of the past.
 *
 * @returns `undefined` if the gate cannot be read
 * @example decideAgain(policy, pastVisitor(login, user, []))?.outcome // 'refuse'
 */
export function decideAgain(gate: Gate, visitor: ExpectedVisitor): PastVerdict | undefined {
  if (gate === 'unknown') return undefined;
  if (gate === 'open') return { outcome: 'admit', by: 'no_gate', assign: [] };
  const expected = outlook(gate, visitor);
  if (expected.outcome === 'depends') {
    return { outcome: 'depends', by: describeDependencies(expected.on), assign: [] };
  }
  const decision = decide(gate, { ...visitor, application: visitor.application ?? '' });
  if (decision.outcome === 'ignore') return { outcome: 'admit', by: 'no_gate', assign: [] };
  if (decision.outcome === 'refuse') return { outcome: 'refuse', by: decision.rule ?? decision.reason, assign: [] };
  return { outcome: 'admit', by: decision.rules?.join(', ') ?? decision.reason, assign: decision.assign };
}

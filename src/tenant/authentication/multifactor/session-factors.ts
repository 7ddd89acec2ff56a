import type { LoginTransaction } from '../../actions/run/login-transaction.ts';
import type { JsonObject } from '../../store/json-value.ts';
import type { Store } from '../../store/store.ts';
import type { PassedFactor } from './factor-dialogs.ts';

const KIND = 'SessionFactors';
/** Seconds; longer than any session. */
const LIFETIME = 366 * 24 * 60 * 60;

/** The session that factors were proven in. */
export interface FactorSession {
  /** As long as the session lives, whatever its cookie is called. */
  readonly uid: string;
  readonly accountId?: string | undefined;
}

/**
 * Keeps with a session what was proven in it: later logins of the session show it to their Actions.
 *
 * @example
 * keepSessionFactors(store, session, [{ type: 'otp', at: new Date().toISOString() }]);
 */
export function keepSessionFactors(store: Store, session: FactorSession, passed: readonly PassedFactor[]): void {
  if (passed.length === 0) return;
  const kept = Object.fromEntries(sessionFactors(store, session).map((factor) => [factor.type, factor.at]));
  for (const { type, at } of passed) kept[type] = at;
  const payload: JsonObject = { ...(session.accountId && { accountId: session.accountId }), factors: kept };
  store.artifacts.upsert(KIND, session.uid, payload, Math.floor(Date.now() / 1000) + LIFETIME);
}

/** What was proven in a session beside its password, each factor once, the latest time that it was. */
export function sessionFactors(store: Store, session: FactorSession): PassedFactor[] {
  const kept = store.artifacts.find(KIND, session.uid);
  if (kept === undefined || kept.accountId !== session.accountId) return [];
  return Object.entries(kept.factors as Record<PassedFactor['type'], string>).map(
    ([type, at]) => ({ type, at }) as PassedFactor,
  );
}

/**
 * The same as Actions see it, in `event.authentication.methods`.
 *
 * @example
 * factorMethods(store, session); // [{ name: 'mfa', timestamp: '2026-11-25T06:00:00.000Z', type: 'otp' }]
 * @see Auth0 docs: "Actions Triggers: post-login - Event Object"; "Customize MFA Selection for Universal Login".
 */
export function factorMethods(store: Store, session: FactorSession): LoginTransaction['authenticationMethods'] {
  return sessionFactors(store, session).map(({ type, at }) => ({ name: 'mfa', timestamp: at, type }));
}

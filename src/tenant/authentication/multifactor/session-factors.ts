import type { LoginTransaction } from '../../actions/run/login-transaction.ts';
import type { JsonObject } from '../../store/json-value.ts';
import type { Store } from '../../store/store.ts';
import type { PassedFactor } from '../authorize/suspended-login.ts';

const KIND = 'SessionFactors';
/** Seconds; longer than any session. */
const LIFETIME = 366 * 24 * 60 * 60;

/** The session in which factors were passed. */
export interface FactorSession {
  /** The id of the session. It stays the same when the cookie's value changes. */
  readonly uid: string;
  readonly accountId?: string | undefined;
}

/**
 * Stores with a session the factors that were passed in it. Later logins of the session show them to their Actions.
 *
 * @example
 * saveSessionFactors(store, session, [{ type: 'otp', at: new Date().toISOString() }]);
 */
export function saveSessionFactors(store: Store, session: FactorSession, passed: readonly PassedFactor[]): void {
  if (passed.length === 0) return;
  const factors = Object.fromEntries(sessionFactors(store, session).map((factor) => [factor.type, factor.at]));
  for (const { type, at } of passed) factors[type] = at;
  const payload: JsonObject = { ...(session.accountId && { accountId: session.accountId }), factors };
  store.artifacts.upsert(KIND, session.uid, payload, Math.floor(Date.now() / 1000) + LIFETIME);
}

/** The factors that were passed in a session, each once, with its latest time. */
function sessionFactors(store: Store, session: FactorSession): PassedFactor[] {
  const stored = store.artifacts.find(KIND, session.uid);
  if (stored === undefined || stored.accountId !== session.accountId) return [];
  return Object.entries(stored.factors as Record<PassedFactor['type'], string>).map(
    ([type, at]) => ({ type, at }) as PassedFactor,
  );
}

/**
 * The factors of a session as Actions see them, in `event.authentication.methods`.
 *
 * @example
 * factorMethods(store, session); // [{ name: 'mfa', timestamp: '2026-11-25T06:00:00.000Z', type: 'otp' }]
 * @see Auth0 docs: "Actions Triggers: post-login - Event Object"; "Customize MFA Selection for Universal Login".
 */
export function factorMethods(store: Store, session: FactorSession): LoginTransaction['authenticationMethods'] {
  return sessionFactors(store, session).map(({ type, at }) => ({ name: 'mfa', timestamp: at, type }));
}

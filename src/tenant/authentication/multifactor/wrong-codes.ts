import type { Store } from '../../store/store.ts';

const KIND = 'WrongCodes';

/** Wrong codes after which no other is looked at, from one person and in one login. */
export const MOST_WRONG_CODES = 10;

/** Milliseconds after which one of them is forgotten. */
const FORGOTTEN_AFTER = 6 * 60 * 1000;

/**
 * Whether a person may try another code: ten wrong ones in a row, over all of their logins, and one more every six minutes.
 *
 * @example
 * if (!mayTry(store, user.user_id)) refuse();
 * @see Auth0 docs: "Log Event Type Codes", `gd_otp_rate_limit_exceed`.
 */
export function mayTry(store: Store, userId: string): boolean {
  return wrongNow(store, userId) < MOST_WRONG_CODES;
}

/** Counts a wrong code. */
export function countWrongCode(store: Store, userId: string): void {
  const now = Date.now();
  const expiresAt = Math.floor((now + (MOST_WRONG_CODES + 1) * FORGOTTEN_AFTER) / 1000);
  store.artifacts.upsert(KIND, userId, { accountId: userId, wrong: wrongNow(store, userId) + 1, at: now }, expiresAt);
}

/** A right code: the ones before do not count any more. */
export function forgiveWrongCodes(store: Store, userId: string): void {
  store.artifacts.remove(KIND, userId);
}

function wrongNow(store: Store, userId: string): number {
  const kept = store.artifacts.find(KIND, userId);
  if (typeof kept?.wrong !== 'number' || typeof kept.at !== 'number') return 0;
  return Math.max(0, kept.wrong - Math.floor((Date.now() - kept.at) / FORGOTTEN_AFTER));
}

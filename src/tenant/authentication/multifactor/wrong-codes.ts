import type { Store } from '../../store/store.ts';

const KIND = 'WrongCodes';

/** Wrong codes after which no further code is checked, for one user and in one login. */
export const MAX_WRONG_CODES = 10;

/** Milliseconds after which one wrong code is forgotten. */
const FORGOTTEN_AFTER = 6 * 60 * 1000;

/**
 * Whether a user may try another code: ten wrong codes in a row over all their logins, and one more every six minutes.
 *
 * @example
 * if (!canTryCode(store, user.user_id)) refuse();
 * @see Auth0 docs: "Log Event Type Codes", `gd_otp_rate_limit_exceed`.
 */
export function canTryCode(store: Store, userId: string): boolean {
  return currentWrongCodes(store, userId) < MAX_WRONG_CODES;
}

/** Counts a wrong code. */
export function countWrongCode(store: Store, userId: string): void {
  const now = Date.now();
  const expiresAt = Math.floor((now + (MAX_WRONG_CODES + 1) * FORGOTTEN_AFTER) / 1000);
  store.artifacts.upsert(
    KIND,
    userId,
    { accountId: userId, wrong: currentWrongCodes(store, userId) + 1, at: now },
    expiresAt,
  );
}

/** Deletes the count of wrong codes after a right code. */
export function clearWrongCodes(store: Store, userId: string): void {
  store.artifacts.remove(KIND, userId);
}

function currentWrongCodes(store: Store, userId: string): number {
  const count = store.artifacts.find(KIND, userId);
  if (typeof count?.wrong !== 'number' || typeof count.at !== 'number') return 0;
  return Math.max(0, count.wrong - Math.floor((Date.now() - count.at) / FORGOTTEN_AFTER));
}

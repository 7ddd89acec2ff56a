/** The metadata key of the Action's own application that stores the lock. */
export const LOCK_KEY = 'portcullis_apply';

/** Milliseconds after which a lock that is not refreshed expires. */
export const LOCK_LIFETIME = 60_000;

/** The lock of a process that changes a tenant. */
export interface Lock {
  readonly holder: string;
  /** Start of the work. All times here are milliseconds since 1970. */
  readonly begun: number;
  readonly expires: number;
}

/** @example formatLock({ holder: 'b1f…', begun: 1, expires: 2 }) // 'b1f… 1970-01-01T00:00:00.001Z 1970-…' */
export function formatLock({ holder, begun, expires }: Lock): string {
  return `${holder} ${new Date(begun).toISOString()} ${new Date(expires).toISOString()}`;
}

/** @returns `undefined` for a text that is not a lock, and for a lock that has expired */
export function parseLiveLock(text: string | undefined, now: number): Lock | undefined {
  const [, holder, begun = '', expires = ''] = /^(\S+) (\S+) (\S+)$/.exec(text ?? '') ?? [];
  if (holder === undefined) return undefined;
  const lock = { holder, begun: Date.parse(begun), expires: Date.parse(expires) };
  // A longer lifetime means that the clock that wrote it was wrong.
  return lock.expires > now && lock.expires <= now + 2 * LOCK_LIFETIME && lock.begun <= lock.expires ? lock : undefined;
}

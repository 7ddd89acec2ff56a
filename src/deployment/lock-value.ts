/** Where the lock is kept: in the metadata of the Action's own application. */
export const LOCK_KEY = 'portcullis_apply';

/** Milliseconds that a lock counts without a sign of life from whoever holds it. */
export const LOCK_LIFETIME = 60_000;

/** Who is at work on a tenant. */
export interface Lock {
  readonly holder: string;
  /** When the work began. Milliseconds since 1970, as are all times here. */
  readonly begun: number;
  readonly expires: number;
}

/** @example formatLock({ holder: 'b1f…', begun: 1, expires: 2 }) // 'b1f… 1970-01-01T00:00:00.001Z 1970-…' */
export function formatLock({ holder, begun, expires }: Lock): string {
  return `${holder} ${new Date(begun).toISOString()} ${new Date(expires).toISOString()}`;
}

/** @returns `undefined` for a text that is no lock, and for one that has expired */
export function parseLiveLock(text: string | undefined, now: number): Lock | undefined {
  const [, holder, begun = '', expires = ''] = /^(\S+) (\S+) (\S+)$/.exec(text ?? '') ?? [];
  if (holder === undefined) return undefined;
  const lock = { holder, begun: Date.parse(begun), expires: Date.parse(expires) };
  // One that claims to last longer was written by a clock that is wrong.
  return lock.expires > now && lock.expires <= now + 2 * LOCK_LIFETIME && lock.begun <= lock.expires ? lock : undefined;
}

import type { Database, Row } from '../../database.ts';

/**
 * Consecutive wrong passwords, by user and IP address. `userKey` is the user's id. If no user has the name that was entered,
 * it is a key that cannot be a user's id.
 */
export interface UserBlockRepository {
  /** Adds a failure of a user who entered `identifier`. Returns the number of failures. */
  record(userKey: string, ip: string, identifier?: string): number;
  failures(userKey: string, ip: string): number;
  /** The addresses with that many failures; an empty one for failures that are counted regardless of the address. */
  list(userKey: string, failures: number): { readonly identifier: string; readonly ip: string }[];
  /** Unblocks the user everywhere. Returns whether there was any failure. */
  clear(userKey: string): boolean;
  /** Removes the failures from one address. */
  clearFailures(userKey: string, ip: string): void;
  removeExpired(): number;
}

/** As on Auth0: failures are forgotten thirty days after the last one. */
const LIFETIME_MS = 30 * 24 * 60 * 60 * 1000;

/** Consecutive wrong passwords by user and address. */
export function createUserBlockRepository(database: Database): UserBlockRepository {
  const oldest = () => Date.now() - LIFETIME_MS;
  const remembered = database.remember<Row>(['user_blocks']);
  function failures(userKey: string, ip: string): number {
    const row = remembered.get(JSON.stringify([userKey, ip]), () => ({
      failures: 0,
      failed_at: 0,
      ...database.first('SELECT failures, failed_at FROM user_blocks WHERE user_key = ? AND ip = ?', userKey, ip),
    }));
    return Number(row.failed_at) > oldest() ? Number(row.failures) : 0;
  }
  return {
    record(userKey, ip, identifier = userKey) {
      const row = database.first(
        `INSERT INTO user_blocks (user_key, ip, identifier, failures, failed_at) VALUES (?, ?, ?, 1, ?)
         ON CONFLICT (user_key, ip) DO UPDATE SET identifier = excluded.identifier, failed_at = excluded.failed_at,
           failures = CASE WHEN failed_at > ? THEN failures + 1 ELSE 1 END
         RETURNING failures`,
        userKey,
        ip,
        identifier,
        Date.now(),
        oldest(),
      );
      return Number(row?.failures);
    },
    failures,
    list: (userKey, atLeast) =>
      database
        .all(
          `SELECT identifier, ip FROM user_blocks
           WHERE user_key = ? AND failures >= ? AND failed_at > ? ORDER BY failed_at, ip`,
          userKey,
          atLeast,
          oldest(),
        )
        .map((row) => ({ identifier: String(row.identifier), ip: String(row.ip) })),
    clear: (userKey) => database.run('DELETE FROM user_blocks WHERE user_key = ?', userKey) > 0,
    clearFailures(userKey, ip) {
      database.run('DELETE FROM user_blocks WHERE user_key = ? AND ip = ?', userKey, ip);
    },
    removeExpired: () => database.run('DELETE FROM user_blocks WHERE failed_at <= ?', oldest()),
  };
}

import type { Database, Row } from './database.ts';
import type { JsonObject } from './records.ts';
import type { ArtifactRepository } from './store.ts';

const live = '(expires_at IS NULL OR expires_at > ?)';

/** Sessions, codes, tokens and the like. What has expired is not found, whether or not it was swept away yet. */
export function createArtifactRepository(database: Database): ArtifactRepository {
  const now = () => Math.floor(Date.now() / 1000);
  const textOrNull = (value: unknown) => (typeof value === 'string' ? value : null);
  function read(row: Row | undefined): JsonObject | undefined {
    if (row === undefined) return undefined;
    const payload = JSON.parse(String(row.payload)) as JsonObject;
    return typeof row.consumed_at === 'number' ? { ...payload, consumed: row.consumed_at } : payload;
  }
  const findBy = (column: 'id' | 'uid' | 'user_code', kind: string, value: string) =>
    read(
      database.first(
        `SELECT payload, consumed_at FROM artifacts WHERE kind = ? AND ${column} = ? AND ${live}`,
        kind,
        value,
        now(),
      ),
    );
  return {
    upsert(kind, id, payload, expiresAt) {
      database.run(
        `INSERT INTO artifacts (kind, id, uid, user_code, grant_id, account_id, expires_at, consumed_at, payload)
         VALUES (?, ?, ?, ?, ?, ?, ?, ?, ?)
         ON CONFLICT (kind, id) DO UPDATE SET uid = excluded.uid, user_code = excluded.user_code,
           grant_id = excluded.grant_id, account_id = excluded.account_id, expires_at = excluded.expires_at,
           consumed_at = coalesce(consumed_at, excluded.consumed_at), payload = excluded.payload`,
        kind,
        id,
        textOrNull(payload.uid),
        textOrNull(payload.userCode),
        textOrNull(payload.grantId),
        textOrNull(payload.accountId),
        expiresAt === undefined ? null : Math.floor(expiresAt),
        typeof payload.consumed === 'number' ? payload.consumed : null,
        JSON.stringify(payload),
      );
    },
    find: (kind, id) => findBy('id', kind, id),
    findByUid: (kind, uid) => findBy('uid', kind, uid),
    findByUserCode: (kind, userCode) => findBy('user_code', kind, userCode),
    consume: (kind, id, at) =>
      database.run(
        `UPDATE artifacts SET consumed_at = ? WHERE kind = ? AND id = ? AND consumed_at IS NULL AND ${live}`,
        Math.floor(at),
        kind,
        id,
        now(),
      ) > 0,
    remove(kind, id) {
      database.run('DELETE FROM artifacts WHERE kind = ? AND id = ?', kind, id);
    },
    removeByGrant(grantId) {
      database.run('DELETE FROM artifacts WHERE grant_id = ?', grantId);
    },
    removeExpired: (at) => database.run('DELETE FROM artifacts WHERE expires_at <= ?', Math.floor(at)),
  };
}

import { createHash } from 'node:crypto';
import type { Database, Row } from '../../database.ts';
import type { JsonObject } from '../../json-value.ts';

/** One stored record of the OpenID Connect library. */
export interface Artifact {
  readonly payload: JsonObject;
  /** Increases with every new record. */
  readonly sequence: number;
  readonly publicId: string | undefined;
  /** Seconds since 1970. */
  readonly expiresAt: number | undefined;
}

/** The records of the OpenID Connect library: sessions, grants, codes, tokens, interactions. */
export interface ArtifactRepository {
  upsert(kind: string, id: string, payload: JsonObject, expiresAt: number | undefined): void;
  find(kind: string, id: string): JsonObject | undefined;
  findByUid(kind: string, uid: string): JsonObject | undefined;
  findByUserCode(kind: string, userCode: string): JsonObject | undefined;
  /** Finds a refresh token, used or not, by its public id. That id may be displayed: it cannot be used as a token. */
  findByPublicId(publicId: string): Artifact | undefined;
  /** Unused records of a user, in order of creation. */
  listByAccount(kind: string, accountId: string): Artifact[];
  /** Unused records of a grant, newest last. */
  listByGrant(kind: string, grantId: string): Artifact[];
  removeKindByGrant(kind: string, grantId: string): void;
  /** Marks the record as used. Returns false if it was used before, or no longer exists. */
  consume(kind: string, id: string, at: number): boolean;
  remove(kind: string, id: string): void;
  removeByGrant(grantId: string): void;
  /** Removes all records of a user: sessions, codes, tokens, tickets. */
  removeByAccount(userId: string): void;
  /** `now` is in seconds since 1970. Returns how many were removed. */
  removeExpired(now: number): number;
}

const live = '(expires_at IS NULL OR expires_at > ?)';

/** Sessions, codes, tokens and the like. An expired record is never found, even if it has not been removed yet. */
export function createArtifactRepository(database: Database): ArtifactRepository {
  const now = () => Math.floor(Date.now() / 1000);
  const textOrNull = (value: unknown) => (typeof value === 'string' ? value : null);
  function read(row: Row | undefined): JsonObject | undefined {
    if (row === undefined) return undefined;
    const payload = JSON.parse(String(row.payload)) as JsonObject;
    return typeof row.consumed_at === 'number' ? { ...payload, consumed: row.consumed_at } : payload;
  }
  const readArtifact = (row: Row): Artifact => ({
    payload: read(row) ?? {},
    sequence: Number(row.rowid),
    publicId: typeof row.public_id === 'string' ? row.public_id : undefined,
    expiresAt: typeof row.expires_at === 'number' ? row.expires_at : undefined,
  });
  const columns = 'rowid, payload, public_id, expires_at, consumed_at';
  const listUnused = (column: 'account_id' | 'grant_id', kind: string, value: string) =>
    database
      .all(
        `SELECT ${columns} FROM artifacts
         WHERE ${column} = ? AND kind = ? AND consumed_at IS NULL AND ${live} ORDER BY rowid`,
        value,
        kind,
        now(),
      )
      .map(readArtifact);
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
        `INSERT INTO artifacts (kind, id, uid, user_code, grant_id, account_id, public_id, expires_at, consumed_at,
           payload)
         VALUES (?, ?, ?, ?, ?, ?, ?, ?, ?, ?)
         ON CONFLICT (kind, id) DO UPDATE SET uid = excluded.uid, user_code = excluded.user_code,
           grant_id = excluded.grant_id, account_id = excluded.account_id, expires_at = excluded.expires_at,
           consumed_at = coalesce(consumed_at, excluded.consumed_at), payload = excluded.payload`,
        kind,
        id,
        textOrNull(payload.uid),
        textOrNull(payload.userCode),
        textOrNull(payload.grantId),
        textOrNull(payload.accountId),
        kind === 'RefreshToken' ? publicTokenId(id) : null,
        expiresAt === undefined ? null : Math.floor(expiresAt),
        typeof payload.consumed === 'number' ? payload.consumed : null,
        JSON.stringify(payload),
      );
    },
    find: (kind, id) => findBy('id', kind, id),
    findByUid: (kind, uid) => findBy('uid', kind, uid),
    findByUserCode: (kind, userCode) => findBy('user_code', kind, userCode),
    findByPublicId(publicId) {
      const row = database.first(`SELECT ${columns} FROM artifacts WHERE public_id = ? AND ${live}`, publicId, now());
      return row && readArtifact(row);
    },
    listByAccount: (kind, accountId) => listUnused('account_id', kind, accountId),
    listByGrant: (kind, grantId) => listUnused('grant_id', kind, grantId),
    removeKindByGrant(kind, grantId) {
      database.run('DELETE FROM artifacts WHERE grant_id = ? AND kind = ?', grantId, kind);
    },
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
    removeByAccount(userId) {
      database.run('DELETE FROM artifacts WHERE account_id = ?', userId);
    },
    removeExpired: (at) => database.run('DELETE FROM artifacts WHERE expires_at <= ?', Math.floor(at)),
  };
}

/** The id under which a refresh token may be displayed. The token itself can be used by anyone who sees it. */
function publicTokenId(token: string): string {
  return createHash('sha256').update(token).digest('base64url').slice(0, 22);
}

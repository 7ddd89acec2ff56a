import { createHash } from 'node:crypto';
import type { Database, Row } from '../../database.ts';
import type { JsonObject } from '../../json-value.ts';

/** A row of what the OpenID Connect library stores. */
export interface Artifact {
  readonly payload: JsonObject;
  /** Later ones have a greater one. */
  readonly sequence: number;
  readonly publicId: string | undefined;
  /** Seconds since 1970. */
  readonly expiresAt: number | undefined;
}

/** What the OpenID Connect library stores: sessions, grants, codes, tokens, interactions. */
export interface ArtifactRepository {
  upsert(kind: string, id: string, payload: JsonObject, expiresAt: number | undefined): void;
  find(kind: string, id: string): JsonObject | undefined;
  findByUid(kind: string, uid: string): JsonObject | undefined;
  findByUserCode(kind: string, userCode: string): JsonObject | undefined;
  /** A refresh token by the id that may be shown, which is none that it can be used with; used ones too. */
  findByPublicId(publicId: string): Artifact | undefined;
  /** Those of a user, in order of creation; used ones left out. */
  ofAccount(kind: string, accountId: string): Artifact[];
  /** Those of a grant, the latest last; used ones left out. */
  ofGrant(kind: string, grantId: string): Artifact[];
  removeKindOfGrant(kind: string, grantId: string): void;
  /** Marks it used, once: answers false where it was used or gone already. */
  consume(kind: string, id: string, at: number): boolean;
  remove(kind: string, id: string): void;
  removeByGrant(grantId: string): void;
  /** Everything that is a user's: sessions, codes, tokens, tickets. */
  removeByAccount(userId: string): void;
  /** Seconds since 1970. Answers how many went. */
  removeExpired(now: number): number;
}

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
  const shown = (row: Row): Artifact => ({
    payload: read(row) ?? {},
    sequence: Number(row.rowid),
    publicId: typeof row.public_id === 'string' ? row.public_id : undefined,
    expiresAt: typeof row.expires_at === 'number' ? row.expires_at : undefined,
  });
  const columns = 'rowid, payload, public_id, expires_at, consumed_at';
  const unused = (column: 'account_id' | 'grant_id', kind: string, value: string) =>
    database
      .all(
        `SELECT ${columns} FROM artifacts
         WHERE ${column} = ? AND kind = ? AND consumed_at IS NULL AND ${live} ORDER BY rowid`,
        value,
        kind,
        now(),
      )
      .map(shown);
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
        kind === 'RefreshToken' ? publicIdOf(id) : null,
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
      return row && shown(row);
    },
    ofAccount: (kind, accountId) => unused('account_id', kind, accountId),
    ofGrant: (kind, grantId) => unused('grant_id', kind, grantId),
    removeKindOfGrant(kind, grantId) {
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

/** What may be shown of a refresh token: whoever has the token itself can use it. */
function publicIdOf(token: string): string {
  return createHash('sha256').update(token).digest('base64url').slice(0, 22);
}

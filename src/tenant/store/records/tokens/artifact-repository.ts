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

/** Kinds of records about a session, all by its `sid`. A login that reads one reads them all. */
const ABOUT_SESSION = ['SessionLimits', 'SessionDevice', 'SessionMetadata', 'RecordedMethods', 'SessionFactors'];

const MAX_REMEMBERED = 2000;

/** A record as it is stored; `absent` if there is none. */
type StoredRow = Pick<Row, 'payload' | 'consumed_at' | 'expires_at'> | 'absent';

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
  const findBy = (column: 'uid' | 'user_code', kind: string, value: string) =>
    read(
      database.first(
        `SELECT payload, consumed_at FROM artifacts WHERE kind = ? AND ${column} = ? AND ${live}`,
        kind,
        value,
        now(),
      ),
    );
  const remembered = database.remember<StoredRow>(['artifacts'], MAX_REMEMBERED);
  const keyOf = (kind: string, id: string) => `${kind} ${id}`;
  /** The id of the latest record with a uid. It is only a hint: the record itself says whether it still has the uid. */
  const idsByUid = new Map<string, string>();
  const liveRow = (row: StoredRow): JsonObject | undefined =>
    row === 'absent' || (row.expires_at !== null && Number(row.expires_at) <= now()) ? undefined : read(row);
  /** The record of that id, expired or not. */
  function rowOf(kind: string, id: string): StoredRow {
    const known = remembered.peek(keyOf(kind, id));
    if (known !== undefined) return known;
    const kinds = ABOUT_SESSION.includes(kind) ? ABOUT_SESSION : [kind];
    const rows = database.all(
      `SELECT kind, payload, consumed_at, expires_at FROM artifacts
       WHERE kind IN (SELECT value FROM json_each(?)) AND id = ?`,
      JSON.stringify(kinds),
      id,
    );
    for (const one of kinds) remembered.set(keyOf(one, id), 'absent');
    for (const { kind: one, ...row } of rows) remembered.set(keyOf(String(one), id), row as StoredRow);
    return remembered.peek(keyOf(kind, id)) ?? 'absent';
  }
  return {
    upsert(kind, id, payload, expiresAt) {
      const written = () =>
        database.first(
          `INSERT INTO artifacts (kind, id, uid, user_code, grant_id, account_id, public_id, expires_at, consumed_at,
           payload)
         VALUES (?, ?, ?, ?, ?, ?, ?, ?, ?, ?)
         ON CONFLICT (kind, id) DO UPDATE SET uid = excluded.uid, user_code = excluded.user_code,
           grant_id = excluded.grant_id, account_id = excluded.account_id, expires_at = excluded.expires_at,
           consumed_at = coalesce(consumed_at, excluded.consumed_at), payload = excluded.payload
         RETURNING payload, consumed_at, expires_at`,
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
      remembered.set(keyOf(kind, id), (remembered.write(keyOf(kind, id), written) ?? 'absent') as StoredRow);
      if (typeof payload.uid !== 'string') return;
      if (idsByUid.size >= MAX_REMEMBERED) idsByUid.clear();
      idsByUid.set(keyOf(kind, payload.uid), id);
    },
    find: (kind, id) => liveRow(rowOf(kind, id)),
    findByUid(kind, uid) {
      const id = idsByUid.get(keyOf(kind, uid));
      const hinted = id === undefined ? undefined : liveRow(remembered.peek(keyOf(kind, id)) ?? 'absent');
      return hinted?.uid === uid ? hinted : findBy('uid', kind, uid);
    },
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
    consume(kind, id, at) {
      const written = () =>
        database.first(
          `UPDATE artifacts SET consumed_at = ? WHERE kind = ? AND id = ? AND consumed_at IS NULL AND ${live}
           RETURNING payload, consumed_at, expires_at`,
          Math.floor(at),
          kind,
          id,
          now(),
        );
      const row = remembered.write(keyOf(kind, id), written) as StoredRow | undefined;
      if (row !== undefined) remembered.set(keyOf(kind, id), row);
      return row !== undefined;
    },
    remove(kind, id) {
      if (remembered.peek(keyOf(kind, id)) === 'absent') return;
      remembered.write(keyOf(kind, id), () =>
        database.run('DELETE FROM artifacts WHERE kind = ? AND id = ?', kind, id),
      );
      remembered.set(keyOf(kind, id), 'absent');
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

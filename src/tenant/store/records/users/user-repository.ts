import type { Database, Row } from '../../database.ts';
import type { Page, Paging } from '../../paging.ts';
import type { Order, Search } from '../../search/search.ts';
import { toSqlCondition } from '../../search/search-condition.ts';
import { createUserPermissions, type UserPermissions } from './user-permission-table.ts';
import { readUser, type UserRecord, userColumns } from './user-row.ts';
import { compareUser, profileKeys, searchKey, userOrder } from './user-search.ts';

interface UserFilter {
  readonly connection?: string;
  /** Id of a user to leave out. */
  readonly except?: string | undefined;
}

export interface UserRepository extends UserPermissions {
  list(filter: UserFilter & { email?: string }, paging: Paging): Page<UserRecord>;
  /** In order of creation, unless the query has an order. */
  search(query: UserFilter & { search: Search; order?: Order | undefined }, paging: Paging): Page<UserRecord>;
  find(userId: string): UserRecord | undefined;
  /** E-mail addresses compare without regard to case. */
  findByEmail(email: string): UserRecord[];
  findInConnection(connection: string, login: { email?: string; username?: string }): UserRecord | undefined;
  /** The user with this identity, either the first one or a linked one: `'google-oauth2', '1234'`. */
  findByIdentity(provider: string, identityId: string): UserRecord | undefined;
  insert(record: UserRecord, passwordHash?: string): void;
  /** Does not change the count, time and address of logins: an outdated record must not undo a login. */
  update(record: UserRecord): void;
  passwordHash(userId: string): string | undefined;
  setPasswordHash(userId: string, hash: string): void;
  /** The password with which a linked database account signs in. */
  linkedPasswordHash(userId: string, identityId: string): string | undefined;
  setLinkedPasswordHash(userId: string, identityId: string, hash: string): void;
  removeLinkedPassword(userId: string, identityId: string): void;
  /** Counts the users who have signed in since that time, without the user `except`. */
  countActiveSince(time: string, except?: string): number;
  /** Removes the user's roles, permissions and passwords too. */
  remove(userId: string): boolean;
  /** Writes the count, the time and the address of a login in one statement. Returns the user; nothing if they do not exist. */
  recordLogin(userId: string, at: string, ip: string): UserRecord | undefined;
}

const connectionSearch = (value: string): Search => ({ kind: 'equals', field: 'identities.connection', value });
const exceptionSearch = (value: string): Search => ({ kind: 'not', of: { kind: 'equals', field: 'user_id', value } });

/** Users, in order of creation, and their password hashes. */
export function createUserRepository(database: Database): UserRepository {
  const serialize = ({ logins_count: _1, last_login: _2, last_ip: _3, updated_at: _4, ...record }: UserRecord) =>
    JSON.stringify(record);
  const readFirst = (row: Row | undefined) => (row === undefined ? undefined : readUser(row));

  const remembered = database.remember<UserRecord>(['users']);
  const passwords = database.remember<string>(['user_passwords']);
  /** A user who was found in another way is remembered under their id. */
  const known = (user: UserRecord | undefined): UserRecord | undefined => {
    if (user !== undefined) remembered.set(user.user_id, user);
    return user;
  };

  function writeIdentities(record: UserRecord): void {
    const sequence = Number(database.first('SELECT sequence FROM users WHERE user_id = ?', record.user_id)?.sequence);
    database.run('DELETE FROM user_identities WHERE user_sequence = ?', sequence);
    for (const [index, identity] of record.identities.entries()) {
      const profile = index === 0 ? record : identity.profileData;
      database.run(
        `INSERT INTO user_identities (connection, provider, identity_id, user_sequence, email_key, username_key)
         VALUES (?, ?, ?, ?, ?, ?)`,
        identity.connection,
        identity.provider,
        identity.user_id,
        sequence,
        searchKey(profile?.email),
        searchKey(profile?.username),
      );
    }
  }

  return {
    list({ connection, email, except }, paging) {
      const remaining = except === undefined ? '' : 'AND users.user_id <> ?';
      const excepted = except === undefined ? [] : [except];
      if (email !== undefined) {
        const within =
          connection === undefined
            ? ''
            : 'AND EXISTS (SELECT 1 FROM user_identities WHERE user_sequence = sequence AND connection = ?)';
        const values = [email.toLowerCase(), ...(connection === undefined ? [] : [connection]), ...excepted];
        const from = `users WHERE email_key = ? ${within} ${remaining}`;
        return database.page({ select: userColumns, from, order: 'sequence', values }, paging, readUser);
      }
      if (connection === undefined) {
        const from = except === undefined ? 'users' : 'users WHERE user_id <> ?';
        return database.page({ select: userColumns, from, key: 'sequence', values: excepted }, paging, readUser);
      }
      // CROSS JOIN fixes the order of the join: the index of the connection returns its users in the right order already.
      const parts = {
        select: userColumns,
        from: `user_identities CROSS JOIN users ON users.sequence = user_identities.user_sequence
          WHERE connection = ? ${remaining} GROUP BY user_identities.user_sequence`,
        countFrom:
          except === undefined
            ? '(SELECT DISTINCT user_sequence FROM user_identities WHERE connection = ?)'
            : `(SELECT DISTINCT user_sequence FROM user_identities JOIN users ON users.sequence = user_sequence
                WHERE connection = ? ${remaining})`,
        order: 'user_identities.user_sequence',
        values: [connection, ...excepted],
      };
      return database.page(parts, paging, readUser);
    },
    search({ search, connection, order, except }, paging) {
      // The join of `list` reads a whole connection without checking each user.
      const all =
        search.kind === 'equals' && search.field === 'identities.connection' ? String(search.value) : undefined;
      if (all !== undefined && order === undefined && (connection ?? all) === all) {
        return this.list({ connection: all, except }, paging);
      }
      const within: Search[] = [
        ...(connection === undefined ? [] : [connectionSearch(connection)]),
        ...(except === undefined ? [] : [exceptionSearch(except)]),
      ];
      const { sql, values } = toSqlCondition({ kind: 'and', of: [search, ...within] }, compareUser);
      const parts = { select: userColumns, from: `users WHERE ${sql}`, order: userOrder(order), values: [...values] };
      return database.page(parts, paging, readUser);
    },
    find: (userId) =>
      remembered.peek(userId) ??
      known(readFirst(database.first(`SELECT ${userColumns} FROM users WHERE user_id = ?`, userId))),
    findByEmail: (email) =>
      database
        .all(`SELECT ${userColumns} FROM users WHERE email_key = ? ORDER BY sequence`, email.toLowerCase())
        .map(readUser),
    findInConnection(connection, login) {
      for (const [column, value] of [
        ['email_key', login.email],
        ['username_key', login.username],
      ] as const) {
        if (value === undefined) continue;
        const row = database.first(
          // The password is read too: a user who is found by a typed name types a password next.
          `SELECT ${userColumns}, user_passwords.hash
           FROM user_identities JOIN users ON users.sequence = user_identities.user_sequence
           LEFT JOIN user_passwords ON user_passwords.user_sequence = users.sequence
           WHERE connection = ? AND user_identities.${column} = ? ORDER BY users.sequence LIMIT 1`,
          connection,
          value.toLowerCase(),
        );
        if (row === undefined) continue;
        const user = readUser(row);
        if (typeof row.hash === 'string') passwords.set(user.user_id, row.hash);
        return known(user);
      }
      return undefined;
    },
    findByIdentity: (provider, identityId) =>
      readFirst(
        database.first(
          `SELECT ${userColumns} FROM user_identities JOIN users ON users.sequence = user_identities.user_sequence
           WHERE identity_id = ? AND provider = ? LIMIT 1`,
          identityId,
          provider,
        ),
      ),
    insert(record, passwordHash) {
      database.transaction(() => {
        database.run(
          `INSERT INTO users (user_id, email_key, profile_keys, logins_count, last_login, last_ip, updated_at, record)
           VALUES (?, ?, ?, ?, ?, ?, ?, ?)`,
          record.user_id,
          searchKey(record.email),
          profileKeys(record),
          record.logins_count,
          record.last_login ?? null,
          record.last_ip ?? null,
          record.updated_at,
          serialize(record),
        );
        writeIdentities(record);
        if (passwordHash !== undefined) this.setPasswordHash(record.user_id, passwordHash);
      });
    },
    update(record) {
      database.transaction(() => {
        const changed = database.run(
          'UPDATE users SET email_key = ?, profile_keys = ?, updated_at = ?, record = ? WHERE user_id = ?',
          searchKey(record.email),
          profileKeys(record),
          record.updated_at,
          serialize(record),
          record.user_id,
        );
        if (changed > 0) writeIdentities(record);
      });
    },
    passwordHash(userId) {
      const known = passwords.peek(userId);
      if (known !== undefined) return known;
      const row = database.first(
        'SELECT hash FROM user_passwords WHERE user_sequence = (SELECT sequence FROM users WHERE user_id = ?)',
        userId,
      );
      if (row === undefined) return undefined;
      passwords.set(userId, String(row.hash));
      return String(row.hash);
    },
    setPasswordHash(userId, hash) {
      database.run(
        `INSERT INTO user_passwords (user_sequence, hash) SELECT sequence, ? FROM users WHERE user_id = ?
         ON CONFLICT (user_sequence) DO UPDATE SET hash = excluded.hash`,
        hash,
        userId,
      );
    },
    linkedPasswordHash(userId, identityId) {
      const row = database.first(
        `SELECT hash FROM linked_passwords
         WHERE user_sequence = (SELECT sequence FROM users WHERE user_id = ?) AND identity_id = ?`,
        userId,
        identityId,
      );
      return row === undefined ? undefined : String(row.hash);
    },
    setLinkedPasswordHash(userId, identityId, hash) {
      database.run(
        `INSERT INTO linked_passwords (user_sequence, identity_id, hash) SELECT sequence, ?, ? FROM users WHERE user_id = ?
         ON CONFLICT (user_sequence, identity_id) DO UPDATE SET hash = excluded.hash`,
        identityId,
        hash,
        userId,
      );
    },
    removeLinkedPassword(userId, identityId) {
      database.run(
        `DELETE FROM linked_passwords
         WHERE user_sequence = (SELECT sequence FROM users WHERE user_id = ?) AND identity_id = ?`,
        userId,
        identityId,
      );
    },
    countActiveSince: (time, except = '') =>
      database.count('SELECT count(*) AS count FROM users WHERE last_login >= ? AND user_id <> ?', time, except),
    ...createUserPermissions(database),
    remove: (userId) => database.run('DELETE FROM users WHERE user_id = ?', userId) > 0,
    recordLogin: (userId, at, ip) =>
      known(
        remembered.write(userId, () =>
          readFirst(
            database.first(
              `UPDATE users SET logins_count = logins_count + 1, last_login = ?, last_ip = ?, updated_at = ?
               WHERE user_id = ? RETURNING record, logins_count, last_login, last_ip, updated_at`,
              at,
              ip,
              at,
              userId,
            ),
          ),
        ),
      ),
  };
}

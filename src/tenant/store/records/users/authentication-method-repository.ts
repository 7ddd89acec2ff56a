import type { Database } from '../../database.ts';
import type { JsonObject } from '../../json-value.ts';

/** What a user proves themselves with beside a password. */
export interface AuthenticationMethodRecord {
  /** `email|dev_…` */
  readonly id: string;
  readonly user_id: string;
  readonly type: 'phone' | 'email' | 'totp' | 'webauthn-roaming' | 'passkey' | 'recovery-code';
  readonly name?: string;
  readonly created_at: string;
  /** What its type has: a phone number, an address, a secret, a key. */
  readonly details: JsonObject;
}

export interface AuthenticationMethodRepository {
  /** In order of enrolment. */
  list(userId: string): AuthenticationMethodRecord[];
  find(userId: string, id: string): AuthenticationMethodRecord | undefined;
  /** Whosever it is. */
  findById(id: string): AuthenticationMethodRecord | undefined;
  insert(record: AuthenticationMethodRecord): void;
  update(record: AuthenticationMethodRecord): void;
  remove(userId: string, id: string): boolean;
  removeAll(userId: string): void;
}

/** What users prove themselves with beside a password, in order of enrolment. */
export function createAuthenticationMethodRepository(database: Database): AuthenticationMethodRepository {
  return {
    list: (userId) =>
      database
        .all('SELECT record FROM user_authentication_methods WHERE user_id = ? ORDER BY sequence', userId)
        .map((row) => JSON.parse(String(row.record)) as AuthenticationMethodRecord),
    find: (userId, id) =>
      database.record('SELECT record FROM user_authentication_methods WHERE user_id = ? AND id = ?', userId, id),
    findById: (id) => database.record('SELECT record FROM user_authentication_methods WHERE id = ?', id),
    insert(record) {
      database.run(
        'INSERT INTO user_authentication_methods (id, user_id, record) VALUES (?, ?, ?)',
        record.id,
        record.user_id,
        JSON.stringify(record),
      );
    },
    update(record) {
      database.run('UPDATE user_authentication_methods SET record = ? WHERE id = ?', JSON.stringify(record), record.id);
    },
    remove: (userId, id) =>
      database.run('DELETE FROM user_authentication_methods WHERE user_id = ? AND id = ?', userId, id) > 0,
    removeAll(userId) {
      database.run('DELETE FROM user_authentication_methods WHERE user_id = ?', userId);
    },
  };
}

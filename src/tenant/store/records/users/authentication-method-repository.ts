import type { Database } from '../../database.ts';
import type { JsonObject } from '../../json-value.ts';

/** A user's authentication method beside the password. */
export interface AuthenticationMethodRecord {
  /** `email|dev_…` */
  readonly id: string;
  readonly user_id: string;
  readonly type: 'phone' | 'email' | 'totp' | 'webauthn-roaming' | 'passkey' | 'recovery-code';
  readonly name?: string;
  readonly created_at: string;
  /** Data of the method's type: a phone number, an address, a secret, a key. */
  readonly details: JsonObject;
}

export interface AuthenticationMethodRepository {
  /** In order of enrolment. */
  list(userId: string): AuthenticationMethodRecord[];
  find(userId: string, id: string): AuthenticationMethodRecord | undefined;
  /** Regardless of the user. */
  findById(id: string): AuthenticationMethodRecord | undefined;
  insert(record: AuthenticationMethodRecord): void;
  update(record: AuthenticationMethodRecord): void;
  remove(userId: string, id: string): boolean;
  removeAll(userId: string): void;
}

/** Authentication methods of users beside their passwords, in order of enrolment. */
export function createAuthenticationMethodRepository(database: Database): AuthenticationMethodRepository {
  const remembered = database.remember<AuthenticationMethodRecord[]>(['user_authentication_methods']);
  return {
    list: (userId) =>
      remembered.get(userId, () =>
        database
          .all('SELECT record FROM user_authentication_methods WHERE user_id = ? ORDER BY sequence', userId)
          .map((row) => JSON.parse(String(row.record)) as AuthenticationMethodRecord),
      ),
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

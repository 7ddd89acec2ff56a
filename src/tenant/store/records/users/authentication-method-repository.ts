import type { Database } from '../../database.ts';
import type { AuthenticationMethodRecord } from '../../records.ts';
import type { AuthenticationMethodRepository } from '../../store.ts';

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

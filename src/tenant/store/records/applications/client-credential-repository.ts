import type { Database } from '../../database.ts';
import type { ClientCredentialRecord } from '../../records.ts';
import type { ClientCredentialRepository } from '../../store.ts';

/** Keys and certificates of applications, the latest first, as Auth0 lists them. */
export function createClientCredentialRepository(database: Database): ClientCredentialRepository {
  return {
    list: (clientId) =>
      database
        .all('SELECT record FROM client_credentials WHERE client_id = ? ORDER BY sequence DESC', clientId)
        .map((row) => JSON.parse(String(row.record)) as ClientCredentialRecord),
    find: (clientId, id) =>
      database.record('SELECT record FROM client_credentials WHERE client_id = ? AND id = ?', clientId, id),
    insert(record) {
      database.run(
        'INSERT INTO client_credentials (id, client_id, record) VALUES (?, ?, ?)',
        record.id,
        record.client_id,
        JSON.stringify(record),
      );
    },
    update: (record) => {
      database.run('UPDATE client_credentials SET record = ? WHERE id = ?', JSON.stringify(record), record.id);
    },
    remove: (clientId, id) =>
      database.run('DELETE FROM client_credentials WHERE client_id = ? AND id = ?', clientId, id) > 0,
  };
}

import type { Database } from '../../database.ts';
import type { ClientRecord } from '../../records.ts';
import type { ClientRepository } from '../../store.ts';

/** Applications, in order of creation. */
export function createClientRepository(database: Database): ClientRepository {
  const columns = (record: ClientRecord) =>
    [
      record.name,
      record.app_type,
      Number(record.is_first_party),
      Number(record.global),
      JSON.stringify(record),
      record.client_id,
    ] as const;
  return {
    list(filter, paging) {
      const conditions = ['TRUE'];
      const values: (string | number)[] = [];
      if (filter.global !== undefined) {
        conditions.push('is_global = ?');
        values.push(Number(filter.global));
      }
      if (filter.firstParty !== undefined) {
        conditions.push('is_first_party = ?');
        values.push(Number(filter.firstParty));
      }
      if (filter.appType !== undefined) {
        conditions.push('app_type IN (SELECT value FROM json_each(?))');
        values.push(JSON.stringify(filter.appType));
      }
      const from = `clients WHERE ${conditions.join(' AND ')}`;
      return database.page({ select: 'record', from, key: 'sequence', values }, paging, (row) =>
        JSON.parse(String(row.record)),
      );
    },
    find: (clientId) => database.record('SELECT record FROM clients WHERE client_id = ?', clientId),
    findByName: (name) => database.record('SELECT record FROM clients WHERE name = ? ORDER BY sequence LIMIT 1', name),
    insert(record) {
      database.run(
        'INSERT INTO clients (name, app_type, is_first_party, is_global, record, client_id) VALUES (?, ?, ?, ?, ?, ?)',
        ...columns(record),
      );
    },
    update(record) {
      database.run(
        'UPDATE clients SET name = ?, app_type = ?, is_first_party = ?, is_global = ?, record = ? WHERE client_id = ?',
        ...columns(record),
      );
    },
    remove: (clientId) => database.run('DELETE FROM clients WHERE client_id = ?', clientId) > 0,
  };
}

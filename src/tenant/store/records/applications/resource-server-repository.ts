import type { Database } from '../../database.ts';
import type { ResourceServerRepository } from '../../store.ts';

/** APIs, in order of creation. */
export function createResourceServerRepository(database: Database): ResourceServerRepository {
  return {
    list: (paging) =>
      database.page({ select: 'record', from: 'resource_servers', key: 'sequence', values: [] }, paging, (row) =>
        JSON.parse(String(row.record)),
      ),
    find: (id) => database.record('SELECT record FROM resource_servers WHERE id = ?', id),
    findByIdentifier: (identifier) =>
      database.record('SELECT record FROM resource_servers WHERE identifier = ?', identifier),
    insert(record) {
      database.run(
        'INSERT INTO resource_servers (id, identifier, record) VALUES (?, ?, ?)',
        record.id,
        record.identifier,
        JSON.stringify(record),
      );
    },
    update(record) {
      database.run('UPDATE resource_servers SET record = ? WHERE id = ?', JSON.stringify(record), record.id);
    },
    remove: (id) => database.run('DELETE FROM resource_servers WHERE id = ?', id) > 0,
  };
}

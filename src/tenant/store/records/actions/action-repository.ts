import type { ActionRepository } from '../../action-repositories.ts';
import type { Database } from '../../database.ts';

/** Actions in order of creation, and their versions, the latest first. */
export function createActionRepository(database: Database): ActionRepository {
  return {
    list(filter, paging) {
      const conditions = ['TRUE'];
      const values: string[] = [];
      if (filter.triggerId !== undefined) {
        conditions.push(
          `EXISTS (SELECT 1 FROM json_each(record, '$.supported_triggers') AS supported
           WHERE json_extract(supported.value, '$.id') = ?)`,
        );
        values.push(filter.triggerId);
      }
      if (filter.name !== undefined) {
        conditions.push('name = ?');
        values.push(filter.name);
      }
      if (filter.deployed !== undefined) {
        conditions.push(`json_extract(record, '$.deployed_version_id') IS ${filter.deployed ? 'NOT NULL' : 'NULL'}`);
      }
      const from = `actions WHERE ${conditions.join(' AND ')}`;
      return database.page({ select: 'record', from, order: 'sequence', values }, paging, (row) =>
        JSON.parse(String(row.record)),
      );
    },
    find: (id) => database.record('SELECT record FROM actions WHERE id = ?', id),
    findByName: (name) => database.record('SELECT record FROM actions WHERE name = ?', name),
    insert(record) {
      database.run(
        'INSERT INTO actions (id, name, record) VALUES (?, ?, ?)',
        record.id,
        record.name,
        JSON.stringify(record),
      );
    },
    update(record) {
      database.run(
        'UPDATE actions SET name = ?, record = ? WHERE id = ?',
        record.name,
        JSON.stringify(record),
        record.id,
      );
    },
    remove: (id) => database.run('DELETE FROM actions WHERE id = ?', id) > 0,
    versions: (actionId, paging) =>
      database.page(
        { select: 'record', from: 'action_versions WHERE action_id = ?', order: 'number DESC', values: [actionId] },
        paging,
        (row) => JSON.parse(String(row.record)),
      ),
    findVersion: (versionId) => database.record('SELECT record FROM action_versions WHERE id = ?', versionId),
    insertVersion(record) {
      database.run(
        'INSERT INTO action_versions (id, action_id, number, record) VALUES (?, ?, ?, ?)',
        record.id,
        record.action_id,
        record.number,
        JSON.stringify(record),
      );
    },
    updateVersion(record) {
      database.run('UPDATE action_versions SET record = ? WHERE id = ?', JSON.stringify(record), record.id);
    },
    removeVersion: (versionId) => database.run('DELETE FROM action_versions WHERE id = ?', versionId) > 0,
    highestVersionNumber: (actionId) =>
      database.count('SELECT max(number) AS count FROM action_versions WHERE action_id = ?', actionId),
  };
}

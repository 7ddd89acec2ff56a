import type { ExecutionRepository } from '../../action-repositories.ts';
import type { Database } from '../../database.ts';

/** What happened each time a trigger ran. */
export function createExecutionRepository(database: Database): ExecutionRepository {
  return {
    find: (id) => database.record('SELECT record FROM executions WHERE id = ?', id),
    insert(record) {
      database.run(
        'INSERT INTO executions (id, created_at, record) VALUES (?, ?, ?)',
        record.id,
        record.created_at,
        JSON.stringify(record),
      );
    },
    update(record) {
      database.run('UPDATE executions SET record = ? WHERE id = ?', JSON.stringify(record), record.id);
    },
    removeBefore: (time) => database.run('DELETE FROM executions WHERE created_at < ?', time),
  };
}

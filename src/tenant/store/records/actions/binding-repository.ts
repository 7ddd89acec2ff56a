import type { BindingRecord } from '../../action-records.ts';
import type { BindingRepository } from '../../action-repositories.ts';
import type { Database, Row } from '../../database.ts';

/** Which Actions a trigger runs, in which order. */
export function createBindingRepository(database: Database): BindingRepository {
  const read = (row: Row) => JSON.parse(String(row.record)) as BindingRecord;
  return {
    list: (triggerId) =>
      database.all('SELECT record FROM bindings WHERE trigger_id = ? ORDER BY position', triggerId).map(read),
    replace(triggerId, records) {
      database.transaction(() => {
        database.run('DELETE FROM bindings WHERE trigger_id = ?', triggerId);
        for (const [position, record] of records.entries()) {
          database.run(
            'INSERT INTO bindings (id, trigger_id, position, action_id, record) VALUES (?, ?, ?, ?, ?)',
            record.id,
            triggerId,
            position,
            record.action_id,
            JSON.stringify(record),
          );
        }
      });
    },
    ofAction: (actionId) =>
      database.all('SELECT record FROM bindings WHERE action_id = ? ORDER BY trigger_id, position', actionId).map(read),
  };
}

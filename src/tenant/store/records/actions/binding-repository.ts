import type { Database, Row } from '../../database.ts';

/** An Action's place in a trigger; the list of a trigger is in order. */
export interface BindingRecord {
  readonly id: string;
  readonly trigger_id: string;
  readonly action_id: string;
  readonly display_name: string;
  readonly created_at: string;
  readonly updated_at: string;
}

export interface BindingRepository {
  /** In the order in which they run. */
  list(triggerId: string): BindingRecord[];
  /** Puts the whole list in place of what was there. */
  replace(triggerId: string, records: readonly BindingRecord[]): void;
  ofAction(actionId: string): BindingRecord[];
}

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

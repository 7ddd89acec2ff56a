import type { Database, Row } from '../../database.ts';

/** An Action's place in a trigger. A trigger's list is ordered. */
export interface BindingRecord {
  readonly id: string;
  readonly trigger_id: string;
  readonly action_id: string;
  readonly display_name: string;
  readonly created_at: string;
  readonly updated_at: string;
}

export interface BindingRepository {
  /** In the order in which the Actions run. */
  list(triggerId: string): BindingRecord[];
  /** Replaces the whole list. */
  replace(triggerId: string, records: readonly BindingRecord[]): void;
  listByAction(actionId: string): BindingRecord[];
}

/** The Actions that each trigger runs, in order. */
export function createBindingRepository(database: Database): BindingRepository {
  const read = (row: Row) => JSON.parse(String(row.record)) as BindingRecord;
  const remembered = database.remember<BindingRecord[]>(['bindings']);
  return {
    list: (triggerId) =>
      remembered.get(triggerId, () =>
        database.all('SELECT record FROM bindings WHERE trigger_id = ? ORDER BY position', triggerId).map(read),
      ),
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
    listByAction: (actionId) =>
      database.all('SELECT record FROM bindings WHERE action_id = ? ORDER BY trigger_id, position', actionId).map(read),
  };
}

import type { Database } from './database.ts';
import type { LogRepository } from './store.ts';

/** The tenant's log: the latest first, or, from a given entry on, in the order of writing. */
export function createLogRepository(database: Database): LogRepository {
  return {
    list(filter, paging) {
      const conditions = ['TRUE'];
      const values: string[] = [];
      for (const [condition, value] of [
        ['type = ?', filter.type],
        ['user_id = ?', filter.userId],
        ['log_id > ?', filter.from],
      ] as const) {
        if (value === undefined) continue;
        conditions.push(condition);
        values.push(value);
      }
      const from = values.length === 0 ? 'logs' : `logs WHERE ${conditions.join(' AND ')}`;
      const order = filter.from === undefined ? 'log_id DESC' : 'log_id';
      return database.page({ select: 'record', from, order, values }, paging, (row) => JSON.parse(String(row.record)));
    },
    find: (logId) => database.record('SELECT record FROM logs WHERE log_id = ?', logId),
    insert(record) {
      database.run(
        'INSERT INTO logs (log_id, type, user_id, record) VALUES (?, ?, ?, ?)',
        record.log_id,
        record.type,
        record.user_id ?? null,
        JSON.stringify(record),
      );
    },
  };
}

import type { Database } from './database.ts';
import type { LogRepository } from './log-repositories.ts';
import { asksForName, compareLog, logOrder, orderWithin } from './log-search.ts';
import { conditionOf } from './search-condition.ts';

/** The index that SQLite makes for an id that must be the only one. */
const BY_ID = 'sqlite_autoindex_logs_1';
/** So many entries found by a name are not sorted: the latest of them are near the end of the log. */
const MANY = 2000;

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
    // An id begins with 900 and the day: its index finds a day's entries.
    countByDay: (types, from, to) =>
      database
        .all(
          `SELECT substr(log_id, 4, 8) AS day, type, count(*) AS count FROM logs
           WHERE log_id >= '900' || ? AND log_id < '900' || ? || ':' AND type IN (SELECT value FROM json_each(?))
           GROUP BY day, type ORDER BY day, type`,
          from,
          to,
          JSON.stringify(types),
        )
        .map((row) => ({ day: String(row.day), type: String(row.type), count: Number(row.count) })),
    search({ search, order }, paging) {
      const { sql, values } = conditionOf(search, compareLog);
      const wanted = order ?? orderWithin(search);
      const where = search.kind === 'everything' ? '' : ` WHERE ${sql}`;
      const many =
        wanted === undefined &&
        asksForName(search) &&
        database.all(`SELECT 1 FROM logs${where} LIMIT ?`, ...values, MANY).length === MANY;
      const parts = {
        select: 'record',
        from: `logs${many ? ` INDEXED BY ${BY_ID}` : ''}${where}`,
        countFrom: `logs${where}`,
        order: logOrder(wanted),
        values: [...values],
      };
      return database.page(parts, paging, (row) => JSON.parse(String(row.record)));
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

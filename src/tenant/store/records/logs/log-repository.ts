import type { Database, Row } from '../../database.ts';
import type { Page, Paging } from '../../paging.ts';
import type { Search } from '../../search/search.ts';
import { conditionOf } from '../../search/search-condition.ts';
import { FEW, fewCandidates, isIndexed, isOfKinds } from './log-index.ts';
import type { LogRecord } from './log-record.ts';
import { scanLog } from './log-scan.ts';
import type { LogQuery } from './log-search.ts';
import { asksForName, BY_ID, compareLog, logOrder, orderWithin } from './log-search.ts';

export interface LogRepository {
  list(filter: { type?: string; userId?: string; from?: string }, paging: Paging): Page<LogRecord>;
  /**
   * The latest first unless said otherwise. Where no index finds it, others have their turn while the log is looked through.
   *
   * @param counted whether the total will be asked for
   */
  search(asked: LogQuery, paging: Paging, counted: boolean): Promise<Page<LogRecord>>;
  find(logId: string): LogRecord | undefined;
  /** How many entries of each type a day has; days as `20261123`, in order. */
  countByDay(types: readonly string[], from: string, to: string): { day: string; type: string; count: number }[];
  insert(record: LogRecord): void;
}

/** The tenant's log: the latest first, or, from a given entry on, in the order of writing. */
export function createLogRepository(database: Database): LogRepository {
  const read = ({ record }: Row): LogRecord => JSON.parse(String(record));

  function throughIndexes({ search, order }: LogQuery, paging: Paging): Page<LogRecord> {
    const { sql, values } = conditionOf(search, compareLog);
    const wanted = order ?? orderWithin(search);
    const where = search.kind === 'everything' ? '' : ` WHERE ${sql}`;
    // Of many that are found by a name, the latest are near the end of the log: they need not be sorted.
    const many =
      wanted === undefined &&
      asksForName(search) &&
      database.all(`SELECT 1 FROM logs${where} LIMIT ?`, ...values, FEW).length === FEW;
    const parts = {
      select: 'record',
      from: `logs${many ? ` INDEXED BY ${BY_ID}` : ''}${where}`,
      countFrom: `logs${where}`,
      order: logOrder(wanted),
      values: [...values],
    };
    return database.page(parts, paging, read);
  }

  function among(ids: readonly string[], { search, order }: LogQuery, paging: Paging): Page<LogRecord> {
    const { sql, values } = conditionOf(search, compareLog);
    const parts = {
      select: 'record',
      from: `logs WHERE log_id IN (SELECT value FROM json_each(?)) AND ${sql}`,
      order: logOrder(order ?? orderWithin(search)),
      values: [JSON.stringify(ids), ...values],
    };
    return database.page(parts, paging, read);
  }

  function countOfKinds(search: Search): number {
    const { sql, values } = conditionOf(search, compareLog);
    return database.count(`SELECT count(*) AS count FROM logs INDEXED BY logs_by_type WHERE ${sql}`, ...values);
  }

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
      return database.page({ select: 'record', from, order, values }, paging, read);
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
    async search(asked, paging, counted) {
      if (isIndexed(asked)) return throughIndexes(asked, paging);
      const candidates = fewCandidates(database, asked.search);
      if (candidates !== undefined) return among(candidates, asked, paging);
      if (!counted || !isOfKinds(asked.search)) return scanLog(database, asked, paging, counted);
      const total = countOfKinds(asked.search);
      const { rows } = await scanLog(database, asked, paging, false);
      return { rows, total };
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

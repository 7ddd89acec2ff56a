import type { Database, Row } from '../../database.ts';
import type { Page, Paging } from '../../paging.ts';
import type { Search } from '../../search/search.ts';
import { toSqlCondition } from '../../search/search-condition.ts';
import { findCandidates, isIndexed, MAX_CANDIDATES, usesTypeIndex } from './log-index.ts';
import type { LogRecord } from './log-record.ts';
import { scanLog } from './log-scan.ts';
import type { LogQuery } from './log-search.ts';
import { compareLog, defaultOrder, ID_INDEX, logOrder, searchesByName } from './log-search.ts';

export interface LogRepository {
  list(filter: { type?: string; userId?: string; login?: string; from?: string }, paging: Paging): Page<LogRecord>;
  /**
   * Newest first, unless the query has an order. If no index fits, other requests are served while the log is searched.
   *
   * @param withTotal whether the caller will read the total
   */
  search(query: LogQuery, paging: Paging, withTotal: boolean): Promise<Page<LogRecord>>;
  find(logId: string): LogRecord | undefined;
  /** Counts the entries of each type for each day. Days are written as `20261123`, in order. */
  countByDay(types: readonly string[], from: string, to: string): { day: string; type: string; count: number }[];
  insert(record: LogRecord): void;
}

/** The tenant's log: newest first, or, after a given entry, in the order of writing. */
export function createLogRepository(database: Database): LogRepository {
  const read = ({ record }: Row): LogRecord => JSON.parse(String(record));

  function searchIndexes({ search, order }: LogQuery, paging: Paging): Page<LogRecord> {
    const { sql, values } = toSqlCondition(search, compareLog);
    const effectiveOrder = order ?? defaultOrder(search);
    const where = search.kind === 'everything' ? '' : ` WHERE ${sql}`;
    // If many entries match a name, the newest are near the end of the log: they need not be sorted.
    const manyMatches =
      effectiveOrder === undefined &&
      searchesByName(search) &&
      database.all(`SELECT 1 FROM logs${where} LIMIT ?`, ...values, MAX_CANDIDATES).length === MAX_CANDIDATES;
    const parts = {
      select: 'record',
      from: `logs${manyMatches ? ` INDEXED BY ${ID_INDEX}` : ''}${where}`,
      countFrom: `logs${where}`,
      order: logOrder(effectiveOrder),
      values: [...values],
    };
    return database.page(parts, paging, read);
  }

  function searchCandidates(ids: readonly string[], { search, order }: LogQuery, paging: Paging): Page<LogRecord> {
    const { sql, values } = toSqlCondition(search, compareLog);
    const parts = {
      select: 'record',
      from: `logs WHERE log_id IN (SELECT value FROM json_each(?)) AND ${sql}`,
      order: logOrder(order ?? defaultOrder(search)),
      values: [JSON.stringify(ids), ...values],
    };
    return database.page(parts, paging, read);
  }

  function countByTypeIndex(search: Search): number {
    const { sql, values } = toSqlCondition(search, compareLog);
    return database.count(`SELECT count(*) AS count FROM logs INDEXED BY logs_by_type WHERE ${sql}`, ...values);
  }

  return {
    list(filter, paging) {
      const conditions = ['TRUE'];
      const values: string[] = [];
      for (const [condition, value] of [
        ['type = ?', filter.type],
        ['user_id = ?', filter.userId],
        ["json_extract(record, '$.login') = ?", filter.login],
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
    // An id begins with 900 and the day, so the index of the ids finds a day's entries.
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
    async search(query, paging, withTotal) {
      if (isIndexed(query)) return searchIndexes(query, paging);
      const candidates = findCandidates(database, query.search);
      if (candidates !== undefined) return searchCandidates(candidates, query, paging);
      if (!withTotal || !usesTypeIndex(query.search)) return scanLog(database, query, paging, withTotal);
      const total = countByTypeIndex(query.search);
      const { rows } = await scanLog(database, query, paging, false);
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

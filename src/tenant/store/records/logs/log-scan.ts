import type { Database } from '../../database.ts';
import type { Page, Paging } from '../../paging.ts';
import type { Order } from '../../search/search.ts';
import { type SqlCondition, toSqlCondition } from '../../search/search-condition.ts';
import { yieldToEventLoop } from '../../yield-to-event-loop.ts';
import type { LogRecord } from './log-record.ts';
import type { LogQuery } from './log-search.ts';
import { compareLog, defaultOrder, ID_INDEX, logOrder } from './log-search.ts';

/** This many entries are read before other requests are served: a few milliseconds. */
const SLICE = 1000;
/** This many matches are sorted at once, in addition to those of the page itself. */
const MAX_UNSORTED = 2000;

/**
 * Searches the log entry by entry, backwards from its end, in slices: other requests are served in between. Entries written
 * after the search began are not included, so that its parts are consistent. It ends early if the request is aborted.
 *
 * @param withTotal whether to count all matches, which reads the whole log
 * @example
 * const { rows, total } = await scanLog(database, { search }, { page: 0, perPage: 50 }, true);
 */
export async function scanLog(
  database: Database,
  { search, order, signal }: LogQuery,
  { page, perPage }: Paging,
  withTotal: boolean,
): Promise<Page<LogRecord>> {
  const { sql, values } = toSqlCondition(search, compareLog);
  const effectiveOrder = order ?? defaultOrder(search);
  const needed = (page + 1) * perPage;
  let matches: string[] = [];
  let total = 0;
  const condition = { sql, values, order: logOrder(effectiveOrder) };
  for await (const ids of slices(database, condition)) {
    total += ids.length;
    matches.push(...ids.slice(0, needed));
    // In the log's own order, the first matches are the result. In another order, all must be known.
    if (effectiveOrder === undefined && !withTotal && matches.length >= needed) break;
    if (matches.length > needed + MAX_UNSORTED) matches = sortAndLimit(database, matches, effectiveOrder, needed);
    if (signal?.aborted) break;
  }
  const rows = readAll(database, sortAndLimit(database, matches, effectiveOrder, needed).slice(page * perPage));
  return {
    rows,
    get total() {
      if (!withTotal) throw new Error('This search of the log was run without a total.');
      return total;
    },
  };
}

/** Ids of the matching entries, in their order, one slice after the other. */
async function* slices(
  database: Database,
  { sql, values, order }: SqlCondition & { readonly order: string },
): AsyncGenerator<string[]> {
  const newest = database.first('SELECT log_id FROM logs ORDER BY log_id DESC LIMIT 1')?.log_id;
  for (let high = newest; high !== undefined; ) {
    const below = database.first(
      'SELECT log_id FROM logs WHERE log_id <= ? ORDER BY log_id DESC LIMIT 1 OFFSET ?',
      String(high),
      SLICE,
    )?.log_id;
    yield database
      .all(
        `SELECT log_id FROM logs INDEXED BY ${ID_INDEX} WHERE log_id <= ? AND log_id > ? AND ${sql} ORDER BY ${order}`,
        String(high),
        String(below ?? ''),
        ...values,
      )
      .map((row) => String(row.log_id));
    high = below;
    await yieldToEventLoop();
  }
}

function sortAndLimit(database: Database, ids: readonly string[], order: Order | undefined, limit: number): string[] {
  if (order === undefined) return ids.slice(0, limit);
  return database
    .all(
      `SELECT log_id FROM logs WHERE log_id IN (SELECT value FROM json_each(?)) ORDER BY ${logOrder(order)} LIMIT ?`,
      JSON.stringify(ids),
      limit,
    )
    .map((row) => String(row.log_id));
}

function readAll(database: Database, ids: readonly string[]): LogRecord[] {
  const rows = database.all(
    'SELECT log_id, record FROM logs WHERE log_id IN (SELECT value FROM json_each(?))',
    JSON.stringify(ids),
  );
  const records = new Map(rows.map((row) => [String(row.log_id), JSON.parse(String(row.record)) as LogRecord]));
  return ids.flatMap((id) => records.get(id) ?? []);
}

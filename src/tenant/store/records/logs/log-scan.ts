import type { Database } from '../../database.ts';
import type { Page, Paging } from '../../paging.ts';
import type { Order } from '../../search/search.ts';
import { conditionOf, type SqlCondition } from '../../search/search-condition.ts';
import { yieldToEventLoop } from '../../yield-to-event-loop.ts';
import type { LogRecord } from './log-record.ts';
import type { LogQuery } from './log-search.ts';
import { BY_ID, compareLog, logOrder, orderWithin } from './log-search.ts';

/** So many entries are looked through before others have their turn: a few milliseconds. */
const SLICE = 1000;
/** So many that were found are put in order at once, beside those of the page itself. */
const UNSORTED = 2000;

/**
 * Searches the log entry by entry, from its end on, a slice at a time: others are answered meanwhile. What is written after it
 * has begun is not in it, so that its parts fit together. It ends early where nobody waits for it any more.
 *
 * @param counted whether the total is asked for, which takes the whole log
 * @example
 * const { rows, total } = await scanLog(database, { search }, { page: 0, perPage: 50 }, true);
 */
export async function scanLog(
  database: Database,
  { search, order, signal }: LogQuery,
  { page, perPage }: Paging,
  counted: boolean,
): Promise<Page<LogRecord>> {
  const { sql, values } = conditionOf(search, compareLog);
  const wanted = order ?? orderWithin(search);
  const enough = (page + 1) * perPage;
  let found: string[] = [];
  let total = 0;
  const condition = { sql, values, order: logOrder(wanted) };
  for await (const ids of slices(database, condition)) {
    total += ids.length;
    found.push(...ids.slice(0, enough));
    // Of those in the log's own order the first are the first; of others they are known in the end.
    if (wanted === undefined && !counted && found.length >= enough) break;
    if (found.length > enough + UNSORTED) found = firstOf(database, found, wanted, enough);
    if (signal?.aborted) break;
  }
  const rows = readAll(database, firstOf(database, found, wanted, enough).slice(page * perPage));
  return {
    rows,
    get total() {
      if (!counted) throw new Error('The total of a search of the log was not asked for.');
      return total;
    },
  };
}

/** Ids of what the condition holds for, in their order, of one slice after the other. */
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
        `SELECT log_id FROM logs INDEXED BY ${BY_ID} WHERE log_id <= ? AND log_id > ? AND ${sql} ORDER BY ${order}`,
        String(high),
        String(below ?? ''),
        ...values,
      )
      .map((row) => String(row.log_id));
    high = below;
    await yieldToEventLoop();
  }
}

function firstOf(database: Database, ids: readonly string[], order: Order | undefined, limit: number): string[] {
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

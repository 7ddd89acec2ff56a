import type { Order, Search } from '../../search/search.ts';
import { type Compare, compareExpression } from '../../search/search-condition.ts';

/** What is looked for in the log. */
export interface LogQuery {
  readonly search: Search;
  readonly order?: Order | undefined;
  /** Aborted where nobody waits for the answer any more: a long search ends then, with what it has found. */
  readonly signal?: AbortSignal;
}

/** The index that SQLite makes for an id that must be the only one. */
export const BY_ID = 'sqlite_autoindex_logs_1';

const columns = new Set(['log_id', 'type', 'user_id']);
const members = new Set([
  'date',
  'description',
  'connection',
  'connection_id',
  'client_id',
  'client_name',
  'organization_id',
  'ip',
  'hostname',
  'user_name',
  'user_agent',
  'strategy',
  'strategy_type',
  'details',
]);

/** Compares a field of a log entry. What an entry cannot have, none has. */
export const compareLog: Compare = (comparison) => {
  const expression = expressionOf(comparison.field);
  return expression === undefined ? { sql: 'FALSE', values: [] } : compareExpression(expression, comparison);
};

/** The latest first where nothing is asked for, and among equals. */
export function logOrder(order: Order | undefined): string {
  const expression = order && expressionOf(order.field);
  if (order === undefined || expression === undefined) return 'log_id DESC';
  const direction = order.descending ? 'DESC' : order.field === 'date' ? 'ASC' : 'ASC NULLS LAST';
  return `${expression} ${direction}, log_id ${order.descending ? 'DESC' : 'ASC'}`;
}

/** A span of time is read from the index of the dates, in its order: nearly that of the ids, which would be a scan. */
export function orderWithin(search: Search): Order | undefined {
  const parts = search.kind === 'and' ? search.of : [search];
  const inTime = parts.some((part) => part.kind === 'range' && part.field === 'date');
  return inTime ? { field: 'date', descending: true } : undefined;
}

/** Whether it is by a name that an index has: few entries are found by it at once, and many soonest from the end of the log on. */
export function asksForName(search: Search): boolean {
  switch (search.kind) {
    case 'everything':
      return false;
    case 'and':
    case 'or':
      return search.of.some(asksForName);
    case 'not':
      return asksForName(search.of);
    default:
      return search.field === 'user_name' || search.field === 'client_name';
  }
}

function expressionOf(field: string): string | undefined {
  if (columns.has(field)) return field;
  return members.has(field) ? `json_extract(record, '$.${field}')` : undefined;
}

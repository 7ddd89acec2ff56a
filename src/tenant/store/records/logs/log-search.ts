import type { Order, Search } from '../../search/search.ts';
import { type Compare, compareExpression } from '../../search/search-condition.ts';

/** A search of the log. */
export interface LogQuery {
  readonly search: Search;
  readonly order?: Order | undefined;
  /** Aborted when the caller no longer waits. A long search then ends with the matches so far. */
  readonly signal?: AbortSignal;
}

/** The index that SQLite creates for a unique id. */
export const ID_INDEX = 'sqlite_autoindex_logs_1';

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

/** Compares a field of a log entry. A field that entries do not have matches none. */
export const compareLog: Compare = (comparison) => {
  const expression = fieldExpression(comparison.field);
  return expression === undefined ? { sql: 'FALSE', values: [] } : compareExpression(expression, comparison);
};

/** Newest first by default, and among equal entries. */
export function logOrder(order: Order | undefined): string {
  const expression = order && fieldExpression(order.field);
  if (order === undefined || expression === undefined) return 'log_id DESC';
  const direction = order.descending ? 'DESC' : order.field === 'date' ? 'ASC' : 'ASC NULLS LAST';
  return `${expression} ${direction}, log_id ${order.descending ? 'DESC' : 'ASC'}`;
}

/** A time range is read from the index of the dates, in its order. That is nearly the order of the ids, which would need a scan. */
export function defaultOrder(search: Search): Order | undefined {
  const parts = search.kind === 'and' ? search.of : [search];
  const byTime = parts.some((part) => part.kind === 'range' && part.field === 'date');
  return byTime ? { field: 'date', descending: true } : undefined;
}

/** Whether the search is by a name that has an index. A few matches are found at once; many are found fastest from the end of the log. */
export function searchesByName(search: Search): boolean {
  switch (search.kind) {
    case 'everything':
      return false;
    case 'and':
    case 'or':
      return search.of.some(searchesByName);
    case 'not':
      return searchesByName(search.of);
    default:
      return search.field === 'user_name' || search.field === 'client_name';
  }
}

function fieldExpression(field: string): string | undefined {
  if (columns.has(field)) return field;
  return members.has(field) ? `json_extract(record, '$.${field}')` : undefined;
}

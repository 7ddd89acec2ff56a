import type { Database } from '../../database.ts';
import type { Comparison, Search } from '../../search/search.ts';
import { toSqlCondition } from '../../search/search-condition.ts';
import type { LogQuery } from './log-search.ts';
import { compareLog, searchesByName } from './log-search.ts';

/** This many entries can be checked one by one without a noticeable delay. */
export const MAX_CANDIDATES = 2000;

const indexed = new Set(['log_id', 'type', 'user_id', 'date', 'user_name', 'client_name']);

/**
 * Whether the log can be searched through one index, in its order, however much is found: by type or user, by ids, by the
 * beginning of names, or within a time range.
 *
 * @example
 * isIndexed({ search: { kind: 'equals', field: 'type', value: 's' } }) // true
 */
export function isIndexed({ search, order }: LogQuery): boolean {
  const byTime = search.kind === 'everything' || isTimeRange(search);
  if (order !== undefined) return order.field === 'date' && byTime;
  return byTime || usesOneColumn(search) || usesNameIndex(search);
}

/** Whether only types and ids are searched. They share an index, which counts a million entries in some hundredths of a second. */
export function usesTypeIndex(search: Search): boolean {
  switch (search.kind) {
    case 'everything':
      return true;
    case 'and':
    case 'or':
      return search.of.every(usesTypeIndex);
    case 'not':
      return usesTypeIndex(search.of);
    default:
      return search.field === 'type' || search.field === 'log_id';
  }
}

/**
 * Finds, through an index, the ids of a few entries that include all matches.
 *
 * @returns `undefined` if there are too many, or if no index finds them
 */
export function findCandidates(database: Database, search: Search): string[] | undefined {
  switch (search.kind) {
    case 'everything':
    case 'not':
      return undefined;
    case 'and':
      for (const part of search.of) {
        const found = findCandidates(database, part);
        if (found !== undefined) return found;
      }
      return undefined;
    case 'or': {
      const all = new Set<string>();
      for (const part of search.of) {
        const found = findCandidates(database, part);
        if (found === undefined) return undefined;
        for (const id of found) all.add(id);
        if (all.size > MAX_CANDIDATES) return undefined;
      }
      return [...all];
    }
    default: {
      if (!hasIndex(search)) return undefined;
      const { sql, values } = toSqlCondition(search, compareLog);
      const found = database.all(`SELECT log_id FROM logs WHERE ${sql} LIMIT ?`, ...values, MAX_CANDIDATES + 1);
      return found.length > MAX_CANDIDATES ? undefined : found.map((row) => String(row.log_id));
    }
  }
}

function isTimeRange(search: Search): boolean {
  if (search.kind === 'and') return search.of.length > 0 && search.of.every(isTimeRange);
  return search.kind === 'range' && search.field === 'date';
}

function usesOneColumn(search: Search): boolean {
  if (search.kind === 'equals') return ['type', 'user_id', 'log_id'].includes(search.field);
  return search.kind === 'range' && search.field === 'log_id';
}

function usesNameIndex(search: Search): boolean {
  if (search.kind === 'or') return search.of.length > 0 && search.of.every(usesNameIndex);
  return search.kind !== 'and' && search.kind !== 'not' && searchesByName(search) && hasIndex(search as Comparison);
}

/** For a value, a range of values, or the beginning of a text. */
function hasIndex(comparison: Comparison): boolean {
  if (!indexed.has(comparison.field)) return false;
  if (comparison.kind !== 'like') return comparison.kind !== 'exists';
  const [start = '', ...rest] = comparison.parts;
  return start !== '' && rest.every((part) => part === '');
}

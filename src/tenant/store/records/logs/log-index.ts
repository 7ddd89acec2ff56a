import type { Database } from '../../database.ts';
import type { Comparison, Search } from '../../search/search.ts';
import { conditionOf } from '../../search/search-condition.ts';
import type { LogQuery } from './log-search.ts';
import { asksForName, compareLog } from './log-search.ts';

/** So many entries are looked at one by one without anybody noticing. */
export const FEW = 2000;

const indexed = new Set(['log_id', 'type', 'user_id', 'date', 'user_name', 'client_name']);

/**
 * Whether the log is searched through one index, in its order, however much is found: by a kind or a user, by ids, by the
 * beginning of names, or within a span of time.
 *
 * @example
 * isIndexed({ search: { kind: 'equals', field: 'type', value: 's' } }) // true
 */
export function isIndexed({ search, order }: LogQuery): boolean {
  const inTime = search.kind === 'everything' || isSpanOfTime(search);
  if (order !== undefined) return order.field === 'date' && inTime;
  return inTime || isOfOneColumn(search) || isOfNames(search);
}

/** Whether only kinds and ids are looked at, which lie in an index together: it counts a million in some hundredths of a second. */
export function isOfKinds(search: Search): boolean {
  switch (search.kind) {
    case 'everything':
      return true;
    case 'and':
    case 'or':
      return search.of.every(isOfKinds);
    case 'not':
      return isOfKinds(search.of);
    default:
      return search.field === 'type' || search.field === 'log_id';
  }
}

/**
 * Ids of the entries among which all must be that are searched for, found through an index.
 *
 * @returns nothing where they are many, or no index finds them
 */
export function fewCandidates(database: Database, search: Search): string[] | undefined {
  switch (search.kind) {
    case 'everything':
    case 'not':
      return undefined;
    case 'and':
      for (const part of search.of) {
        const found = fewCandidates(database, part);
        if (found !== undefined) return found;
      }
      return undefined;
    case 'or': {
      const all = new Set<string>();
      for (const part of search.of) {
        const found = fewCandidates(database, part);
        if (found === undefined) return undefined;
        for (const id of found) all.add(id);
        if (all.size > FEW) return undefined;
      }
      return [...all];
    }
    default: {
      if (!hasIndex(search)) return undefined;
      const { sql, values } = conditionOf(search, compareLog);
      const found = database.all(`SELECT log_id FROM logs WHERE ${sql} LIMIT ?`, ...values, FEW + 1);
      return found.length > FEW ? undefined : found.map((row) => String(row.log_id));
    }
  }
}

function isSpanOfTime(search: Search): boolean {
  if (search.kind === 'and') return search.of.length > 0 && search.of.every(isSpanOfTime);
  return search.kind === 'range' && search.field === 'date';
}

function isOfOneColumn(search: Search): boolean {
  if (search.kind === 'equals') return ['type', 'user_id', 'log_id'].includes(search.field);
  return search.kind === 'range' && search.field === 'log_id';
}

function isOfNames(search: Search): boolean {
  if (search.kind === 'or') return search.of.length > 0 && search.of.every(isOfNames);
  return search.kind !== 'and' && search.kind !== 'not' && asksForName(search) && hasIndex(search as Comparison);
}

/** A value, a span of values, or a beginning. */
function hasIndex(comparison: Comparison): boolean {
  if (!indexed.has(comparison.field)) return false;
  if (comparison.kind !== 'like') return comparison.kind !== 'exists';
  const [start = '', ...rest] = comparison.parts;
  return start !== '' && rest.every((part) => part === '');
}

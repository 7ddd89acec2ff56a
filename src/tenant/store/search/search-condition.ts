import type { SQLInputValue } from 'node:sqlite';
import type { Comparison, Search } from './search.ts';

/** A piece of SQL and the values of its question marks. `sql` never contains text from a caller. */
export interface SqlCondition {
  readonly sql: string;
  readonly values: readonly SQLInputValue[];
}

/** Compares one field of a table. The resulting SQL is never NULL, so that it can be negated. */
export type Compare = (comparison: Comparison) => SqlCondition;

/** Sorts after every text with the same beginning. */
const highestCharacter = '\u{10FFFF}';

/**
 * Converts a search to SQL.
 *
 * @example
 * toSqlCondition({ kind: 'equals', field: 'type', value: 's' }, (comparison) => compareExpression('type', comparison))
 * // { sql: '(type IS NOT NULL AND type = ?)', values: ['s'] }
 */
export function toSqlCondition(search: Search, compare: Compare): SqlCondition {
  switch (search.kind) {
    case 'everything':
      return { sql: 'TRUE', values: [] };
    case 'and':
    case 'or':
      return joinConditions(
        search.of.map((part) => toSqlCondition(part, compare)),
        search.kind,
      );
    case 'not': {
      const { sql, values } = toSqlCondition(search.of, compare);
      return { sql: `NOT ${sql}`, values };
    }
    default:
      return compare(search);
  }
}

/** Pairs the conditions, since SQLite refuses an expression that is nested too deeply. */
export function joinConditions(conditions: readonly SqlCondition[], word: 'and' | 'or'): SqlCondition {
  const [first, ...rest] = conditions;
  if (first === undefined) return { sql: word === 'and' ? 'TRUE' : 'FALSE', values: [] };
  if (rest.length === 0) return first;
  const half = Math.ceil(conditions.length / 2);
  const firstHalf = joinConditions(conditions.slice(0, half), word);
  const secondHalf = joinConditions(conditions.slice(half), word);
  return {
    sql: `(${firstHalf.sql} ${word.toUpperCase()} ${secondHalf.sql})`,
    values: [...firstHalf.values, ...secondHalf.values],
  };
}

/**
 * Compares an SQL expression whose value is a text, a number, or 0 or 1.
 *
 * @param expression SQL of ours, never a caller's
 * @param fold converts a text to the form that the expression holds, such as lower case
 */
export function compareExpression(
  expression: string,
  comparison: Comparison,
  fold: (text: string) => string = (text) => text,
): SqlCondition {
  const folded = <Value>(value: Value) => (typeof value === 'string' ? fold(value) : value);
  const present = `${expression} IS NOT NULL`;
  switch (comparison.kind) {
    case 'exists':
      return { sql: present, values: [] };
    case 'equals': {
      const value = folded(comparison.value);
      return {
        sql: `(${present} AND ${expression} = ?)`,
        values: [typeof value === 'boolean' ? Number(value) : value],
      };
    }
    case 'like':
      return compareText(expression, comparison.parts.map(fold));
    case 'range': {
      const bounds = [
        ['>', comparison.from],
        ['<', comparison.to],
      ] as const;
      const limits = bounds.flatMap(([sign, bound]) =>
        bound === undefined
          ? []
          : [{ sql: `${expression} ${sign}${bound.inclusive ? '=' : ''} ?`, values: [folded(bound.value)] }],
      );
      return joinConditions([{ sql: present, values: [] }, ...limits], 'and');
    }
  }
}

/** A beginning without further parts becomes a range, which an index can find. */
function compareText(expression: string, parts: readonly string[]): SqlCondition {
  const [start = '', ...rest] = parts;
  const present = `${expression} IS NOT NULL`;
  if (rest.every((part) => part === '')) {
    if (start === '') return { sql: present, values: [] };
    return {
      sql: `(${present} AND ${expression} >= ? AND ${expression} < ?)`,
      values: [start, `${start}${highestCharacter}`],
    };
  }
  const pattern = parts.map((part) => part.replace(/[*?[]/g, '[$&]')).join('*');
  return { sql: `(${present} AND ${expression} GLOB ?)`, values: [pattern] };
}

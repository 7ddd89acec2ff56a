import type { SQLInputValue } from 'node:sqlite';
import type { Comparison, Search } from './search.ts';

/** A piece of SQL and the values of its question marks. Nothing that a caller wrote is ever part of `sql`. */
export interface SqlCondition {
  readonly sql: string;
  readonly values: readonly SQLInputValue[];
}

/** How a table compares one of its fields. Its answer is never NULL, so that it can be negated. */
export type Compare = (comparison: Comparison) => SqlCondition;

/** What sorts after every text that begins with what comes before it. */
const last = '\u{10FFFF}';

/**
 * A search as SQL.
 *
 * @example
 * conditionOf({ kind: 'equals', field: 'type', value: 's' }, (comparison) => compareExpression('type', comparison))
 * // { sql: '(type IS NOT NULL AND type = ?)', values: ['s'] }
 */
export function conditionOf(search: Search, compare: Compare): SqlCondition {
  switch (search.kind) {
    case 'everything':
      return { sql: 'TRUE', values: [] };
    case 'and':
    case 'or':
      return joined(
        search.of.map((part) => conditionOf(part, compare)),
        search.kind,
      );
    case 'not': {
      const { sql, values } = conditionOf(search.of, compare);
      return { sql: `NOT ${sql}`, values };
    }
    default:
      return compare(search);
  }
}

/** Two by two, since SQLite refuses an expression that is too deep. */
export function joined(conditions: readonly SqlCondition[], word: 'and' | 'or'): SqlCondition {
  const [first, ...rest] = conditions;
  if (first === undefined) return { sql: word === 'and' ? 'TRUE' : 'FALSE', values: [] };
  if (rest.length === 0) return first;
  const half = Math.ceil(conditions.length / 2);
  const left = joined(conditions.slice(0, half), word);
  const right = joined(conditions.slice(half), word);
  return { sql: `(${left.sql} ${word.toUpperCase()} ${right.sql})`, values: [...left.values, ...right.values] };
}

/**
 * One comparison of an SQL expression that gives text, a number or 0 and 1.
 *
 * @param expression SQL of our own, never a caller's
 * @param fold makes of a text what the expression holds of it, such as small letters
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
      return joined([{ sql: present, values: [] }, ...limits], 'and');
    }
  }
}

/** A beginning alone is a range, which an index knows how to find. */
function compareText(expression: string, parts: readonly string[]): SqlCondition {
  const [start = '', ...rest] = parts;
  const present = `${expression} IS NOT NULL`;
  if (rest.every((part) => part === '')) {
    if (start === '') return { sql: present, values: [] };
    return { sql: `(${present} AND ${expression} >= ? AND ${expression} < ?)`, values: [start, `${start}${last}`] };
  }
  const pattern = parts.map((part) => part.replace(/[*?[]/g, '[$&]')).join('*');
  return { sql: `(${present} AND ${expression} GLOB ?)`, values: [pattern] };
}

import type { SQLInputValue } from 'node:sqlite';
import type { Comparison } from './search.ts';
import { compareExpression, joinConditions, type SqlCondition } from './search-condition.ts';

/**
 * Compares the value at a path in a JSON column. Lists on the way are searched, at any level, as if each of their items were
 * there instead: `user_metadata.addresses.city` is in each item of `addresses`. A text that looks like a number or a boolean
 * also matches that number or boolean.
 *
 * @see Auth0 docs: "User Search Query Syntax", "Metadata fields"
 */
export function compareJsonPath(column: string, comparison: Comparison): SqlCondition {
  const path = comparison.field.split('.');
  const leaf = compareLeaf(comparison);
  return {
    // The path is a value, too: callers choose the names of members. Most records are ruled out at once because they lack the last name.
    sql: `(instr(${column}, ?) > 0 AND EXISTS (
      WITH RECURSIVE walk (depth, type, value) AS (
        SELECT 0, 'object', ${column}
        UNION ALL
        SELECT walk.depth + (walk.type = 'object'), child.type, child.value
        FROM walk JOIN json_each(CASE WHEN walk.type IN ('object', 'array') THEN walk.value ELSE '[]' END) AS child
        WHERE walk.type = 'array' OR child.key = json_extract(?, '$[' || walk.depth || ']')
      )
      SELECT 1 FROM walk WHERE depth = ? AND type NOT IN ('object', 'array', 'null') AND ${leaf.sql}
    ))`,
    values: [`${JSON.stringify(path.at(-1))}:`, JSON.stringify(path), path.length, ...leaf.values],
  };
}

function compareLeaf(comparison: Comparison): SqlCondition {
  switch (comparison.kind) {
    case 'exists':
      return { sql: 'TRUE', values: [] };
    case 'equals':
      return joinConditions(
        interpretations(comparison.value).map(([types, value]) => ({
          sql: `(type IN (${types}) AND value = ?)`,
          values: [value],
        })),
        'or',
      );
    case 'range':
      // A range never mixes texts and numbers: SQLite would sort every number before every text.
      return typeof (comparison.from ?? comparison.to)?.value === 'number'
        ? joinConditions(
            [{ sql: "type IN ('integer', 'real')", values: [] }, compareExpression('value', comparison)],
            'and',
          )
        : joinConditions([{ sql: "type = 'text'", values: [] }, compareExpression('value', comparison)], 'and');
    case 'like':
      return joinConditions([{ sql: "type = 'text'", values: [] }, compareExpression('value', comparison)], 'and');
  }
}

/** The possible meanings of a value, with the types that SQLite gives to JSON: `5` is a text and a number. */
function interpretations(value: string | number | boolean): [types: string, value: SQLInputValue][] {
  const text = String(value);
  const number = text.trim() === '' ? Number.NaN : Number(text);
  return [
    ["'text'", text],
    ...(Number.isFinite(number) ? ([["'integer', 'real'", number]] as [string, SQLInputValue][]) : []),
    ...(text === 'true' || text === 'false'
      ? ([[`'${text}'`, Number(text === 'true')]] as [string, SQLInputValue][])
      : []),
  ];
}

import { findSimilarName } from '../../configuration/similar-name.ts';
import type { JsonSchema } from '../../tenant/management/description/json-schema.ts';
import { publishedOperations, publishedSchema } from '../../tenant/management/description/published-operations.ts';

/**
 * Finds the member of a request that a seed probably meant by a name that the Management API refused.
 *
 * @param path below `/api/v2/`, with IDs
 * @param message the Management API's own words, which do not name the member if a value has several forms
 * @returns `undefined` if the message is about something else, or nothing is similar
 * @example similarMember('POST', 'roles', { nam: 'Clerk' }, "… 'Additional properties not allowed: nam'.") // 'name'
 */
export function similarMember(method: string, path: string, body: unknown, message: string): string | undefined {
  const written = /Additional properties not allowed: ([\w-]+)/.exec(message)?.[1];
  if (written === undefined && !/does not match any schemas/.test(message)) return undefined;
  const segments = `/${path}`.split('/');
  const operation = publishedOperations.find((one) => one.method === method && matches(one.path.split('/'), segments));
  const names = new Set<string>();
  if (operation?.body !== undefined) collectNames(operation.body, names, new Set());
  const unknown = written === undefined ? memberNames(body).filter((name) => !names.has(name)) : [written];
  return unknown.map((name) => findSimilarName(name, [...names])).find((name) => name !== undefined);
}

/** The names of all members of a value, at any depth. */
function memberNames(value: unknown): string[] {
  if (typeof value !== 'object' || value === null) return [];
  const own = Array.isArray(value) ? [] : Object.keys(value);
  return [...own, ...Object.values(value).flatMap(memberNames)];
}

function matches(pattern: readonly string[], segments: readonly string[]): boolean {
  return (
    pattern.length === segments.length &&
    pattern.every((part, index) => part.startsWith('{') || part === segments[index])
  );
}

/** Collects the names of all members of a schema, at any depth. */
function collectNames(schema: JsonSchema, names: Set<string>, seen: Set<string>): void {
  const { $ref, properties = {} } = schema;
  if ($ref !== undefined && !seen.has($ref)) {
    seen.add($ref);
    collectNames(publishedSchema($ref), names, seen);
  }
  for (const name of Object.keys(properties)) names.add(name);
  const { items = [], oneOf = [], anyOf = [], allOf = [] } = schema;
  for (const inner of [Object.values(properties), items, oneOf, anyOf, allOf].flat(2)) {
    collectNames(inner, names, seen);
  }
}

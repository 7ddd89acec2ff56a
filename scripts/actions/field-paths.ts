import type { JsonValue } from '../../src/tenant/store/json-value.ts';

/**
 * The names of all fields of an event that have a value, with `[]` for the members of a list.
 *
 * @param opaque fields that count as one, regardless of their members
 * @example
 * fieldPaths({ user: { roles: ['a'] } }, new Set()) // ['user.roles[]']
 */
export function fieldPaths(value: JsonValue, opaque: ReadonlySet<string>): string[] {
  const paths = new Set<string>();
  walk(value, '');
  return [...paths].sort();

  function walk(one: JsonValue | undefined, path: string): void {
    if (one === undefined) return;
    if (opaque.has(path) || typeof one !== 'object' || one === null) {
      paths.add(path);
    } else if (Array.isArray(one)) {
      if (opaque.has(`${path}[]`)) paths.add(`${path}[]`);
      else for (const member of one) walk(member, `${path}[]`);
    } else {
      for (const [name, member] of Object.entries(one)) walk(member, path === '' ? name : `${path}.${name}`);
    }
  }
}

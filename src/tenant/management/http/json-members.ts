import { isObject, type JsonObject, type JsonValue, objectOf } from '../../store/json-value.ts';

/** A copy without the members that are `null` or `undefined`: in a body, `null` removes a member. */
export function withoutNulls(members: Record<string, unknown>): JsonObject {
  const entries = Object.entries(members).filter((entry): entry is [string, JsonValue] => entry[1] != null);
  return Object.fromEntries(entries);
}

/**
 * Merges new members into existing ones: objects are merged one level deep, anything else is replaced, and `null` removes a
 * member, inside an object too.
 *
 * @example
 * mergedMembers({ mobile: { ios: {} }, sso: true }, { mobile: { android: {} }, sso: null }) // { mobile: { ios: {}, android: {} } }
 */
export function mergedMembers(present: JsonObject, given: Record<string, unknown>): JsonObject {
  const merged = Object.entries(given).map(([member, value]) => {
    return [member, isObject(value) ? withoutNulls({ ...objectOf(present[member]), ...value }) : value] as const;
  });
  return withoutNulls({ ...present, ...Object.fromEntries(merged) });
}

/** Merges new metadata into existing metadata. */
export function mergedMetadata(
  present: Record<string, string>,
  given: Record<string, string | null>,
): Record<string, string> {
  const entries = Object.entries({ ...present, ...given });
  return Object.fromEntries(entries.filter((entry): entry is [string, string] => entry[1] !== null));
}

/**
 * The members with these names, and all others.
 *
 * @example
 * splitMembers({ name: 'x', sso: true }, ['name']) // { own: { name: 'x' }, other: { sso: true } }
 */
export function splitMembers(members: object, names: readonly string[]): { own: JsonObject; other: JsonObject } {
  const { own = [], other = [] } = Object.groupBy(Object.entries(members), ([name]) =>
    names.includes(name) ? 'own' : 'other',
  );
  return { own: Object.fromEntries(own), other: Object.fromEntries(other) };
}

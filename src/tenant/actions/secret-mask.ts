import type { ActionSecret, JsonValue } from '../store/records.ts';

/** Shorter values occur by chance in what has nothing to do with them; they are masked only where they stand alone. */
const SHORTEST_WITHIN = 6;

/**
 * A function that puts `[secret NAME]` in place of the values of secrets, wherever in a JSON value they occur.
 *
 * @example
 * secretMask([{ name: 'KEY', value: 'hunter2', updated_at }])('Bearer hunter2'); // 'Bearer [secret KEY]'
 */
export function secretMask(
  secrets: readonly ActionSecret[],
): <Value extends JsonValue | undefined>(value: Value) => Value {
  // The longest first: one may be a part of another.
  const masked = secrets.filter(({ value }) => value !== '').sort((a, b) => b.value.length - a.value.length);

  function text(value: string): string {
    let result = value;
    for (const secret of masked) {
      const shown = `[secret ${secret.name}]`;
      if (result === secret.value) return shown;
      if (secret.value.length >= SHORTEST_WITHIN) result = result.replaceAll(secret.value, shown);
    }
    return result;
  }

  function mask(value: JsonValue | undefined): JsonValue | undefined {
    if (typeof value === 'string') return text(value);
    if (Array.isArray(value)) return value.map((item) => mask(item) ?? null);
    if (typeof value !== 'object' || value === null) return value;
    return Object.fromEntries(Object.entries(value).map(([name, item]) => [text(name), mask(item)]));
  }

  if (masked.length === 0) return (value) => value;
  return (value) => mask(value) as typeof value;
}

import { inspect } from 'node:util';
import type { JsonValue } from '../../store/json-value.ts';
import type { ActionSecret } from '../../store/records/actions/action-repository.ts';

/** Shorter values occur by chance in what has nothing to do with them; they are masked only where they stand alone. */
const SHORTEST_WITHIN = 6;

/** Levels of a JSON value that are shown; what lies deeper is a trick rather than data. */
const DEEPEST = 100;

/**
 * A function that puts `[secret NAME]` in place of the values of secrets, wherever in a JSON value they occur: whole, as
 * JSON and the console quote them, and line by line, as the console breaks them. What is nested over 100 levels deep is left out.
 *
 * @example
 * secretMask([{ name: 'KEY', value: 'hunter2', updated_at }])('Bearer hunter2'); // 'Bearer [secret KEY]'
 */
export function secretMask(
  secrets: readonly ActionSecret[],
): <Value extends JsonValue | undefined>(value: Value) => Value {
  const masked = secrets
    .flatMap(({ name, value }) => formsOf(value).map((form) => ({ form, shown: `[secret ${name}]` })))
    // The longest first: one may be a part of another.
    .sort((a, b) => b.form.length - a.form.length);

  function text(value: string): string {
    let result = value;
    for (const { form, shown } of masked) {
      if (result === form) return shown;
      if (form.length >= SHORTEST_WITHIN) result = result.replaceAll(form, shown);
    }
    return result;
  }

  function mask(value: JsonValue | undefined, depth: number): JsonValue | undefined {
    if (typeof value === 'string') return text(value);
    if (typeof value !== 'object' || value === null) return value;
    if (depth > DEEPEST) return '…';
    if (Array.isArray(value)) return value.map((item) => mask(item, depth + 1) ?? null);
    return Object.fromEntries(Object.entries(value).map(([name, item]) => [text(name), mask(item, depth + 1)]));
  }

  if (masked.length === 0) return (value) => value;
  return (value) => mask(value, 0) as typeof value;
}

function formsOf(value: string): string[] {
  const lines = value.split(/\r?\n/).filter((line) => line.length >= SHORTEST_WITHIN);
  const forms = [value, ...lines].flatMap((form) => [
    form,
    JSON.stringify(form).slice(1, -1),
    inspect(form).slice(1, -1),
  ]);
  return [...new Set(forms)].filter((form) => form !== '');
}

import { inspect } from 'node:util';
import type { JsonValue } from '../../store/json-value.ts';
import type { ActionSecret } from '../../store/records/actions/action-repository.ts';

/** Shorter lines of a longer secret occur by chance in unrelated text. */
const SHORTEST_LINE = 6;

/** Levels of a JSON value that are shown; deeper levels are a trick rather than data. */
const DEEPEST = 100;

/**
 * Makes a function that puts `[secret NAME]` in place of the values of secrets, anywhere in a JSON value: whole, as
 * JSON and the console quote them, and line by line, as the console breaks them. Levels of nesting beyond 100 are left out.
 *
 * @example
 * secretMask([{ name: 'KEY', value: 'hunter2', updated_at }])('Bearer hunter2'); // 'Bearer [secret KEY]'
 */
export function secretMask(
  secrets: readonly ActionSecret[],
): <Value extends JsonValue | undefined>(value: Value) => Value {
  const replacements = new Map(
    secrets.flatMap(({ name, value }) => formsOf(value).map((form) => [form, `[secret ${name}]`] as const)),
  );
  // The longest first: one may be a part of another.
  const forms = [...replacements.keys()].sort((a, b) => b.length - a.length).map((form) => escaped(form));
  const anyForm = new RegExp(forms.join('|'), 'g');

  function text(value: string): string {
    // All at once: a short secret may be a part of the replacement of another.
    return value.replace(anyForm, (form) => replacements.get(form) ?? '');
  }

  function mask(value: JsonValue | undefined, depth: number): JsonValue | undefined {
    if (typeof value === 'string') return text(value);
    if (typeof value !== 'object' || value === null) return value;
    if (depth > DEEPEST) return '…';
    if (Array.isArray(value)) return value.map((item) => mask(item, depth + 1) ?? null);
    return Object.fromEntries(Object.entries(value).map(([name, item]) => [text(name), mask(item, depth + 1)]));
  }

  if (forms.length === 0) return (value) => value;
  return (value) => mask(value, 0) as typeof value;
}

/** Escapes a text for a regular expression. */
function escaped(text: string): string {
  return text.replaceAll(/[\\^$.*+?()[\]{}|]/g, '\\$&');
}

function formsOf(value: string): string[] {
  const lines = value.split(/\r?\n/).filter((line) => line.length >= SHORTEST_LINE);
  const forms = [value, ...lines].flatMap((form) => [
    form,
    JSON.stringify(form).slice(1, -1),
    inspect(form).slice(1, -1),
  ]);
  return [...new Set(forms)].filter((form) => form !== '');
}

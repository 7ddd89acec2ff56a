import { linesOf } from '../../parts/lines.ts';

export type JsonObject = Readonly<Record<string, unknown>>;

/** Whether a value is an object with members. */
export function isObject(value: unknown): value is JsonObject {
  return typeof value === 'object' && value !== null && !Array.isArray(value);
}

/**
 * A value as it is sent: without the empty lines of fields that take several.
 *
 * @param isNew leaves out empty texts and empty groups as well: those that the user looked at and left
 * @example
 * cleaned({ callbacks: ['https://a.example', ''], description: '' }, true) // { callbacks: ['https://a.example'] }
 */
export function cleaned(value: unknown, isNew: boolean): unknown {
  if (Array.isArray(value)) {
    const isText = value.every((one) => typeof one === 'string');
    return isText ? linesOf(value.join('\n')) : value.map((one) => cleaned(one, isNew));
  }
  if (!isObject(value) || value instanceof Blob) return value;
  const members = Object.entries(value).map(([name, one]) => [name, cleaned(one, isNew)] as const);
  const isEmpty = (one: unknown) => one === '' || one === null || (isObject(one) && Object.keys(one).length === 0);
  return Object.fromEntries(isNew ? members.filter(([, one]) => !isEmpty(one)) : members);
}

import { messageOf } from './management-error.ts';
import { valueFormatOf } from './value-formats.ts';

/** A mistake in one property of a request, in words for the user. */
export interface InvalidField {
  /** The property, without a position in its list. */
  readonly property: string;
  readonly message: string;
}

/**
 * Reads the mistake that the Management API found in a request.
 *
 * @returns `undefined` if the error is of another kind
 * @example
 * invalidFieldOf(new Error("Payload validation error: 'Missing required property: name'."))
 * // { property: 'name', message: 'This field is required.' }
 */
export function invalidFieldOf(error: unknown): InvalidField | undefined {
  const [, mistake = '', path = ''] =
    /^Payload validation error: '([\s\S]*)'(?: on property ([^ ]+?)(?: \([\s\S]*\))?)?\.$/.exec(messageOf(error)) ?? [];
  const [, missing] = /^Missing required property: (\S+)$/.exec(mistake) ?? [];
  if (missing !== undefined) return { property: missing, message: 'This field is required.' };
  const [, property = '', position] = /^([\w.]+)(?:\[(\d+)\])?$/.exec(path) ?? [];
  if (property === '') return undefined;
  const line = position === undefined ? '' : `Line ${Number(position) + 1}: `;
  return { property, message: `${line}${inWords(mistake)}` };
}

/** The words for each kind of mistake of the API; `$1` is its limit. */
const kinds: readonly (readonly [RegExp, string])[] = [
  [/^String is too short .*minimum 1$/, 'This field is required.'],
  [/^String is too short .*minimum (\d+)$/, 'Enter at least $1 characters.'],
  [/^String is too long .*maximum (\d+)$/, 'Enter at most $1 characters.'],
  [/^Array is too long .*maximum (\d+)$/, 'Enter at most $1 lines.'],
  [/^Value .* is less than minimum (\d+)$/, 'Enter $1 or more.'],
  [/^Value .* is greater than maximum (\d+)$/, 'Enter $1 or less.'],
  [/^Expected type (?:integer|number) .*$/, 'Enter a whole number.'],
  [/^Object didn't pass validation for format ([\w-]+).*$/s, 'This value does not have the form of its kind ($1).'],
  [/^String does not match pattern .*$/s, 'This value has characters that are not allowed here.'],
];

function inWords(mistake: string): string {
  const [, format = ''] = /^Object didn't pass validation for format ([\w-]+)/.exec(mistake) ?? [];
  const [, pattern = ''] = /^String does not match pattern (\^.*)/.exec(mistake) ?? [];
  const known = valueFormatOf({ format, pattern });
  if (known !== undefined) return `Enter ${known.words}.`;
  const [kind, words] = kinds.find(([one]) => one.test(mistake)) ?? [/^.*$/s, mistake];
  return mistake.replace(kind, words);
}

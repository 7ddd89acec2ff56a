const LONGEST_QUOTE = 80;
/** As long as a client secret or a part of a token, and made of the same characters. */
const SECRET_SHAPED = /[\w~+=-]{40,}/;

/**
 * Describes a value, for "expected …, found …". Never shows an e-mail address or a possible secret.
 *
 * @example describeValue('water') // 'the text "water"'
 * @example describeValue(undefined) // 'nothing'
 */
export function describeValue(value: unknown): string {
  if (value === undefined) return 'nothing';
  if (value === null) return 'null';
  if (typeof value === 'string') return describeText(value);
  if (typeof value === 'number' || typeof value === 'bigint') return `the number ${value}`;
  if (typeof value === 'boolean') return `the value ${value}`;
  if (typeof value === 'function') return 'a function';
  if (Array.isArray(value)) return value.length === 0 ? 'an empty list' : 'a list';
  if (value instanceof Promise) return 'a promise';
  return typeof value === 'object' ? 'an object' : `a ${typeof value}`;
}

/**
 * Whether a text may be shown: it is not an e-mail address, and does not have the shape of a secret.
 *
 * @example isShowable('ann@water.example') // false
 */
export function isShowable(text: string): boolean {
  return !text.includes('@') && !SECRET_SHAPED.test(text);
}

function describeText(text: string): string {
  if (text === '') return 'an empty text';
  if (text.includes('@')) return 'a text with an @ in it';
  if (!isShowable(text)) return `a text of ${text.length} characters`;
  const excerpt = text.length > LONGEST_QUOTE ? `${text.slice(0, LONGEST_QUOTE)}…` : text;
  return `the text ${JSON.stringify(excerpt)}`;
}

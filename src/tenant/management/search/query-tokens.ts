import { queryError, quoted } from './query-error.ts';

/** A text, split at its wildcards: `jo*n` is `['jo', 'n']`, a text without wildcards has one part. */
export interface Word {
  readonly kind: 'word';
  readonly parts: readonly string[];
  /** The original text, with its escapes. */
  readonly written: string;
}

export type Token =
  | Word
  | { readonly kind: 'phrase'; readonly text: string }
  | { readonly kind: 'range'; readonly from: RangeEnd; readonly to: RangeEnd }
  | { readonly kind: 'and' | 'or' | 'not' | 'must' | 'mustNot' | 'open' | 'close' | 'colon' };

/** `text` is undefined if the range is open: `[5 TO *]`. */
export interface RangeEnd {
  readonly text: string | undefined;
  readonly inclusive: boolean;
}

const space = /\s/;
const endsWord = /[\s()[\]{}":^~?]/;
const symbols: Record<string, 'open' | 'close' | 'colon' | 'must' | 'mustNot' | 'not'> = {
  '(': 'open',
  ')': 'close',
  ':': 'colon',
  '+': 'must',
  '-': 'mustNot',
  '!': 'not',
};
const words: Record<string, 'and' | 'or' | 'not'> = { AND: 'and', OR: 'or', NOT: 'not', '&&': 'and', '||': 'or' };

/**
 * The words, phrases, ranges and signs of a search.
 *
 * @throws ApiError 400 `invalid_query_string` if one of them has no end, or is not supported
 * @example
 * tokensOf('name:jo*') // name, a colon, and a word of the parts 'jo' and ''
 */
export function tokensOf(query: string): Token[] {
  const tokens: Token[] = [];
  let at = 0;
  while (at < query.length) {
    const character = query.charAt(at);
    const symbol = symbols[character];
    if (space.test(character)) at += 1;
    else if (symbol !== undefined) {
      tokens.push({ kind: symbol });
      at += 1;
    } else if (character === '"') {
      const [text, next] = readPhrase(query, at);
      tokens.push({ kind: 'phrase', text });
      at = next;
    } else if (character === '[' || character === '{') {
      const [range, next] = readRange(query, at);
      tokens.push(range);
      at = next;
    } else {
      const [word, next] = readWord(query, at);
      const operator = words[word.written];
      tokens.push(operator === undefined ? word : { kind: operator });
      at = next;
    }
  }
  return tokens;
}

/** The text between quotes, and the position after it. A backslash escapes the next character. */
function readPhrase(query: string, start: number): [text: string, next: number] {
  let text = '';
  for (let at = start + 1; at < query.length; at += 1) {
    const character = query.charAt(at);
    if (character === '"') return [text, at + 1];
    if (character === '\\' && at + 1 < query.length) at += 1;
    text += query.charAt(at);
  }
  throw queryError('a quoted phrase has no closing quote');
}

function readWord(query: string, start: number): [word: Word, next: number] {
  const parts = [''];
  let at = start;
  for (; at < query.length; at += 1) {
    const character = query.charAt(at);
    if (endsWord.test(character)) break;
    if (character === '*') {
      // Consecutive wildcards mean the same as one.
      if (parts.length === 1 || parts.at(-1) !== '') parts.push('');
      continue;
    }
    if (character === '\\') at += 1;
    if (at >= query.length) throw queryError('it ends in a backslash');
    parts[parts.length - 1] += query.charAt(at);
  }
  const written = query.slice(start, at);
  const sign = query.charAt(at);
  if (sign === '?') throw queryError('the wildcard ? is not supported');
  if (sign === '~') throw queryError('fuzzy and proximity searches (~) are not supported');
  if (sign === '^') throw queryError('boosting (^) is not supported');
  if (written === '') throw queryError(`unexpected ${quoted(sign)}`);
  if (/^\/.*\/$/s.test(written)) throw queryError('regular expressions are not supported');
  return [{ kind: 'word', parts, written }, at];
}

/** `[a TO b]`, `{a TO b}` and mixtures; an end may be quoted, and may hold colons, as times of day do. */
function readRange(query: string, start: number): [range: Token, next: number] {
  const ends: (string | undefined)[] = [];
  let at = start + 1;
  for (;;) {
    while (space.test(query.charAt(at))) at += 1;
    const character = query.charAt(at);
    if (character === '') throw queryError('a range has no end');
    if (character === ']' || character === '}') break;
    if (character === '"') {
      const [text, next] = readPhrase(query, at);
      ends.push(text);
      at = next;
      continue;
    }
    const written = /^(?:\\.|[^\s\]}"\\])+/s.exec(query.slice(at))?.[0] ?? '';
    if (written === '') throw queryError('a range has no end');
    ends.push(written === '*' ? undefined : written.replace(/\\(.)/gs, '$1'));
    at += written.length;
  }
  const [from, word, to] = ends;
  if (ends.length !== 3 || word !== 'TO') throw queryError('a range is written [min TO max]');
  return [
    {
      kind: 'range',
      from: { text: from, inclusive: query.charAt(start) === '[' },
      to: { text: to, inclusive: query.charAt(at) === ']' },
    },
    at + 1,
  ];
}

//! Object and list literals in the source of a configuration file, with their places. Runs no code.

/** A property of an object literal. `end` is behind its value; a comma may follow. */
export interface SourceProperty {
  readonly name: string;
  readonly start: number;
  readonly valueStart: number;
  readonly end: number;
}

/** An element of a list. */
export interface SourceElement {
  readonly start: number;
  readonly end: number;
}

const OPENING = '{[(';
const CLOSING = '}])';

/**
 * Finds the policy in the source of a configuration file: the first object literal with `applications` and `claim`.
 *
 * @returns the index of its opening brace
 */
export function findPolicyObject(source: string): number | undefined {
  for (let at = 0; at < source.length; at = nextToken(source, at)) {
    if (source[at] !== '{') continue;
    const names = propertiesOf(source, at).map(({ name }) => name);
    if (names.includes('applications') && names.includes('claim')) return at;
  }
  return undefined;
}

/**
 * Returns the properties of the object literal at a place that have a plain name and a value.
 *
 * @example propertiesOf("{ a: 1, 'b': [2] }", 0).map(({ name }) => name) // ['a', 'b']
 */
export function propertiesOf(source: string, open: number): SourceProperty[] {
  return partsOf(source, open).flatMap(({ start, end }) => {
    const match = /^(?:([A-Za-z_$][\w$]*)|'([^'\\\n]*)'|"([^"\\\n]*)")\s*:\s*/.exec(source.slice(start, end));
    if (match === null) return [];
    const [head, plain, single, double] = match;
    const valueStart = skipSpace(source, start + head.length);
    return [{ name: plain ?? single ?? double ?? '', start, valueStart, end }];
  });
}

/** Returns the elements of the list literal at a place. */
export function elementsOf(source: string, open: number): SourceElement[] {
  return partsOf(source, open);
}

/** Returns the index of the bracket that closes the one at a place; the length of the source if none does. */
export function closingOf(source: string, open: number): number {
  let depth = 0;
  for (let at = open; at < source.length; at = nextToken(source, at)) {
    const character = source[at] ?? '';
    if (OPENING.includes(character)) depth += 1;
    if (CLOSING.includes(character)) depth -= 1;
    if (depth === 0) return at;
  }
  return source.length;
}

/** The parts between the commas of a bracket, without the space and the comments around them. */
function partsOf(source: string, open: number): SourceElement[] {
  const close = closingOf(source, open);
  const parts: SourceElement[] = [];
  let start = skipSpace(source, open + 1);
  let end = start;
  for (let at = start; at < close; ) {
    const character = source[at] ?? '';
    if (character === ',') {
      if (end > start) parts.push({ start, end });
      start = skipSpace(source, at + 1);
      end = start;
      at = start;
      continue;
    }
    const next = OPENING.includes(character) ? closingOf(source, at) + 1 : nextToken(source, at);
    if (!isSpace(source, at)) end = next;
    at = next;
  }
  if (end > start) parts.push({ start, end });
  return parts;
}

/** Returns the index behind the string, template, comment or character at a place. */
function nextToken(source: string, at: number): number {
  const character = source[at] ?? '';
  if (source.startsWith('//', at)) return endAt(source.indexOf('\n', at), source);
  if (source.startsWith('/*', at)) return endAt(source.indexOf('*/', at + 2) + 1, source) + 1;
  if (character !== "'" && character !== '"' && character !== '`') return at + 1;
  for (let index = at + 1; index < source.length; index += 1) {
    if (source[index] === '\\') index += 1;
    else if (source[index] === character) return index + 1;
  }
  return source.length;
}

function isSpace(source: string, at: number): boolean {
  return /\s/.test(source[at] ?? '') || source.startsWith('//', at) || source.startsWith('/*', at);
}

function skipSpace(source: string, from: number): number {
  let at = from;
  while (at < source.length && isSpace(source, at)) at = nextToken(source, at);
  return at;
}

function endAt(index: number, source: string): number {
  return index <= 0 ? source.length : index;
}

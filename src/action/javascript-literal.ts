const LINE_WIDTH = 100;
const IDENTIFIER = /^[A-Za-z_$][\w$]*$/;
/** Controls, line ends and invisible characters: written as escapes, so that the reader sees the text that runs. */
const INVISIBLE = /[\p{Cc}\p{Cf}\p{Cs}\p{Zl}\p{Zp}]/gu;

export type Literal = string | number | boolean | readonly Literal[] | { readonly [key: string]: Literal | undefined };

/**
 * Writes a plain value as readable JavaScript that evaluates to an equal value: short lists on one
 * line, keys quoted only if necessary. Safe in any JavaScript, including a `<script>` element. A key
 * whose value is `undefined` is left out; `__proto__` is a key like any other.
 *
 * @example javascriptLiteral({ roles: ['a', 'b'] }) // "{\n  roles: ['a', 'b'],\n}"
 */
export function javascriptLiteral(value: Literal, indentation = ''): string {
  if (typeof value === 'string') return quoted(value);
  if (typeof value !== 'object') return String(value);
  const inner = `${indentation}  `;
  if (isList(value)) {
    const items = value.map((item) => javascriptLiteral(item, inner));
    const oneLine = `[${items.join(', ')}]`;
    const short = value.every((item) => typeof item !== 'object') && indentation.length + oneLine.length <= LINE_WIDTH;
    return short ? oneLine : `[\n${items.map((item) => `${inner}${item},\n`).join('')}${indentation}]`;
  }
  const fields = Object.entries(value).flatMap(([key, item]) =>
    item === undefined ? [] : [`${inner}${propertyName(key)}: ${javascriptLiteral(item, inner)},\n`],
  );
  return fields.length === 0 ? '{}' : `{\n${fields.join('')}${indentation}}`;
}

function isList(value: Literal): value is readonly Literal[] {
  return Array.isArray(value);
}

function propertyName(key: string): string {
  // Written plainly, `__proto__: …` would set the prototype instead of a field.
  if (key === '__proto__') return `['__proto__']`;
  return IDENTIFIER.test(key) ? key : quoted(key);
}

function quoted(text: string): string {
  const escaped = text
    .replace(/[\\']/g, '\\$&')
    .replace(/</g, '\\x3C')
    .replace(INVISIBLE, (character) =>
      Array.from(
        { length: character.length },
        (_, index) => `\\u${character.charCodeAt(index).toString(16).padStart(4, '0')}`,
      ).join(''),
    );
  return `'${escaped}'`;
}

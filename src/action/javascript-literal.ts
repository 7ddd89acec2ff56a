const LINE_WIDTH = 100;
const IDENTIFIER = /^[A-Za-z_$][\w$]*$/;
/** Controls, line ends and invisible characters: written as escapes, so that the reader sees the text that runs. */
const INVISIBLE = /[\p{Cc}\p{Cf}\p{Cs}\p{Zl}\p{Zp}]/gu;

export type Literal = string | number | boolean | readonly Literal[] | { readonly [key: string]: Literal | undefined };

/**
 * Writes a plain value as readable JavaScript that evaluates to an equal value: short lists on one
 * line, long lists of texts on filled lines, keys quoted only if necessary. Safe in any JavaScript, including a `<script>` element. A key
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
    const isPlain = value.every((item) => typeof item !== 'object');
    if (isPlain && indentation.length + oneLine.length <= LINE_WIDTH) return oneLine;
    return isPlain
      ? `[\n${filledLines(items, inner)}${indentation}]`
      : `[\n${items.map((item) => `${inner}${item},\n`).join('')}${indentation}]`;
  }
  const fields = Object.entries(value).flatMap(([key, item]) =>
    item === undefined ? [] : [`${inner}${propertyName(key)}: ${javascriptLiteral(item, inner)},\n`],
  );
  return fields.length === 0 ? '{}' : `{\n${fields.join('')}${indentation}}`;
}

/** As many items in a line as fit: a list of thousands of addresses stays short. */
function filledLines(items: readonly string[], indentation: string): string {
  const lines: string[] = [];
  for (const item of items) {
    const last = lines.at(-1);
    const longer = `${last} ${item},`;
    if (last !== undefined && longer.length <= LINE_WIDTH) lines[lines.length - 1] = longer;
    else lines.push(`${indentation}${item},`);
  }
  return lines.map((line) => `${line}\n`).join('');
}

function isList(value: Literal): value is readonly Literal[] {
  return Array.isArray(value);
}

/**
 * Writes the name of a property, with quotes only if they are needed.
 *
 * @example propertyName('work.department') // "'work.department'"
 */
export function propertyName(key: string): string {
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

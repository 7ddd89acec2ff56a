import type { Literal } from './javascript-literal.ts';

type Fields = { [key: string]: Literal };

/**
 * Reads the plain value at a place in JavaScript code, in the forms that `javascriptLiteral` writes and an editor may
 * have altered: texts in either quotes, numbers, true, false, lists, objects, comments between. Runs no code.
 *
 * @param start the index at which the value begins
 * @returns `undefined` if there is anything else
 * @example parseLiteral("x = { a: ['b'] };", 4) // { a: ['b'] }
 */
export function parseLiteral(code: string, start: number): Literal | undefined {
  try {
    return new LiteralParser(code, start).value(0);
  } catch (error) {
    if (error === NO_LITERAL) return undefined;
    throw error;
  }
}

/** Ends the parsing; never leaves this file. */
const NO_LITERAL = new Error('no literal');

const DEEPEST = 20;
const ESCAPES: Readonly<Record<string, string>> = { n: '\n', r: '\r', t: '\t', b: '\b', f: '\f', v: '\v', '0': '\0' };

class LiteralParser {
  readonly #code: string;
  #at: number;

  constructor(code: string, start: number) {
    this.#code = code;
    this.#at = start;
  }

  value(depth: number): Literal {
    if (depth > DEEPEST) throw NO_LITERAL;
    this.#skipSpace();
    const next = this.#code[this.#at];
    if (next === "'" || next === '"') return this.#text(next);
    if (next === '[') return this.#list(depth);
    if (next === '{') return this.#object(depth);
    const word = this.#match(/(?:true|false)\b/y);
    if (word !== undefined) return word === 'true';
    return Number(this.#match(/-?\d+(?:\.\d+)?(?![\w.])/y) ?? this.#fail());
  }

  #list(depth: number): Literal[] {
    const items: Literal[] = [];
    this.#at += 1;
    for (;;) {
      if (this.#take(']')) return items;
      items.push(this.value(depth + 1));
      if (!this.#take(',') && !this.#code.startsWith(']', this.#at)) this.#fail();
    }
  }

  #object(depth: number): Fields {
    // Without a prototype, so that `__proto__` is an ordinary name.
    const fields: Fields = Object.create(null);
    this.#at += 1;
    for (;;) {
      if (this.#take('}')) return fields;
      const name = this.#name();
      if (!this.#take(':')) this.#fail();
      fields[name] = this.value(depth + 1);
      if (!this.#take(',') && !this.#code.startsWith('}', this.#at)) this.#fail();
    }
  }

  #name(): string {
    const next = this.#code[this.#at];
    if (next === "'" || next === '"') return this.#text(next);
    if (next === '[') {
      const [name] = this.#list(0);
      return typeof name === 'string' ? name : this.#fail();
    }
    return this.#match(/[A-Za-z_$][\w$]*/y) ?? this.#fail();
  }

  #text(quote: string): string {
    let text = '';
    for (this.#at += 1; ; this.#at += 1) {
      const next = this.#code[this.#at];
      if (next === undefined || next === '\n' || next === '\r') this.#fail();
      else if (next === quote) break;
      else text += next === '\\' ? this.#escape() : next;
    }
    this.#at += 1;
    return text;
  }

  #escape(): string {
    const written = this.#match(/\\(?:x[0-9a-f]{2}|u[0-9a-f]{4}|u\{[0-9a-f]{1,6}\}|[^\nxu])/iy) ?? this.#fail();
    // The caller's loop steps over the last character.
    this.#at -= 1;
    const letter = written[1] ?? '';
    if (letter !== 'x' && letter !== 'u') return ESCAPES[letter] ?? letter;
    const point = Number.parseInt(written.slice(2).replace(/[{}]/g, ''), 16);
    return point <= 0x10_ff_ff ? String.fromCodePoint(point) : this.#fail();
  }

  #take(sign: string): boolean {
    this.#skipSpace();
    if (!this.#code.startsWith(sign, this.#at)) return false;
    this.#at += 1;
    this.#skipSpace();
    return true;
  }

  #skipSpace(): void {
    this.#match(/(?:\s|\/\/[^\n]*|\/\*[\s\S]*?\*\/)*/y);
  }

  #match(pattern: RegExp): string | undefined {
    pattern.lastIndex = this.#at;
    const [found] = pattern.exec(this.#code) ?? [];
    if (found !== undefined) this.#at += found.length;
    return found;
  }

  #fail(): never {
    throw NO_LITERAL;
  }
}

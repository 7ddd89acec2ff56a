/** A token of a SQL script. Comments, blanks and lines for SQL*Plus itself are skipped. */
export interface SqlToken {
  /** `slash_line`: a slash alone in its line, which ends a statement of SQL*Plus. `unclosed`: a string that never ends. */
  readonly kind: 'string' | 'word' | 'symbol' | 'slash_line' | 'unclosed';
  /** A string's value without its quotes; anything else as it is written. */
  readonly text: string;
  /** Counted from 1. */
  readonly line: number;
}

const PIECE =
  /(?<blank>[\s\uFEFF]+)|(?<comment>--[^\n]*|\/\*.*?(?:\*\/|$))|(?<quoted>[nN]?[qQ]'(?<open>\S))|(?<word>(?:"[^"\n]*"|[\p{L}_$#"0-9])(?:"[^"\n]*"|[\p{L}\p{N}_$#".:])*)|(?<symbol>=>|\|\||.)/suy;
/** Lines for SQL*Plus itself; they may contain a lone quote. */
const CLIENT_LINE = /[ \t]*(?:prompt|rem|remark)\b[^\n]*/iy;
const SLASH_LINE = /\/[ \t]*(?![^\n])/y;
const CLOSING: Readonly<Record<string, string>> = { '[': ']', '(': ')', '{': '}', '<': '>' };

/**
 * Splits a SQL script, exported or generated, into tokens, in linear time. It runs nothing. A
 * string that never ends is the last token, of the kind `unclosed`.
 *
 * @example [...sqlTokens("p_name=>'It''s'")].map(({ text }) => text) // ['p_name', '=>', "It's"]
 * @see Oracle Database PL/SQL Language Reference, Lexical Units
 */
export function* sqlTokens(sql: string): Generator<SqlToken> {
  let line = 1;
  let at = 0;
  let lineStart = true;
  while (at < sql.length) {
    if (lineStart) {
      lineStart = false;
      CLIENT_LINE.lastIndex = at;
      at += CLIENT_LINE.exec(sql)?.[0].length ?? 0;
      SLASH_LINE.lastIndex = at;
      const slash = SLASH_LINE.exec(sql)?.[0];
      if (slash === undefined) continue;
      yield { kind: 'slash_line', text: '/', line };
      at += slash.length;
      continue;
    }
    PIECE.lastIndex = at;
    const match = PIECE.exec(sql);
    if (match === null) return;
    let piece = match[0];
    const { blank, quoted, open, word, symbol } = match.groups ?? {};
    if (quoted !== undefined && open !== undefined) {
      const body = at + piece.length;
      const end = sql.indexOf(`${CLOSING[open] ?? open}'`, body);
      if (end < 0) return yield { kind: 'unclosed', text: sql.slice(body, body + 40), line };
      piece = sql.slice(at, end + 2);
      yield { kind: 'string', text: sql.slice(body, end), line };
    } else if (symbol === "'") {
      const end = closingQuote(sql, at + 1);
      if (end < 0) return yield { kind: 'unclosed', text: sql.slice(at, at + 40), line };
      piece = sql.slice(at, end + 1);
      yield { kind: 'string', text: piece.slice(1, -1).replaceAll("''", "'"), line };
    } else if (word !== undefined) yield { kind: 'word', text: word, line };
    else if (symbol !== undefined) yield { kind: 'symbol', text: symbol, line };
    lineStart = blank?.includes('\n') ?? false;
    line += newlines(piece);
    at += piece.length;
    // The pattern may have consumed blanks behind a line's end: look from the line's first character on.
    if (lineStart) at -= piece.length - 1 - piece.lastIndexOf('\n');
  }
}

/** Searches by hand: a pattern with alternatives would keep a backtracking state for every character of a long text. */
function closingQuote(sql: string, from: number): number {
  let end = sql.indexOf("'", from);
  while (end >= 0 && sql[end + 1] === "'") end = sql.indexOf("'", end + 2);
  return end;
}

function newlines(text: string): number {
  let count = 0;
  for (let at = text.indexOf('\n'); at >= 0; at = text.indexOf('\n', at + 1)) count += 1;
  return count;
}

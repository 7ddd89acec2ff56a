//! A light reader of SQL scripts: enough to see whether a literal or a block was broken out of. It compiles nothing.

export interface SqlToken {
  readonly kind: 'literal' | 'comment' | 'word' | 'symbol' | 'slash_line';
  readonly text: string;
  readonly line: number;
}

/** What is wrong, one sentence each; empty where nothing is. */
export function sqlFaults(script: string): readonly string[] {
  const faults: string[] = [];
  let tokens: readonly SqlToken[];
  try {
    tokens = sqlTokens(script);
  } catch (error) {
    return [error instanceof Error ? error.message : String(error)];
  }
  if (/[^\n\x20-\x7e]/.test(script)) faults.push('A character is not printable ASCII.');
  faults.push(...ampersandFaults(script));
  for (const [index, line] of script.split('\n').entries()) {
    if (line.length > 2400) faults.push(`Line ${index + 1} is longer than SQL*Plus takes.`);
  }
  for (const { kind, text, line } of tokens) {
    if (kind === 'literal' && text.length > 4000)
      faults.push(`The literal in line ${line} is longer than 4,000 bytes.`);
  }
  faults.push(...blockFaults(tokens));
  return faults;
}

/** @throws {Error} where a literal or a comment does not end */
export function sqlTokens(script: string): readonly SqlToken[] {
  const tokens: SqlToken[] = [];
  const pattern =
    /(?<comment>--[^\n]*|\/\*[\s\S]*?\*\/)|(?<literal>[qQ]'\[[\s\S]*?\]'|'(?:[^']|'')*')|(?<slash>^\/[ \t]*$)|(?<word>"[^"\n]*"|[A-Za-z_][\w$#]*|\d+)|(?<symbol>[^\s])/gmu;
  let line = 1;
  let read = 0;
  for (const match of script.matchAll(pattern)) {
    const { comment, literal, slash, word, symbol } = match.groups ?? {};
    line += script.slice(read, match.index).split('\n').length - 1;
    read = match.index;
    if (symbol === "'") throw new Error(`A literal that begins in line ${line} does not end.`);
    const text = match[0];
    if (comment !== undefined) tokens.push({ kind: 'comment', text, line });
    else if (literal !== undefined) tokens.push({ kind: 'literal', text, line });
    else if (slash !== undefined) tokens.push({ kind: 'slash_line', text, line });
    else if (word !== undefined) tokens.push({ kind: 'word', text: text.toLowerCase(), line });
    else tokens.push({ kind: 'symbol', text, line });
  }
  return tokens;
}

/** With substitution on, which it is until it is switched off, `&` may only ask for a variable that was accepted. */
function ampersandFaults(script: string): string[] {
  const faults: string[] = [];
  const accepted = new Set<string>();
  let on = true;
  for (const [index, line] of script.split('\n').entries()) {
    if (/^set\b.*\bdefine off\b/.test(line)) on = false;
    if (/^set\b.*\bdefine on\b/.test(line)) on = true;
    const variable = /^accept (\w+)/.exec(line)?.[1];
    if (variable !== undefined) accepted.add(variable);
    if (!on) continue;
    for (const [, name = ''] of line.matchAll(/&(\w*\.?)/g)) {
      if (!name.endsWith('.') || !accepted.has(name.slice(0, -1)))
        faults.push(`Line ${index + 1} has a bare ampersand.`);
    }
  }
  return faults;
}

const CLOSERS: Readonly<Record<string, string>> = { if: 'if', loop: 'loop', case: 'case' };

function blockFaults(tokens: readonly SqlToken[]): string[] {
  const faults: string[] = [];
  const open: string[] = [];
  let parentheses = 0;
  const code = tokens.filter(({ kind }) => kind !== 'comment');
  for (const [index, { kind, text, line }] of code.entries()) {
    if (kind === 'slash_line') {
      if (open.length > 0 || parentheses !== 0) faults.push(`The statement that ends in line ${line} is not balanced.`);
      open.length = 0;
      parentheses = 0;
      continue;
    }
    if (kind === 'symbol') {
      if (text === '(') parentheses += 1;
      if (text === ')') parentheses -= 1;
      if (parentheses < 0) faults.push(`Line ${line} closes a parenthesis that is not open.`);
    }
    if (kind !== 'word') continue;
    const before = code[index - 1];
    const afterEnd = before?.kind === 'word' && before.text === 'end';
    const next = code[index + 1]?.text;
    if (text === 'end') {
      const opened = open.pop();
      if (opened === undefined) faults.push(`Line ${line} ends a block that was not begun.`);
      else if (CLOSERS[opened] !== undefined && opened !== 'case' && next !== CLOSERS[opened]) {
        faults.push(`Line ${line} ends "${opened}" with something else.`);
      }
      continue;
    }
    if (afterEnd) continue;
    if (text === 'if' || text === 'loop' || text === 'case') open.push(text);
    else if (text === 'begin') open.push('begin');
    else if (text === 'package' && before?.text !== 'drop') open.push(next === 'body' ? 'package body' : 'package');
  }
  if (open.length > 0 || parentheses !== 0) faults.push('The last statement is not balanced.');
  return faults;
}

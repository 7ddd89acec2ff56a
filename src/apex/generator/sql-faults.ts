//! Checks of a generated script that detect a text which broke out of its literal or its block. They do not compile it.
import { type SqlToken, sqlTokens } from '../sql-tokens.ts';

/** Returns the faults, one sentence each; empty if there are none. */
export function sqlFaults(script: string): readonly string[] {
  const faults: string[] = [];
  const tokens = [...sqlTokens(script)];
  const last = tokens.at(-1);
  if (last?.kind === 'unclosed') return [`A literal that begins in line ${last.line} does not end.`];
  if (/[^\n\x20-\x7e]/.test(script)) faults.push('A character is not printable ASCII.');
  faults.push(...ampersandFaults(script));
  for (const [index, line] of script.split('\n').entries()) {
    if (line.length > 2400) faults.push(`Line ${index + 1} is longer than SQL*Plus takes.`);
  }
  for (const { kind, text, line } of tokens) {
    if (kind === 'string' && text.length > 4000) faults.push(`The literal in line ${line} is longer than 4,000 bytes.`);
  }
  faults.push(...blockFaults(tokens));
  return faults;
}

/** SQL*Plus starts with substitution on; until it is switched off, `&` may only refer to an accepted variable. */
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
  const wordAt = (index: number) => {
    const token = tokens[index];
    return token?.kind === 'word' ? token.text.toLowerCase() : undefined;
  };
  for (const [index, { kind, text, line }] of tokens.entries()) {
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
    const word = wordAt(index);
    const before = wordAt(index - 1);
    const next = wordAt(index + 1);
    if (word === 'end') {
      const opened = open.pop();
      if (opened === undefined) faults.push(`Line ${line} ends a block that was not begun.`);
      else if (CLOSERS[opened] !== undefined && opened !== 'case' && next !== CLOSERS[opened]) {
        faults.push(`Line ${line} ends "${opened}" with something else.`);
      }
      continue;
    }
    if (before === 'end') continue;
    if (word === 'if' || word === 'loop' || word === 'case') open.push(word);
    else if (word === 'begin') open.push('begin');
    else if (word === 'package' && before !== 'drop') open.push(next === 'body' ? 'package body' : 'package');
  }
  if (open.length > 0 || parentheses !== 0) faults.push('The last statement is not balanced.');
  return faults;
}

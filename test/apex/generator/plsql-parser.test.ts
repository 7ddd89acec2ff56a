// Every generated SQL file, read by a third-party PL/SQL grammar. It knows no package and no type: it checks whether the text is
// PL/SQL, not whether it compiles.
import { getParserFromInput } from '@griffithswaite/ts-plsql-parser';
import { describe, expect, it } from 'vitest';
import { generateApex } from '../../../src/apex/generator/generate.ts';
import { input } from './example-input.ts';

/** Commands of SQL*Plus, which begin a line and are not SQL. */
const SQLPLUS = /^(?:set|prompt|whenever|accept|undefine|define|exit)\b/i;

/** Valid text that the grammar rejects, each rewritten to something of the same shape that it accepts. */
const FALSE_ALARMS = [
  // To the grammar `decode` is always the SQL function, even as the name of a function in a package.
  { what: /\bapex_jwt\.decode\(/g, instead: 'apex_jwt.decode_token(' },
  // It is older than 23ai and its MLE call specifications.
  { what: /\bas mle module \w+\s+signature '[^']*';/g, instead: 'as language c name "decide" library lib;' },
] as const;

/** The values of antlr4's `PredictionMode`: TypeScript finds no types in the package. */
const SLL = 0;
const LL = 1;

interface InheritedParser {
  removeErrorListeners(): void;
  addErrorListener(listener: {
    syntaxError(recognizer: unknown, symbol: unknown, line: number, column: number, message: string): void;
    reportAmbiguity(): void;
    reportAttemptingFullContext(): void;
    reportContextSensitivity(): void;
  }): void;
  sql_script(): unknown;
  readonly _interp: { predictionMode: number };
}

interface Unit {
  readonly line: number;
  readonly text: string;
}

/** The parts between lines with nothing but a slash. */
function unitsOf(sql: string): Unit[] {
  const units: Unit[] = [];
  let lines: string[] = [];
  let line = 1;
  for (const [index, text] of `${sql}\n/`.split('\n').entries()) {
    if (text !== '/') {
      lines.push(SQLPLUS.test(text) ? '' : text);
      continue;
    }
    units.push({ line, text: lines.join('\n') });
    lines = [];
    line = index + 2;
  }
  return units.filter(({ text }) => text.replace(/^\s*--.*$/gm, '').trim() !== '');
}

function faultsOf(sql: string): string[] {
  return unitsOf(sql).flatMap(({ line: first, text }) => {
    // The module itself is JavaScript.
    if (/^create or replace mle module/m.test(text)) return [];
    const known = FALSE_ALARMS.reduce((all, { what, instead }) => all.replace(what, instead), text);
    // Text that SLL accepts, LL accepts too: https://www.antlr.org/papers/allstar-techreport.pdf, section 3.1.
    const quick = faultsIn(known, first, SLL);
    return quick.length === 0 ? [] : faultsIn(known, first, LL);
  });
}

/** Returns syntax errors of one unit that begins at a line of its file, found in one of the parser's two prediction modes. */
function faultsIn(unit: string, first: number, predictionMode: number): string[] {
  // The types of the package leave out what its parser inherits.
  const parser = getParserFromInput(unit) as unknown as InheritedParser;
  const faults: string[] = [];
  parser._interp.predictionMode = predictionMode;
  parser.removeErrorListeners();
  parser.addErrorListener({
    syntaxError: (_recognizer, _symbol, line, column, message) =>
      void faults.push(`${first + line - 1}:${column} ${message}`),
    reportAmbiguity: () => undefined,
    reportAttemptingFullContext: () => undefined,
    reportContextSensitivity: () => undefined,
  });
  parser.sql_script();
  return faults;
}

describe('a third-party PL/SQL grammar', { timeout: 900_000 }, () => {
  it('accepts every file, in every form', async () => {
    const forms = [
      ['22.1', 'action'],
      ['24.2', 'plsql'],
      ['26.2', 'mle'],
    ] as const;
    const contents = new Map<string, string>();
    for (const [version, decider] of forms) {
      const { files } = await generateApex({
        ...input,
        version,
        decider,
        scheme: 'it\'s & "ours"',
        application: 'Äpp%',
      });
      for (const { path, content } of files) if (path.endsWith('.sql')) contents.set(content, `${path} for ${version}`);
    }
    expect(contents.size).toBeGreaterThan(10);
    for (const [content, path] of contents) expect(faultsOf(content), path).toEqual([]);
  });

  it('finds a fault and its place', () => {
    const sql = 'set define off\ncreate or replace procedure p is\nbegin\n  if true then null; end fi;\nend p;\n/\n';
    const faults = faultsOf(sql);
    expect(faults.length).toBeGreaterThan(0);
    expect(faults[0]).toMatch(/^4:/);
  });
});

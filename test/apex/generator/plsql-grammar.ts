// A third-party PL/SQL grammar. It knows no package and no type: it checks whether a text is PL/SQL, not whether it compiles.
import { createHash } from 'node:crypto';

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

/** A part of a SQL file between lines with nothing but a slash. */
export interface SqlUnit {
  /** The name of its file, and its first line that is no comment. */
  readonly name: string;
  /** The line of the file with which it begins. */
  readonly line: number;
  /** Exactly what the grammar reads. */
  readonly text: string;
  /** The SHA-256 of `text`. */
  readonly hash: string;
}

/** The units of a file that the grammar can read. JavaScript modules are left out. */
export function unitsOf(path: string, sql: string): SqlUnit[] {
  const units: SqlUnit[] = [];
  let lines: string[] = [];
  let line = 1;
  for (const [index, text] of `${sql}\n/`.split('\n').entries()) {
    if (text !== '/') {
      lines.push(SQLPLUS.test(text) ? '' : text);
      continue;
    }
    const unit = unitOf(path, line, lines.join('\n'));
    if (unit !== undefined) units.push(unit);
    lines = [];
    line = index + 2;
  }
  return units;
}

function unitOf(path: string, line: number, sql: string): SqlUnit | undefined {
  const first = sql.split('\n').find((one) => !/^\s*(?:--|$)/.test(one));
  if (first === undefined || /^create or replace mle module/m.test(sql)) return undefined;
  const text = FALSE_ALARMS.reduce((all, { what, instead }) => all.replace(what, instead), sql);
  const hash = createHash('sha256').update(text).digest('hex');
  return { name: `${path}: ${first.trim()}`, line, text, hash };
}

/** Returns the syntax errors of a unit, each with its place in the file. The first call in a process loads the grammar. */
export async function syntaxErrors(unit: SqlUnit): Promise<string[]> {
  // Text that SLL accepts, LL accepts too: https://www.antlr.org/papers/allstar-techreport.pdf, section 3.1.
  const quick = await errorsIn(unit, SLL);
  return quick.length === 0 ? [] : errorsIn(unit, LL);
}

/** Returns the syntax errors of a unit in one of the parser's two prediction modes. */
async function errorsIn({ text, line: first }: SqlUnit, predictionMode: number): Promise<string[]> {
  const { getParserFromInput } = await import('@griffithswaite/ts-plsql-parser');
  // The types of the package leave out what its parser inherits.
  const parser = getParserFromInput(text) as unknown as InheritedParser;
  const errors: string[] = [];
  parser._interp.predictionMode = predictionMode;
  parser.removeErrorListeners();
  parser.addErrorListener({
    syntaxError: (_recognizer, _symbol, line, column, message) =>
      void errors.push(`${first + line - 1}:${column} ${message}`),
    reportAmbiguity: () => undefined,
    reportAttemptingFullContext: () => undefined,
    reportContextSensitivity: () => undefined,
  });
  parser.sql_script();
  return errors;
}

import { exitStatusOf } from '../problem/catalogue.ts';
import type { Mistake } from '../problem/mistake.ts';
import { Problem } from '../problem/problem.ts';
import { type Colours, coloursFor } from './colours.ts';
import { EXIT_STATUS, type ExitStatus } from './exit-status.ts';
import { printable } from './printable.ts';
import type { Terminal } from './terminal.ts';

const LONGEST_SURPRISE = 500;

/** What `--json` prints of an error. */
export interface JsonError {
  readonly code: string;
  readonly message: string;
  readonly remedy: string;
  readonly file?: string;
  readonly line?: number;
  readonly mistakes?: readonly Mistake[];
}

/**
 * Prints why a command failed: for a person, and with `json` for a program as well.
 *
 * @returns the exit status of a command that ends with it
 * @example
 * return reportError(error, terminal, { json: options.json });
 */
export function reportError(
  error: unknown,
  terminal: Terminal,
  { json }: { readonly json?: boolean | undefined } = {},
): ExitStatus {
  const { stdout, stderr, environment } = terminal;
  if (json) stdout.write(`${JSON.stringify({ error: errorAsJson(error) })}\n`);
  stderr.write(describeError(error, coloursFor(terminal, stderr), environment));
  return exitStatusOf(asProblem(error).code);
}

/**
 * The problem that an error is; an unexpected error is one of Portcullis itself.
 *
 * @example asProblem(new TypeError('x is not a function')).code // 'internal_error'
 */
export function asProblem(error: unknown): Problem {
  if (error instanceof Problem) return error;
  const message = (error instanceof Error ? error.message : String(error)).slice(0, LONGEST_SURPRISE);
  return new Problem('internal_error', `Something went wrong that Portcullis did not foresee: ${message}`, undefined, {
    cause: error,
  });
}

/**
 * The text of an error for a person: what happened, its stable code, and what to do next. `PORTCULLIS_DEBUG=1` adds the stack
 * trace.
 *
 * @example
 * terminal.stderr.write(describeError(error, colours, terminal.environment));
 */
export function describeError(error: unknown, colours: Colours, environment: Terminal['environment']): string {
  const { code, message, remedy } = asProblem(error);
  const trace =
    environment.PORTCULLIS_DEBUG && error instanceof Error && error.stack !== undefined ? `\n${error.stack}\n` : '';
  // The code stands behind the first line: the others may be commands to copy.
  const [happened = '', ...details] = message.split('\n').map(printable);
  const lines = [`${happened} ${colours.dim(`[${code}]`)}`, ...details, printable(remedy)].join('\n  ');
  // The user who interrupts a command has made no error.
  const label = exitStatusOf(code) === EXIT_STATUS.interrupted ? '\n ' : colours.red('error');
  return `${label} ${lines}\n${trace}`;
}

/** The same for a program. */
export function errorAsJson(error: unknown): JsonError {
  const { code, message, remedy, file, line, mistakes } = asProblem(error);
  return {
    code,
    message,
    remedy,
    ...(file === undefined ? {} : { file }),
    ...(line === undefined ? {} : { line }),
    ...(mistakes.length === 0 ? {} : { mistakes }),
  };
}

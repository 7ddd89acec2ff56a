import { exitStatusOf } from '../problem/catalogue.ts';
import type { Mistake } from '../problem/mistake.ts';
import { Problem } from '../problem/problem.ts';
import { type Colours, coloursFor } from './colours.ts';
import { EXIT_STATUS, type ExitStatus } from './exit-status.ts';
import { printable } from './printable.ts';
import type { Terminal } from './terminal.ts';

const MAX_MESSAGE_LENGTH = 500;

/** The JSON output for an error. */
export interface JsonError {
  readonly code: string;
  readonly message: string;
  readonly remedy: string;
  readonly file?: string;
  readonly line?: number;
  readonly mistakes?: readonly Mistake[];
}

/**
 * Prints why a command failed: as text, and with `json` as JSON as well.
 *
 * @returns the exit status of the failed command
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
 * Returns the problem for an error. An unexpected error becomes a problem of Portcullis itself.
 *
 * @example asProblem(new TypeError('x is not a function')).code // 'internal_error'
 */
export function asProblem(error: unknown): Problem {
  if (error instanceof Problem) return error;
  const message = (error instanceof Error ? error.message : String(error)).slice(0, MAX_MESSAGE_LENGTH);
  return new Problem('internal_error', `An unexpected error happened in Portcullis: ${message}`, undefined, {
    cause: error,
  });
}

/**
 * Describes an error for the terminal: what happened, its stable code, and what to do next. `PORTCULLIS_DEBUG=1` adds the
 * stack trace.
 *
 * @example
 * terminal.stderr.write(describeError(error, colours, terminal.environment));
 */
export function describeError(error: unknown, colours: Colours, environment: Terminal['environment']): string {
  const { code, message, remedy } = asProblem(error);
  const trace =
    environment.PORTCULLIS_DEBUG && error instanceof Error && error.stack !== undefined ? `\n${error.stack}\n` : '';
  // The code follows the first line, since the other lines may be commands to copy.
  const [happened = '', ...details] = message.split('\n').map(printable);
  const lines = [`${happened} ${colours.dim(`[${code}]`)}`, ...details, printable(remedy)].join('\n  ');
  // A command that the user interrupts has no error.
  const label = exitStatusOf(code) === EXIT_STATUS.interrupted ? '\n ' : colours.red('error');
  return `${label} ${lines}\n${trace}`;
}

/** Describes an error as JSON. */
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

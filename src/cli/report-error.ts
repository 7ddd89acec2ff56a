import { type Colours, coloursFor } from './colours.ts';
import { printable } from './printable.ts';
import type { Terminal } from './terminal.ts';

/** An error that says what a person can do about it. */
interface Remediable extends Error {
  readonly code: string;
  readonly remedy?: string;
}

/**
 * Prints why a command failed: for a person, and with `json` for a program as well.
 *
 * @example
 * reportError(error, terminal, { json: options.json });
 */
export function reportError(
  error: unknown,
  terminal: Terminal,
  { json }: { readonly json?: boolean | undefined } = {},
): void {
  const { stdout, stderr, environment } = terminal;
  if (json) stdout.write(`${JSON.stringify(errorAsJson(error))}\n`);
  stderr.write(describeError(error, coloursFor(terminal, stderr), environment));
}

/**
 * What a person reads when a command fails: what happened, its stable code, and what to do next. A stack trace is for
 * those who ask for one with `PORTCULLIS_DEBUG=1`.
 *
 * @example
 * terminal.stderr.write(describeError(error, colours, terminal.environment));
 */
export function describeError(error: unknown, colours: Colours, environment: Terminal['environment']): string {
  const debug = environment.PORTCULLIS_DEBUG !== undefined && environment.PORTCULLIS_DEBUG !== '';
  const trace = debug && error instanceof Error && error.stack !== undefined ? `\n${error.stack}\n` : '';
  if (isRemediable(error)) {
    // The code stands behind the first line: the others may be commands to copy.
    const [happened = '', ...details] = error.message.split('\n').map(printable);
    const lines = [`${happened} ${colours.dim(`[${error.code}]`)}`, ...details].join('\n  ');
    const remedy = error.remedy === undefined ? '' : `\n  ${printable(error.remedy)}`;
    return `${colours.red('error')} ${lines}${remedy}\n${trace}`;
  }
  const message = printable(error instanceof Error ? error.message : String(error)).slice(0, 500);
  return (
    `${colours.red('error')} Something went wrong that Portcullis did not foresee: ${message} ${colours.dim('[unexpected]')}\n` +
    `  Run it again with PORTCULLIS_DEBUG=1 to see where, and report it with what it prints.\n${trace}`
  );
}

/** The same for a program: one JSON object. */
export function errorAsJson(error: unknown): { error: { code: string; message: string; remedy?: string } } {
  if (isRemediable(error)) {
    return {
      error: {
        code: error.code,
        message: error.message,
        ...(error.remedy === undefined ? {} : { remedy: error.remedy }),
      },
    };
  }
  return { error: { code: 'unexpected', message: error instanceof Error ? error.message : String(error) } };
}

/** Ours have codes in small letters; those of the system (`ENOENT`) say nothing to a person. */
function isRemediable(error: unknown): error is Remediable {
  return error instanceof Error && 'code' in error && typeof error.code === 'string' && /^[a-z_]+$/.test(error.code);
}

import type { Writable } from 'node:stream';
import { CommanderError } from 'commander';
import { Problem } from '../problem/problem.ts';
import { EXIT_STATUS, type ExitStatus } from './exit-status.ts';
import { portcullisProgram } from './program.ts';
import { reportError } from './report-error.ts';
import type { Terminal } from './terminal.ts';

/**
 * Runs the command line in any process: everything that it reads and prints goes through the terminal.
 *
 * @param args the arguments after `portcullis`
 * @returns the exit status, after all output is written
 * @example
 * process.exitCode = await main(['dev', '--once'], processTerminal());
 */
export async function main(args: readonly string[], terminal: Terminal): Promise<number> {
  let status: number = EXIT_STATUS.ok;
  let unwritable = false;
  terminal.stdout.on('error', (error: NodeJS.ErrnoException) => {
    // A reader may stop reading (`| head`): that is not a mistake, and no reader is left to report it to.
    if (error.code === 'EPIPE') return;
    unwritable = true;
    reportUnwritable(error, terminal);
  });
  const program = portcullisProgram(terminal, (load) => async (...typed) => {
    const handler = await load();
    // Commander appends the command itself, which no handler takes.
    status = await handler(...(typed.slice(0, -1) as unknown as typeof typed), terminal);
  });
  try {
    await program.parseAsync(args, { from: 'user' });
  } catch (error) {
    status = statusOf(error, args, terminal);
  }
  await Promise.all([written(terminal.stdout), written(terminal.stderr)]);
  // A script must not take incomplete output as complete.
  return unwritable ? EXIT_STATUS.failed : status;
}

function statusOf(error: unknown, args: readonly string[], terminal: Terminal): ExitStatus {
  // Help and the version need no further report.
  if (error instanceof CommanderError) return error.exitCode === 0 ? EXIT_STATUS.ok : EXIT_STATUS.failed;
  return reportError(error, terminal, { json: args.includes('--json') });
}

function reportUnwritable(error: NodeJS.ErrnoException, terminal: Terminal): void {
  const failure = new Problem(
    'output_unwritable',
    `The output could not be written: ${error.code ?? error.message}.`,
    undefined,
    { cause: error },
  );
  reportError(failure, terminal);
}

/** Waits until all previous output is written or has failed. */
function written(stream: Writable): Promise<void> {
  return new Promise((resolve) => {
    stream.write('', () => resolve());
  });
}

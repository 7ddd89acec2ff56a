import type { Writable } from 'node:stream';
import { CommanderError } from 'commander';
import { Problem } from '../problem/problem.ts';
import { EXIT_STATUS, type ExitStatus } from './exit-status.ts';
import { portcullisProgram } from './program.ts';
import { reportError } from './report-error.ts';
import type { Terminal } from './terminal.ts';

/**
 * The command line, in any process: everything that it reads and prints goes through the terminal.
 *
 * @param args what was typed behind `portcullis`
 * @returns the exit status, once all that was printed is written
 * @example
 * process.exitCode = await main(['dev', '--once'], processTerminal());
 */
export async function main(args: readonly string[], terminal: Terminal): Promise<ExitStatus> {
  let status: ExitStatus = EXIT_STATUS.ok;
  let unwritable = false;
  terminal.stdout.on('error', (error: NodeJS.ErrnoException) => {
    // A reader may stop reading (`| head`): that is no mistake, and there is nobody to report it to.
    if (error.code === 'EPIPE') return;
    unwritable = true;
    reportUnwritable(error, terminal);
  });
  const program = portcullisProgram(terminal, (load) => async (...typed) => {
    const handler = await load();
    // Commander adds the command itself, which no handler takes.
    status = await handler(...(typed.slice(0, -1) as unknown as typeof typed), terminal);
  });
  try {
    await program.parseAsync(args, { from: 'user' });
  } catch (error) {
    status = statusOf(error, args, terminal);
  }
  await written(terminal.stdout);
  // A script must not take what was written for all of it.
  return unwritable ? EXIT_STATUS.failed : status;
}

function statusOf(error: unknown, args: readonly string[], terminal: Terminal): ExitStatus {
  // Help and the version are all that there was to say.
  if (error instanceof CommanderError) return error.exitCode === 0 ? EXIT_STATUS.ok : EXIT_STATUS.failed;
  return reportError(error, terminal, { json: args.includes('--json') });
}

function reportUnwritable(error: NodeJS.ErrnoException, terminal: Terminal): void {
  const failure = new Problem(
    'output_unwritable',
    `What was to be printed could not be written: ${error.code ?? error.message}.`,
    undefined,
    { cause: error },
  );
  reportError(failure, terminal);
}

/** Waits until everything before is written, or could not be. */
function written(stream: Writable): Promise<void> {
  return new Promise((resolve) => {
    stream.write('', () => resolve());
  });
}

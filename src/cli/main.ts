import { CommanderError } from 'commander';
import { Cancelled } from './cancelled.ts';
import { CliError } from './cli-error.ts';
import { EXIT_STATUS } from './exit-status.ts';
import { portcullisProgram } from './program.ts';
import { describeError, errorAsJson } from './report-error.ts';
import { coloursFor } from './terminal.ts';

/**
 * The command line. Sets the process's exit status and leaves the process to end by itself, so that nothing that is
 * still being written is cut off.
 *
 * @param args what was typed behind `portcullis`
 * @example
 * await main(['dev', '--once']);
 */
export async function main(args: readonly string[]): Promise<void> {
  // Whoever reads may stop reading (`| head`): that is no mistake, and there is nobody to tell.
  process.stdout.on('error', (error: NodeJS.ErrnoException) => {
    if (error.code !== 'EPIPE') unwritable(error);
  });
  const program = portcullisProgram();
  try {
    await program.parseAsync(args, { from: 'user' });
  } catch (error) {
    if (error instanceof CommanderError) {
      // Help and the version are all that there was to say.
      process.exitCode = error.exitCode === 0 ? EXIT_STATUS.ok : EXIT_STATUS.failed;
      return;
    }
    if (error instanceof Cancelled) {
      process.stderr.write('\n  Nothing has been done.\n');
      process.exitCode = error.exitStatus;
      return;
    }
    if (args.includes('--json')) process.stdout.write(`${JSON.stringify(errorAsJson(error))}\n`);
    process.stderr.write(describeError(error, coloursFor(process.stderr)));
    process.exitCode = EXIT_STATUS.failed;
  }
}

/** What was printed is not where it was sent: a script must not take what is there for all of it. */
function unwritable(error: NodeJS.ErrnoException): void {
  const failure = new CliError(
    'output_unwritable',
    `What was to be printed could not be written: ${error.code ?? error.message}.`,
    'Make room, or send it elsewhere, and run it again.',
    { cause: error },
  );
  process.stderr.write(describeError(failure, coloursFor(process.stderr)));
  process.exitCode = EXIT_STATUS.failed;
  // Whatever the command says of itself afterwards does not count.
  process.once('exit', () => {
    process.exitCode = EXIT_STATUS.failed;
  });
}

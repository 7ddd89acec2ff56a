import { Command } from 'commander';
import type { RunHandler } from './command-handler.ts';
import { collectText, parseCount } from './option-parsers.ts';

/** `portcullis rollback`: deploys an earlier version of the gate again. */
export function rollbackCommand(run: RunHandler): Command {
  return new Command('rollback')
    .summary('run an earlier version of the gate again')
    .description(
      'Deploys the version of the Action that ran before, or the version with the given number. The switch happens in one step. ' +
        'Running it twice restores the first state. The configuration is not changed: the next apply deploys it again.',
    )
    .option('--list', 'list the versions on the tenant with the policy of each, and change nothing')
    .option('--to <n>', 'the number of the version', parseCount)
    .option('--config <file>', 'the configuration; portcullis.config.ts of this folder, if it is there, unless given')
    .option('--yes', 'do not ask')
    .option('--take-over', 'take over the tenant’s lock from another apply that was killed')
    .option(
      '--unguard <id>',
      'the client id of an application that may lose its gate; may be repeated',
      collectText,
      [],
    )
    .option('--json', 'print JSON')
    .addHelpText('after', HELP)
    .action(run(async () => (await import('./deployment/run-rollback.ts')).runRollback));
}

const HELP = `
Examples:
  $ portcullis rollback --list
  $ portcullis rollback            the version that ran before
  $ portcullis rollback --to 3 --yes

Exit status:
  0  that version runs
  2  it could not be done; the message says why and what to do
  4  the answer to the question was not yes; nothing has been done`;

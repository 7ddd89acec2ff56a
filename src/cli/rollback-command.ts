import { Command } from 'commander';
import type { RunHandler } from './command-handler.ts';
import { collectText, parseCount } from './option-parsers.ts';

/** `portcullis rollback`: an earlier version of the gate runs again. */
export function rollbackCommand(run: RunHandler): Command {
  return new Command('rollback')
    .summary('let an earlier version of the gate run again')
    .description(
      'Deploys the version of the Action that ran before, or the one of a number. The version that runs changes in one step. ' +
        'Run twice, it is where it was. The configuration is left as it is: the next apply puts it there again.',
    )
    .option('--list', 'list the versions that the tenant has kept, with the policy of each, and do nothing')
    .option('--to <n>', 'the number of the version', parseCount)
    .option('--config <file>', 'the configuration; portcullis.config.ts of this folder, if it is there, unless given')
    .option('--yes', 'do not ask')
    .option('--take-over', 'take the tenant from another apply that was killed')
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
  4  the question was not answered with yes; nothing has been done`;

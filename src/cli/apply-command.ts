import { Command, Option } from 'commander';
import type { RunHandler } from './command-handler.ts';
import { collectText } from './option-parsers.ts';

/** `portcullis apply`: changes the tenant to what the configuration says. */
export function applyCommand(run: RunHandler): Command {
  return new Command('apply')
    .summary('put the policy on the tenant')
    .description(
      'Shows the plan, asks, and applies it: first what the Action needs, then the Action, and last its place in the login flow. ' +
        'The gate is never open and never broken in between. If it is stopped or killed at any point, it can be run again.',
    )
    .option('--config <file>', 'the configuration; portcullis.config.ts of this folder unless given')
    .option('--adopt', 'take over an Action or application with Portcullis’s name that Portcullis did not create')
    .addOption(
      new Option('--plan <file>', 'apply exactly this saved plan; refused if the tenant has changed since').conflicts([
        'config',
        'adopt',
        'impact',
        'csv',
      ]),
    )
    .option('--yes', 'do not ask')
    .option(
      '--unguard <id>',
      'the client id of an application that may lose its gate, or the id of a role that may be replaced by another; may be repeated',
      collectText,
      [],
    )
    .option('--take-over', 'take over the tenant’s lock from another apply that was killed')
    .option(
      '--impact',
      'also show which users it affects; on a terminal this is the default if it changes who is let in',
    )
    .option('--no-impact', 'do not read the tenant’s users')
    .option('--csv <file>', 'write all affected users into this file before anything is changed')
    .option('--people', 'name users in full even if the output is not a terminal')
    .option('--fresh', 'read the users again, even if an interrupted run has read some')
    .option('--json', 'print JSON when it is done')
    .addHelpText('after', HELP)
    .action(run(async () => (await import('./deployment/run-apply.ts')).runApply));
}

const HELP = `
Examples:
  $ portcullis apply
  $ portcullis apply --yes --json          in a pipeline
  $ portcullis apply --plan gate.plan      exactly what was reviewed

Exit status:
  0  the tenant is as the configuration says
  2  it could not be done; the message says why, how far it got, and what to do
  4  the answer to the question was not yes; nothing has been done
  130  interrupted with Ctrl-C`;

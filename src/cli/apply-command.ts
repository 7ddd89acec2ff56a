import { Command, Option } from 'commander';
import type { RunHandler } from './command-handler.ts';
import { collectText } from './option-parsers.ts';

/** `portcullis apply`: makes the tenant what the configuration says. */
export function applyCommand(run: RunHandler): Command {
  return new Command('apply')
    .summary('put the policy on the tenant')
    .description(
      'Shows the plan, asks, and does it: what the Action needs first, then the Action, its place in the login flow last. ' +
        'The gate is never open and never broken in between. Stopped or killed anywhere, it can be run again.',
    )
    .option('--config <file>', 'the configuration; portcullis.config.ts of this folder unless given')
    .option('--adopt', 'take over an Action or application of our name that Portcullis did not make')
    .addOption(
      new Option(
        '--plan <file>',
        'apply a saved plan, and nothing else; refused if the tenant has changed since',
      ).conflicts(['config', 'adopt', 'impact', 'csv']),
    )
    .option('--yes', 'do not ask')
    .option(
      '--unguard <id>',
      'the client id of an application that may lose its gate, or the id of a role that another takes the place of; may be repeated',
      collectText,
      [],
    )
    .option('--take-over', 'take the tenant from another apply that was killed')
    .option(
      '--impact',
      'also say whom it matters to; without being asked where it changes who is let in, on a terminal',
    )
    .option('--no-impact', 'do not read the tenant’s people')
    .option('--csv <file>', 'write all whom it matters to into this file, before it is done')
    .option('--people', 'name people outside a terminal as well, where they are masked otherwise')
    .option('--fresh', 'read the people anew, also where an interrupted run has read some')
    .option('--json', 'print JSON when it is done')
    .addHelpText('after', HELP)
    .action(run(async () => (await import('./deployment/run-apply.ts')).runApply));
}

const HELP = `
Examples:
  $ portcullis apply
  $ portcullis apply --yes --json          in a pipeline
  $ portcullis apply --plan gate.plan      exactly what was looked at

Exit status:
  0  the tenant is as the configuration says
  2  it could not be done; the message says why, how far it came, and what to do
  4  the question was not answered with yes; nothing has been done
  130  interrupted with Ctrl-C`;

import { Command } from 'commander';
import type { RunHandler } from './command-handler.ts';

/** `portcullis destroy`: removes from a tenant what Portcullis put there. */
export function destroyCommand(run: RunHandler): Command {
  return new Command('destroy')
    .summary('remove the gate from the tenant')
    .description(
      'Removes what Portcullis created, and nothing else: first the Action’s place in the login flow, then the Action, the roles ' +
        'and URLs that it added, and its own application. Afterwards every user who signs in at Auth0 gets into the ' +
        'application again.',
    )
    .option('--keep-roles', 'keep the roles and their assignments')
    .option('--config <file>', 'the configuration; portcullis.config.ts of this folder, if it is there, unless given')
    .option('--yes', 'do not ask')
    .option('--take-over', 'take over the tenant’s lock from an apply that was killed')
    .option('--json', 'print JSON when it is done')
    .addHelpText('after', HELP)
    .action(run(async () => (await import('./deployment/run-destroy.ts')).runDestroy));
}

const HELP = `
Examples:
  $ portcullis destroy
  $ portcullis destroy --keep-roles --yes

Exit status:
  0  nothing of Portcullis is left
  2  it could not be done; the message says why, how far it got, and what to do
  4  the answer to the question was not yes; nothing has been done
  130  interrupted with Ctrl-C`;

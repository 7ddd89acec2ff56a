import { Command } from 'commander';
import type { RunHandler } from './command-handler.ts';

/** `portcullis destroy`: takes out of a tenant what Portcullis put there. */
export function destroyCommand(run: RunHandler): Command {
  return new Command('destroy')
    .summary('take the gate out of the tenant')
    .description(
      'Takes out what Portcullis made, and nothing else: the Action’s place in the login flow first, then the Action, the roles ' +
        'that it made, the addresses that it added, and its own application. Then everybody whom Auth0 signs in gets into the ' +
        'application again.',
    )
    .option('--keep-roles', 'leave the roles, with whoever holds them')
    .option('--config <file>', 'the configuration; portcullis.config.ts of this folder, if it is there, unless given')
    .option('--yes', 'do not ask')
    .option('--take-over', 'take the tenant from an apply that was killed')
    .option('--json', 'print JSON when it is done')
    .addHelpText('after', HELP)
    .action(run(async () => (await import('./deployment/run-destroy.ts')).runDestroy));
}

const HELP = `
Examples:
  $ portcullis destroy
  $ portcullis destroy --keep-roles --yes

Exit status:
  0  nothing of ours is there any more
  2  it could not be done; the message says why, how far it came, and what to do
  4  the question was not answered with yes; nothing has been done
  130  interrupted with Ctrl-C`;

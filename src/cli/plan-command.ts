import { Command } from 'commander';
import type { RunHandler } from './command-handler.ts';
import { parseSince } from './option-parsers.ts';

/** `portcullis plan`: shows what `apply` would do to the tenant. */
export function planCommand(run: RunHandler): Command {
  return new Command('plan')
    .summary('show what apply would do to the tenant')
    .description(
      'Reads the tenant that AUTH0_DOMAIN and the variables beside it name (in the environment or in .env), and prints what would ' +
        'be created, changed and left as it is, and why; and which users would newly be refused, let in, or given a role. Nothing is ' +
        'written to the tenant.',
    )
    .option('--config <file>', 'the configuration; portcullis.config.ts of this folder unless given')
    .option('--adopt', 'take over an Action or application with Portcullis’s name that Portcullis did not create')
    .option('--out <file>', 'save the plan, to be applied exactly with apply --plan')
    .option('--impact', 'also show which users it affects; this is the default if it changes who is let in')
    .option('--no-impact', 'do not read the tenant’s users')
    .option('--logins <time>', 'also decide the logins of the last days again: 30d, 12h, or a time', parseSince)
    .option('--csv <file>', 'write all affected users into this file')
    .option('--people', 'name users in full even if the output is not a terminal')
    .option('--fresh', 'read the users again, even if an interrupted run has read some')
    .option('--json', 'print JSON')
    .addHelpText('after', HELP)
    .action(run(async () => (await import('./deployment/run-plan.ts')).runPlan));
}

const HELP = `
Examples:
  $ portcullis plan
  $ portcullis plan --out gate.plan && portcullis apply --plan gate.plan
  $ portcullis plan --csv people.csv       all affected users
  $ portcullis plan --logins 30d           what it would have decided
  $ portcullis plan --json --no-impact

Exit status:
  0  the tenant is as the configuration says
  2  the plan could not be made; the message says why and what to do
  3  something would change
  130  interrupted with Ctrl-C; the users read so far are stored`;

import { Command } from 'commander';
import type { RunHandler } from './command-handler.ts';

/** `portcullis plan`: what `apply` would do to the tenant. */
export function planCommand(run: RunHandler): Command {
  return new Command('plan')
    .summary('show what apply would do to the tenant')
    .description(
      'Reads the tenant that AUTH0_DOMAIN and its companions name (in the environment or in .env), and prints what would ' +
        'be made, changed and left alone, and why; and who would newly be refused, admitted, or given a role. Nothing is ' +
        'written to the tenant.',
    )
    .option('--config <file>', 'the configuration; portcullis.config.ts of this folder unless given')
    .option('--adopt', 'take over an Action or application of our name that Portcullis did not make')
    .option('--out <file>', 'save the plan, to be applied exactly with apply --plan')
    .option('--impact', 'also say whom it matters to; without being asked where it changes who is let in')
    .option('--no-impact', 'do not read the tenant’s people')
    .option('--csv <file>', 'write all whom it matters to into this file')
    .option('--people', 'name people outside a terminal as well, where they are masked otherwise')
    .option('--fresh', 'read the people anew, also where an interrupted run has read some')
    .option('--json', 'print JSON')
    .addHelpText('after', HELP)
    .action(run(async () => (await import('./deployment/run-plan.ts')).runPlan));
}

const HELP = `
Examples:
  $ portcullis plan
  $ portcullis plan --out gate.plan && portcullis apply --plan gate.plan
  $ portcullis plan --csv people.csv       everybody whom it matters to
  $ portcullis plan --json --no-impact

Exit status:
  0  the tenant is as the configuration says
  2  it could not be told; the message says why and what to do
  3  something would change
  130  interrupted with Ctrl-C; what was read of the people is kept`;

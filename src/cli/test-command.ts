import { Command } from 'commander';
import type { RunHandler } from './command-handler.ts';

/** `portcullis test`: runs the tests in the policy. */
export function testCommand(run: RunHandler): Command {
  return new Command('test')
    .summary("run the policy's tests, without a tenant")
    .description(
      'Runs the tests in the configuration, and prints each with the rule that decided. Only --who contacts the tenant, and ' +
        'reads one user. Nothing is written.',
    )
    .option('--config <file>', 'the configuration; portcullis.config.ts of this folder unless given')
    .option('--who <email>', 'explain the decision about a user of the tenant')
    .option('--against <file>', 'also decide by another configuration, and show what differs')
    .option('--junit <file>', 'write the results for a build server, too')
    .option('--json', 'print JSON')
    .addHelpText('after', HELP)
    .action(run(async () => (await import('./policy-tests/run-test.ts')).runTest));
}

const HELP = `
Examples:
  $ portcullis test
  $ portcullis test --against main.config.ts
                                   what a change means for the tests
  $ portcullis test --who ann@water.example

Exit status:
  0  every test holds
  1  a test fails
  2  the policy is not valid, or the user could not be read`;

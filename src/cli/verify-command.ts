import { Command } from 'commander';
import type { RunHandler } from './command-handler.ts';
import { collectText } from './option-parsers.ts';

/** `portcullis verify`: checks that the gate stands on the tenant. */
export function verifyCommand(run: RunHandler): Command {
  return new Command('verify')
    .summary('check that the gate stands on the tenant')
    .description(
      'Checks the tenant as it is now: that the Action is the one made from this policy and runs in logins, that it has what it ' +
        'needs and nothing more, that the applications, connections and pages around it fit. Nothing is written, except with --sign-in.',
    )
    .option('--config <file>', 'the configuration; portcullis.config.ts of this folder unless given')
    .option('--skip <check>', 'leave a check out, by its id; may be repeated', collectText, [])
    .option('--sign-in [application]', 'also sign in for real, in a browser, and show the decision and the claims')
    .option('--junit <file>', 'write the results for a build server, too')
    .option('--json', 'print JSON')
    .addHelpText('after', HELP)
    .action(run(async () => (await import('./deployment/run-verify.ts')).runVerify));
}

const HELP = `
Examples:
  $ portcullis verify
  $ portcullis verify --sign-in
  $ portcullis verify --junit gate.xml --skip landing_page_public
                                   if the page cannot be reached

Exit status:
  0  every check passed; doubtful checks are marked with !
  1  a check failed
  2  the tenant could not be checked; the message says why and what to do`;

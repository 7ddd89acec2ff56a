import { Command } from 'commander';
import type { RunHandler } from './command-handler.ts';
import { collectText } from './option-parsers.ts';

/** `portcullis init`: a configuration to begin with. */
export function initCommand(run: RunHandler): Command {
  return new Command('init')
    .summary('write a portcullis.config.ts to begin with')
    .description(
      'Asks what the gate has to know and writes it into portcullis.config.ts, with comments. What is given as an option is not ' +
        'asked. With credentials of the tenant in the environment or in .env, its applications are listed to choose from. A file ' +
        'that is there is never overwritten.',
    )
    .option('--config <file>', 'the file to write; portcullis.config.ts of this folder unless given')
    .option('--domain <domain>', "the tenant's domain; AUTH0_DOMAIN unless given")
    .option('--application <name>', 'an application to guard, by name or client id; may be repeated', collectText, [])
    .option('--apex-url <url>', 'what stands before /r/ or /f?p= in the address of APEX')
    .option('--workspace <path>', 'the workspace as it stands in addresses: /r/WORKSPACE/…')
    .option('--apex-application <alias>', 'the APEX application as it stands in addresses')
    .option('--scheme <name>', "the name of the APEX application's authentication scheme")
    .option('--landing-page <url>', 'the public page for the refused, where it has another address')
    .option('--signed-out-page <url>', 'the public page that a sign-out ends on, where it has another address')
    .option('--claim <url>', 'the claim that carries the roles')
    .option('--default-role <name>', 'the role for everybody who is verified')
    .option('--no-default-role', 'strangers stay outside')
    .option('--organization <role=domains>', 'such as ORG:WATER=water.example; may be repeated', collectText, [])
    .option('-y, --yes', 'ask nothing: the usual answer to whatever is not given')
    .option('--json', 'print JSON')
    .addHelpText('after', HELP)
    .action(run(async () => (await import('./init/run-init.ts')).runInit));
}

const HELP = `
Examples:
  $ portcullis init
  $ portcullis init --domain example.eu.auth0.com --application APEX \\
      --apex-url https://apex.example.com/ords --workspace team \\
      --apex-application app --yes
  $ portcullis init --no-default-role \\
      --organization ORG:WATER=water.example,wasser.example

Exit status:
  0  written
  2  it could not be done; the message says why and what to do
  130  interrupted with Ctrl-C`;

import { Command, Option } from 'commander';
import type { RunHandler } from './command-handler.ts';
import { collectText } from './option-parsers.ts';

/** `portcullis init`: writes a first configuration. */
export function initCommand(run: RunHandler): Command {
  return new Command('init')
    .summary('write a first portcullis.config.ts')
    .description(
      'Asks for the settings of the gate and writes them into portcullis.config.ts, with comments. Settings given as options are not ' +
        'asked. With credentials of the tenant in the environment or in .env, its applications are listed to choose from. A file ' +
        'that exists is never overwritten.',
    )
    .option('--config <file>', 'the file to write; portcullis.config.ts of this folder unless given')
    .option('--domain <domain>', "the tenant's domain; AUTH0_DOMAIN unless given")
    .option('--application <name>', 'an application to guard, by name or client id; may be repeated', collectText, [])
    .option('--apex-url <url>', 'the part of the address of APEX before /r/ or /f?p=')
    .option('--workspace <path>', 'the workspace as in addresses: /r/WORKSPACE/…')
    .option('--apex-application <alias>', 'the alias of the APEX application, as in addresses')
    .option('--scheme <name>', "the name of the APEX application's authentication scheme")
    .option('--landing-page <url>', 'the public page for refused users, if it has another address')
    .option('--signed-out-page <url>', 'the public page that a sign-out ends on, if it has another address')
    .option('--claim <url>', 'the claim for the roles')
    .option('--default-role <name>', 'the role for every verified user')
    .option('--no-default-role', 'refuse verified users without a role')
    .option('--organization <role=domains>', 'such as ORG:WATER=water.example; may be repeated', collectText, [])
    .option('--admit <role=people>', 'such as Auditor=kim@audit.example; may be repeated', collectText, [])
    .option('--refuse <people>', 'e-mail addresses or domains that never enter; may be repeated', collectText, [])
    .option('--testing', 'write an example test with a tenant, its seed and scripts instead: no gate, no question')
    .addOption(
      new Option(
        '--runner <name>',
        'with --testing: the runner of the tests; the one in package.json unless given',
      ).choices(['vitest', 'jest', 'playwright', 'node']),
    )
    .option('-y, --yes', 'ask nothing, and use the default for every setting that is not given')
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
  $ portcullis init --admit Auditor=kim@audit.example \\
      --refuse jo@water.example
  $ portcullis init --testing            a first test with a tenant

Exit status:
  0  written
  2  it could not be done; the message says why and what to do
  130  interrupted with Ctrl-C`;

import { Command, Option } from 'commander';
import type { RunHandler } from './command-handler.ts';
import { parseFolder } from './option-parsers.ts';

/** `portcullis export`: writes the result of an apply as files for another tool. */
export function exportCommand(run: RunHandler): Command {
  return new Command('export')
    .summary('write the result of an apply as files for the deploy CLI or Terraform')
    .description(
      "For teams that already manage their tenant with Auth0's deploy CLI or with Terraform: the roles, the Action and its " +
        'application, their place in the login flow. The tenant is only read. The files contain no secret.',
    )
    .addOption(
      new Option('--to <tool>', 'the tool that will read the files')
        .choices(['deploy-cli', 'terraform'])
        .makeOptionMandatory(),
    )
    .option(
      '--out <folder>',
      'the folder to write; portcullis-deploy-cli or portcullis-terraform unless given',
      parseFolder,
    )
    .option('--overwrite', 'replace files of an earlier export')
    .option('--config <file>', 'the configuration; portcullis.config.ts of this folder unless given')
    .option('--json', 'print JSON')
    .addHelpText('after', HELP)
    .action(run(async () => (await import('./deployment/run-export.ts')).runExport));
}

const HELP = `
Examples:
  $ portcullis export --to deploy-cli
  $ portcullis export --to terraform --out infrastructure/gate

Exit status:
  0  written
  2  it could not be done; the message says why and what to do
  3  deploy-cli: written without the Action, which names things that the tenant
     does not have yet: import, and export again`;

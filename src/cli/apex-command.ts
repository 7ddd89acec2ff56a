import { Command, Option } from 'commander';
import { doctorCommand } from './apex/doctor-command.ts';
import type { RunHandler } from './command-handler.ts';
import { parseFolder } from './option-parsers.ts';

/** `portcullis apex`: writes what goes into a real APEX application. */
export function apexCommand(run: RunHandler): Command {
  return new Command('apex')
    .summary('write the files that go into the APEX application')
    .description(
      'Writes a folder: the values to type in, the scripts that do the same, and the policy for the database itself. No tenant and no ' +
        'database is contacted. The files contain no secret. None of the SQL was ever run on a database: docs/apex.md says how each part was checked.',
    )
    .option('--apex <version>', 'the version of APEX, from 22.1 to 26.2; required')
    .option('--out <folder>', 'the folder to write; portcullis-apex unless given', parseFolder)
    .addOption(
      new Option('--decide <where>', 'who decides: only the Action, or the database as well')
        .choices(['action', 'plsql', 'mle'])
        .default('action'),
    )
    .option('--application <name>', 'the application, if the policy guards several: its name in the policy')
    .option('--client-id <id>', "client id of the application in Auth0; it isn't secret")
    .option('--overwrite', 'replace files that exist')
    .option('--config <file>', 'the configuration; portcullis.config.ts of this folder unless given')
    .option('--json', 'print JSON')
    .addHelpText('after', HELP)
    .action(run(async () => (await import('./apex/run-apex.ts')).runApex))
    .addCommand(doctorCommand(run));
}

const HELP = `
Examples:
  $ portcullis apex --apex 24.2 --client-id CLIENT_ID --out apex/
  $ portcullis apex --apex 23.2 --decide plsql --overwrite
  $ portcullis apex --apex 24.2 --application HR --out apex-hr/
  $ portcullis apex doctor f100.sql    what an export will do to users

Exit status:
  0  written; missing values are listed, with placeholders in the files
  2  it could not be done; the message says why and what to do`;

import { Command, Option } from 'commander';
import { doctorCommand } from './apex/doctor-command.ts';
import type { RunHandler } from './command-handler.ts';
import { parseFolder } from './option-parsers.ts';

/** `portcullis apex`: what is put into a real APEX application. */
export function apexCommand(run: RunHandler): Command {
  return new Command('apex')
    .summary('write what is put into the APEX application, as files to read and run')
    .description(
      'Writes a folder: the values to type in, the scripts that do the same, and the policy for the database itself. Nothing is ' +
        'asked of a tenant or a database. No secret is in the files. None of the SQL was ever run on a database: docs/apex.md says what was checked how.',
    )
    .option('--apex <version>', 'the version of APEX, from 22.1 to 26.2; needed')
    .option('--out <folder>', 'where to; portcullis-apex unless given', parseFolder)
    .addOption(
      new Option('--decide <where>', 'who decides: the Action alone, or the database, too')
        .choices(['action', 'plsql', 'mle'])
        .default('action'),
    )
    .option('--client-id <id>', "client id of the application in Auth0; it isn't secret")
    .option('--overwrite', 'replace files that are there')
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
  $ portcullis apex doctor f100.sql    what an export will do to people

Exit status:
  0  written; what was not given is named, and has a placeholder in the files
  2  it could not be done; the message says why and what to do`;

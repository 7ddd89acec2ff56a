import { Command } from 'commander';
import type { RunHandler } from '../command-handler.ts';

/** `portcullis apex doctor`: reports what an exported application or authentication scheme will do to users. */
export function doctorCommand(run: RunHandler): Command {
  return new Command('doctor')
    .summary('report what an export will do to users who sign in')
    .description(
      'Reads an exported authentication scheme or application (one SQL file, a split folder, or a zip) and reports what will ' +
        'loop, lock users out or leave the application open, with the line. Nothing in it is run; nothing is sent anywhere.',
    )
    .argument('<file>', 'the export: a .sql file, a folder or a .zip')
    .option(
      '--application <name>',
      'the application that was exported, if the policy guards several: its name in the policy',
    )
    .option('--config <file>', 'the configuration; portcullis.config.ts of this folder unless given, if there is one')
    .option('--json', 'print JSON')
    .addHelpText('after', HELP)
    .action(run(async () => (await import('./run-doctor.ts')).runDoctor));
}

const HELP = `
Examples:
  $ portcullis apex doctor f100.sql
  $ portcullis apex doctor f100.zip --config portcullis.config.ts --json

Exit status:
  0  nothing is wrong; doubtful findings are marked with !
  1  something will loop, lock users out or leave the application open
  2  it could not be read; the message says why and what to do`;

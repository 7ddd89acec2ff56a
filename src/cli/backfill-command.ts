import { Command } from 'commander';
import type { RunHandler } from './command-handler.ts';

/** `portcullis backfill`: roles for those who have not signed in since. */
export function backfillCommand(run: RunHandler): Command {
  return new Command('backfill')
    .summary('give everybody the role that the next sign-in would give')
    .description(
      'Reads all people of the tenant, and gives each the role that the policy would give at the next sign-in: in batches, as fast ' +
        'as the tenant’s rate limit allows and no faster. Stopped anywhere, it can be run again, and goes on.',
    )
    .option('--config <file>', 'the configuration; portcullis.config.ts of this folder unless given')
    .option('--dry-run', 'say how many would be given which role, and do nothing')
    .option('--report <file>', 'where every assignment is written down; portcullis-backfill-DATE.ndjson unless given')
    .option('--fresh', 'read the people anew, also where an interrupted run has read some')
    .option('--yes', 'do not ask')
    .option('--json', 'print JSON when it is done')
    .addHelpText('after', HELP)
    .action(run(async () => (await import('./deployment/run-backfill.ts')).runBackfill));
}

const HELP = `
Examples:
  $ portcullis backfill --dry-run
  $ portcullis backfill --yes --report 2026-11.ndjson

Exit status:
  0  everybody holds what the policy would give
  1  the tenant refused some of it; the report names whom
  2  it could not be done; the message says why, how far it came, and what to do
  4  the question was not answered with yes; nothing has been done
  130  interrupted with Ctrl-C; run it again to go on`;

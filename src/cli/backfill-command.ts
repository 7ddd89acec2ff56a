import { Command } from 'commander';
import type { RunHandler } from './command-handler.ts';

/** `portcullis backfill`: assigns roles to users who have not signed in since the policy was applied. */
export function backfillCommand(run: RunHandler): Command {
  return new Command('backfill')
    .summary('give every user the role that the next sign-in would give')
    .description(
      'Reads all users of the tenant and gives each the role that the policy would give at the next sign-in: in batches, as fast ' +
        'as the tenant’s rate limit allows. If it is stopped at any point, run it again to continue.',
    )
    .option('--config <file>', 'the configuration; portcullis.config.ts of this folder unless given')
    .option('--dry-run', 'show how many users would get which role, and change nothing')
    .option('--report <file>', 'a file that lists every assignment; portcullis-backfill-DATE.ndjson unless given')
    .option('--fresh', 'read the users again, even if an interrupted run has read some')
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
  0  every user has the roles that the policy would give
  1  the tenant refused some assignments; the report lists them
  2  it could not be done; the message says why, how far it got, and what to do
  4  the answer to the question was not yes; nothing has been done
  130  interrupted with Ctrl-C; run it again to continue`;

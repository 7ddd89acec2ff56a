import { Command, Option } from 'commander';
import { MISTAKE_NAMES } from '../apex/stand-in/classic-mistake.ts';
import type { RunHandler } from './command-handler.ts';
import { collectText, parseFolder, parsePort } from './option-parsers.ts';

/** `portcullis dev`: the gate on a local tenant, with a stand-in for APEX and users to try it with. */
export function devCommand(run: RunHandler): Command {
  return new Command('dev')
    .summary('run the gate here, with a stand-in for APEX')
    .description(
      'Starts a local tenant and a stand-in for the APEX application, puts your policy on the tenant, creates a cast of ' +
        'users to sign in as, and shows the decision about every login.',
    )
    .option('--config <file>', 'the policy; portcullis.config.ts of this folder unless given')
    .option(
      '--seed <path>',
      "start with an export of Auth0's deploy CLI: its YAML file or folder; may be repeated",
      collectText,
      [],
    )
    .option('--once', 'sign in the whole cast twice, print the outcome, and exit')
    .option('--json', 'print JSON: the rows with --once, otherwise one line for each event')
    .option('--open', 'open the application in the browser')
    .option('--data <folder>', 'store the tenant in this folder; in memory unless given', parseFolder)
    .option('--port <n>', 'port of the tenant over HTTPS (default: 4000; with --once: any)', parsePort)
    .option('--http-port <n>', 'port of the tenant over HTTP (default: 4001; with --once: any)', parsePort)
    .option('--app-port <n>', 'port of the stand-in (default: 4040; with --once: any)', parsePort)
    .option('--no-console', 'start the tenant without its web console')
    .option('--scheme <file>', 'an exported authentication scheme for the stand-in to follow')
    .addOption(
      new Option('--decide <who>', 'who decides: the Action, APEX after the sign-in, or both')
        .choices(['action', 'apex', 'both'])
        .default('action'),
    )
    .addOption(
      new Option('--mistake <name>', 'set up the application with a classic mistake, and see its cure').choices(
        MISTAKE_NAMES,
      ),
    )
    .option('--fetch-node', 'run Actions on the Node.js version of their runtime, downloaded when first needed')
    .option('--geoip <file>', 'JSON with the location of this machine: event.request.geoip of its own addresses')
    .option('--ignore-network-acls', 'let every address in, to change a list that shuts you out')
    .addHelpText('after', HELP)
    .action(run(async () => (await import('./dev/run-dev.ts')).runDev));
}

const HELP = `
Examples:
  $ portcullis dev --open              start, and open the application
  $ portcullis dev --once              print a table of who was let in and why;
                                       1 if the policy says otherwise
  $ portcullis dev --once --json       the same for a script
  $ portcullis dev --data .portcullis  people and roles survive a restart
  $ portcullis dev --mistake verify-clash
                                       see what people report, and its cure
  $ portcullis dev --decide both       APEX decides after the Action, too`;

import { Command } from 'commander';
import type { RunHandler } from './command-handler.ts';
import { collectText, parsePort } from './option-parsers.ts';

/** `portcullis exec`: a tenant around any other command. */
export function execCommand(run: RunHandler): Command {
  return (
    new Command('exec')
      .summary('run any command with a tenant around it')
      .description(
        "Starts a tenant, sets the environment variables of Auth0's libraries, runs the command, stops the tenant, and ends with " +
          "the command's own exit status.",
      )
      .argument('<command...>', 'the command and its arguments, after --')
      .option(
        '--seed <path>',
        "an export of Auth0's deploy CLI: its YAML file or folder; may be repeated",
        collectText,
        [],
      )
      .option('--policy <file>', 'a policy to put on the tenant, as apply does')
      .option('--application <name>', 'the application of AUTH0_CLIENT_ID; the first unless given')
      .option('--audience <id>', 'the API of AUTH0_AUDIENCE; the first unless given')
      .option('--base-url <url>', 'the address of the application, for AUTH0_BASE_URL', 'http://localhost:3000')
      .option('--port <n>', 'port of the HTTPS domain; 0 for any free port', parsePort, 0)
      .option('--http-port <n>', 'port of the plain HTTP domain; 0 for any free port', parsePort, 0)
      .option('--json', 'print a problem of this command as a line of JSON')
      // The options of the other command are its own.
      .passThroughOptions()
      .addHelpText('after', HELP)
      .action(run(async () => (await import('./exec/run-exec.ts')).runExec))
  );
}

const HELP = `
Examples:
  $ portcullis exec -- npm test          AUTH0_DOMAIN and the others are set
  $ portcullis exec --seed auth0/ -- pytest
  $ portcullis exec --policy portcullis.config.ts -- go test ./...
  $ portcullis exec -- env               shows what is set

Exit status: that of the command; 128 and the number of the signal if one
ended it; 2 if the tenant or the command could not be started.`;

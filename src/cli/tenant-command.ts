import { Command, Option } from 'commander';
import type { RunHandler } from './command-handler.ts';
import { collectText, parseAddress, parseFolder, parsePort } from './option-parsers.ts';
import { tenantExportCommand } from './tenant-export-command.ts';

/** `portcullis tenant`: a local tenant without a gate. It has only a management application. */
export function tenantCommand(run: RunHandler): Command {
  return new Command('tenant')
    .summary('start only a local tenant')
    .description(
      "A local tenant that answers as Auth0 does, with only a management application, for Auth0's own tools.",
    )
    .option('--port <n>', 'port of the HTTPS domain; 0 for any free port', parsePort, 4000)
    .option('--http-port <n>', 'port of the plain HTTP domain; 0 for any free port', parsePort, 0)
    .option('--listen <address>', 'IP address to listen on, such as 0.0.0.0 in a container', parseAddress, '127.0.0.1')
    .option('--data <folder>', 'store everything in this folder, which is created if needed', parseFolder)
    .addOption(
      new Option('--memory', 'store everything in memory until the tenant stops (the default)').conflicts('data'),
    )
    .option(
      '--seed <path>',
      "start with an export of Auth0's deploy CLI: its YAML file or folder; may be repeated",
      collectText,
      [],
    )
    .option('--policy <file>', 'put a policy on the tenant, as apply does')
    .addOption(
      new Option(
        '--snapshot <file>',
        'start from this file; if it does not exist, write it once the seed is on',
      ).conflicts('data'),
    )
    .option('--console', 'add a web console, and an administrator to sign in as')
    .option('--json', 'print one line of JSON when it is ready')
    .addOption(
      new Option('--rate-limit <plan>', "refuse what the Management API of Auth0's plan would refuse")
        .choices(['free', 'essentials', 'professional', 'off'])
        .default('off'),
    )
    .option('--own-node', 'run Actions on this Node.js, regardless of the runtime they name')
    .option('--node18', 'run Actions that name node18 on Node.js 18, instead of Node.js 22')
    .option('--geoip <file>', 'JSON with the location of this machine: event.request.geoip of its own addresses')
    .option('--ignore-network-acls', 'let every address in, to change a list that shuts you out')
    .addCommand(tenantExportCommand(run))
    .addHelpText('after', HELP)
    .action(run(async () => (await import('./tenant/run-tenant.ts')).runTenant));
}

const HELP = `
Examples:
  $ portcullis tenant                     on port 4000, in memory
  $ portcullis tenant --data .portcullis  survives a restart
  $ portcullis tenant --seed auth0/       as the deploy CLI exported it
  $ portcullis tenant --console           with a dashboard in the browser
  $ portcullis tenant --json --port 0     for a script: prints a line of JSON
  $ portcullis tenant export --data .portcullis
                                          its configuration, as a seed

Auth0's own tools trust it through NODE_EXTRA_CA_CERTS (those made with Node.js)
or SSL_CERT_FILE (those made with Go).`;

import { Command, Option } from 'commander';
import type { RunHandler } from './command-handler.ts';
import { parseFolder } from './option-parsers.ts';

/** `portcullis tenant export`: the configuration of a local tenant in the format of Auth0's deploy CLI. */
export function tenantExportCommand(run: RunHandler): Command {
  return new Command('export')
    .summary('write the configuration of a local tenant as a seed')
    .description(
      "Writes what a local tenant has in the format of Auth0's deploy CLI, so that --seed starts another one with it. The tenant is the one in a data " +
        'folder, which may be running, or the one that AUTH0_DOMAIN and the variables beside it name, in the environment or in .env. It is ' +
        'only read. The files contain no secret: keywords stand for them.',
    )
    .option('--data <folder>', 'the data folder of the tenant; the tenant of the environment unless given', parseFolder)
    .option('--out <folder>', 'the folder to write', parseFolder, 'auth0')
    .addOption(new Option('--format <name>', 'the format of the files').choices(['yaml', 'directory']).default('yaml'))
    .option('--users', 'write the users too, without their passwords')
    .option('--overwrite', 'replace files of an earlier export')
    .option('--json', 'print JSON')
    .addHelpText('after', HELP)
    .action(run(async () => (await import('./tenant/run-tenant-export.ts')).runTenantExport));
}

const HELP = `
Examples:
  $ portcullis tenant export --data .portcullis
  $ portcullis tenant export --format directory --out seeds/shop
  $ portcullis tenant export --users --overwrite
  $ portcullis tenant --seed auth0        starts another tenant with it`;

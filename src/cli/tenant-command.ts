import { Command, Option } from 'commander';
import type { Tenant, TenantOptions } from '../tenant/tenant.ts';
import { readGeoip } from './geoip-file.ts';
import { parseFolder, parsePort } from './option-parsers.ts';
import { shellWord } from './shell-word.ts';
import { listenForStop } from './stop-signal.ts';
import { type Colours, coloursFor, printable } from './terminal.ts';

type Mail = Parameters<Parameters<Tenant['onMail']>[0]>[0];

interface TenantCommandOptions {
  readonly port: number;
  readonly httpPort: number;
  readonly data?: string;
  readonly memory?: boolean;
  readonly json?: boolean;
  readonly ownNode?: boolean;
  readonly geoip?: string;
  readonly console?: boolean;
  readonly rateLimit: NonNullable<TenantOptions['rateLimit']>;
}

/** `portcullis tenant`: the tenant alone, empty but for a management application. */
export function tenantCommand(): Command {
  return new Command('tenant')
    .summary('start a local tenant alone')
    .description(
      "A local tenant that answers as Auth0 does, empty but for a management application, for Auth0's own tools.",
    )
    .option('--port <n>', 'port of the HTTPS domain; 0 for any that is free', parsePort, 4000)
    .option('--http-port <n>', 'port of the plain HTTP domain; 0 for any that is free', parsePort, 0)
    .option('--data <folder>', 'keep everything in this folder; made if it is not there', parseFolder)
    .addOption(new Option('--memory', 'keep everything in memory, gone when it stops (the default)').conflicts('data'))
    .option('--console', 'with a web console, and an administrator to sign in as')
    .option('--json', 'print one line of JSON when it is ready')
    .addOption(
      new Option('--rate-limit <plan>', "refuse what the Management API of Auth0's plan would refuse")
        .choices(['free', 'essentials', 'professional', 'off'])
        .default('off'),
    )
    .option('--own-node', 'run Actions on this Node.js, whatever runtime they name')
    .option('--geoip <file>', 'JSON that says where this machine is: event.request.geoip of its own addresses')
    .addHelpText('after', HELP)
    .action(async (options: TenantCommandOptions) => {
      const loopbackGeoip = options.geoip === undefined ? undefined : await readGeoip(options.geoip);
      const signal = listenForStop();
      const { startTenant } = await import('../tenant/tenant.ts');
      const { loadConsoleSite } = await import('./console/load-console-site.ts');
      const tenant = await startTenant({
        port: options.port,
        loopbackPort: options.httpPort,
        rateLimit: options.rateLimit,
        ...(options.ownNode === undefined ? {} : { ownNode: options.ownNode }),
        ...(loopbackGeoip === undefined ? {} : { loopbackGeoip }),
        ...(options.console && { console: { site: loadConsoleSite } }),
        ...(options.data === undefined ? {} : { dataFolder: options.data }),
      });
      process.stdout.write(options.json ? `${readyLine(tenant)}\n` : describe(tenant, coloursFor(process.stdout)));
      // A script reads one line and no more.
      if (!options.json) tenant.onMail((mail) => process.stdout.write(mailLine(mail, coloursFor(process.stdout))));
      await signal.closeWhenStopped(() => tenant.close());
    });
}

const HELP = `
Examples:
  $ portcullis tenant                     on port 4000, in memory
  $ portcullis tenant --data .portcullis  survives a restart
  $ portcullis tenant --console           with a dashboard in the browser
  $ portcullis tenant --json --port 0     for a script: prints a line of JSON

Auth0's own tools trust it through NODE_EXTRA_CA_CERTS (those made with Node.js)
or SSL_CERT_FILE (those made with Go).`;

/** A mail as whoever runs the tenant sees it: nobody else gets it. */
function mailLine(mail: Mail, colours: Colours): string {
  const links = mail.links.map((link) => `    ${colours.cyan(printable(link))}\n`);
  return `  ${colours.bold('Mail')} to ${printable(mail.to)}: ${printable(mail.subject)}\n${links.join('')}`;
}

function readyLine(tenant: Tenant): string {
  const { url, domain, caFile, management, loopbackUrl, console } = tenant;
  return JSON.stringify({ url, domain, caFile, management, loopbackUrl, ...(console && { console }) });
}

function consoleLines({ url, email, password }: NonNullable<Tenant['console']>, colours: Colours): string[] {
  return [`  Console        ${colours.cyan(url)}`, `                 ${email}  ${colours.bold(password)}`];
}

function describe(tenant: Tenant, colours: Colours): string {
  const { clientId, clientSecret } = tenant.management;
  return [
    '',
    `  ${colours.bold('Local tenant')}   ${colours.cyan(tenant.url)}`,
    `  over HTTP      ${colours.cyan(tenant.loopbackUrl)}`,
    ...(tenant.console === undefined ? [] : consoleLines(tenant.console, colours)),
    '',
    `  ${colours.dim("For Auth0's own tools:")}`,
    `  export NODE_EXTRA_CA_CERTS=${shellWord(tenant.caFile)}`,
    `  export AUTH0_DOMAIN=${tenant.domain}`,
    `  export AUTH0_CLIENT_ID=${clientId}`,
    `  export AUTH0_CLIENT_SECRET=${clientSecret}`,
    '',
    `  ${colours.dim('Ctrl-C stops it.')}`,
    '',
    '',
  ].join('\n');
}

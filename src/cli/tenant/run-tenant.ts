import { readFileSync } from 'node:fs';
import { resolve } from 'node:path';
import { keptKeys } from '../../tenant/kept-keys.ts';
import { startTenant, type Tenant, type TenantOptions } from '../../tenant/tenant.ts';
import type { PreparedSeeds } from '../../testing/prepared-seeds.ts';
import { trustCertificates } from '../../testing/trust-certificates.ts';
import { assertPortsFree } from '../assert-ports-free.ts';
import { type Colours, coloursFor } from '../colours.ts';
import { loadConsoleSite } from '../console/load-console-site.ts';
import type { ExitStatus } from '../exit-status.ts';
import { readGeoip } from '../geoip-file.ts';
import { omissionLines } from '../omission-lines.ts';
import { showWarnings } from '../policy-tests/show-policy-warnings.ts';
import { printable } from '../printable.ts';
import { shellWord } from '../shell-word.ts';
import { listenForStop } from '../stop-signal.ts';
import type { Terminal } from '../terminal.ts';
import { readSnapshot, writeSnapshot } from './snapshot-file.ts';

type Mail = Parameters<Parameters<Tenant['onMail']>[0]>[0];

/** The options of `portcullis tenant`. */
export interface TenantCommandOptions {
  readonly port: number;
  readonly httpPort: number;
  readonly listen: string;
  readonly data?: string;
  readonly memory?: boolean;
  readonly json?: boolean;
  readonly ownNode?: boolean;
  readonly node18?: boolean;
  readonly geoip?: string;
  readonly ignoreNetworkAcls?: boolean;
  readonly console?: boolean;
  readonly seed: readonly string[];
  readonly policy?: string;
  readonly snapshot?: string;
  readonly rateLimit: NonNullable<TenantOptions['rateLimit']>;
}

/**
 * Runs a local tenant until it is stopped.
 *
 * @throws {Problem} `geoip_unreadable`, `geoip_invalid`
 * @throws {Problem} `port_in_use`
 * @throws {Problem} if a port or the data folder cannot be used
 */
export async function runTenant(options: TenantCommandOptions, terminal: Terminal): Promise<ExitStatus> {
  const { stdout, folder } = terminal;
  const loopbackGeoip = options.geoip === undefined ? undefined : await readGeoip(options.geoip, folder);
  const seeds =
    options.seed.length > 0 || options.policy !== undefined ? await readSeeds(options, terminal) : undefined;
  const file = options.snapshot === undefined ? undefined : resolve(folder, options.snapshot);
  const snapshot = file === undefined ? undefined : readSnapshot(file);
  const signal = listenForStop(terminal);
  try {
    await assertPortsFree({ '--port': options.port, '--http-port': options.httpPort });
    const keys = options.data === undefined ? await keptKeys(terminal.environment) : undefined;
    const tenant = await startTenant({
      port: options.port,
      loopbackPort: options.httpPort,
      address: options.listen,
      rateLimit: options.rateLimit,
      ...(keys !== undefined && { keys }),
      environment: terminal.environment,
      ...(options.ownNode === undefined ? {} : { ownNode: options.ownNode }),
      ...(options.node18 === undefined ? {} : { node18: options.node18 }),
      ...(loopbackGeoip === undefined ? {} : { loopbackGeoip }),
      ignoreNetworkAcls: options.ignoreNetworkAcls === true,
      ...(options.console && { console: { site: loadConsoleSite } }),
      ...(options.data === undefined ? {} : { dataFolder: resolve(folder, options.data) }),
      ...(snapshot !== undefined && { snapshot }),
    });
    try {
      if (snapshot === undefined) await seedOnce(tenant, seeds, file, terminal);
    } catch (error) {
      await tenant.close();
      throw error;
    }
    const colours = coloursFor(terminal);
    stdout.write(options.json ? `${readyLine(tenant)}\n` : describe(tenant, colours));
    // With --json, a script reads exactly one line.
    if (!options.json) tenant.onMail((mail) => stdout.write(mailLine(mail, colours)));
    tenant.onLog(({ type, description }) => {
      if (type === 'w') showWarnings([description], terminal);
    });
    return await signal.closeWhenStopped(() => tenant.close());
  } finally {
    signal.ignore();
  }
}

async function readSeeds(
  { seed, policy }: TenantCommandOptions,
  { folder, environment }: Terminal,
): Promise<PreparedSeeds> {
  const { prepareSeeds } = await import('../../testing/prepared-seeds.ts');
  return await prepareSeeds({ seed, ...(policy !== undefined && { policy }), folder, environment });
}

/** Puts the seeds on a new tenant, and writes its snapshot. */
async function seedOnce(
  tenant: Tenant,
  seeds: PreparedSeeds | undefined,
  snapshotFile: string | undefined,
  terminal: Terminal,
): Promise<void> {
  if (seeds !== undefined) {
    const distrust = trustCertificates(readFileSync(tenant.caFile, 'utf8'));
    try {
      const { managementAccess } = await import('../../testing/management-access.ts');
      const management = managementAccess(tenant, () => Date.now());
      terminal.stderr.write(omissionLines(await seeds.put(tenant, management)));
    } finally {
      distrust();
    }
  }
  if (snapshotFile !== undefined) await writeSnapshot(snapshotFile, await tenant.snapshot());
}

/** Describes a mail for the operator of the tenant. Mails are not delivered to anyone else. */
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
    colours.dim("                 for SDKs and Auth0's tools, which insist on HTTPS"),
    `  over HTTP      ${colours.cyan(tenant.loopbackUrl)}`,
    colours.dim('                 to type into a browser or an APEX on this machine'),
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

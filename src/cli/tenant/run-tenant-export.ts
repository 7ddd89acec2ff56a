import { existsSync, readdirSync, readFileSync } from 'node:fs';
import { join, relative, resolve } from 'node:path';
import { readEnvironment } from '../../configuration/environment.ts';
import { connect } from '../../deployment/connect.ts';
import { Problem } from '../../problem/problem.ts';
import { keptKeys } from '../../tenant/kept-keys.ts';
import { copyDataFolder } from '../../tenant/store/data-folder-copy.ts';
import { startTenant } from '../../tenant/tenant.ts';
import { managementAccess } from '../../testing/management-access.ts';
import type { SeedOmission } from '../../testing/seed/seed.ts';
import { type ExportFormat, exportFiles } from '../../testing/seed-export/export-files.ts';
import { type ExportedTenant, exportTenant } from '../../testing/seed-export/export-tenant.ts';
import { trustCertificates } from '../../testing/trust-certificates.ts';
import { assertLocalTenant } from '../assert-local-tenant.ts';
import { coloursFor } from '../colours.ts';
import { EXIT_STATUS, type ExitStatus } from '../exit-status.ts';
import { explainManagementError } from '../explain-management-error.ts';
import { printable } from '../printable.ts';
import { startProgress } from '../progress.ts';
import { shellWord } from '../shell-word.ts';
import { listenForStop } from '../stop-signal.ts';
import type { Terminal } from '../terminal.ts';
import { trustCertificatesOfEnvFile } from '../trust-env-certificates.ts';
import { writeFolder } from '../write-folder.ts';

/** The options of `portcullis tenant export`. */
export interface TenantExportOptions {
  readonly data?: string;
  readonly out: string;
  readonly format: ExportFormat;
  readonly users?: boolean;
  readonly overwrite?: boolean;
  readonly json?: boolean;
}

type ReadOptions = Pick<Parameters<typeof exportTenant>[1], 'users' | 'onProgress'>;

const MOST_LINES = 15;

/**
 * Writes the configuration of a local tenant: of a data folder, or of the tenant that the environment names.
 *
 * @throws {Problem} `not_local`, `data_folder_foreign`, `tenant_unreachable`, `tenant_refused`
 * @throws {Problem} `file_exists`, `folder_unwritable`
 */
export async function runTenantExport(options: TenantExportOptions, terminal: Terminal): Promise<ExitStatus> {
  const { out, format, overwrite = false, json } = options;
  assertNothingExists(options, terminal);
  const progress = startProgress(terminal.stderr);
  const signal = listenForStop(terminal);
  try {
    const reading = { users: options.users === true, onProgress: (subject: string) => progress.show(subject) };
    const work =
      options.data === undefined ? exportRunning(reading, terminal) : exportData(options.data, reading, terminal);
    const exported = await Promise.race([work, signal.stopped]).finally(() => progress.end());
    if (typeof exported === 'string') {
      await work.catch(() => undefined);
      return EXIT_STATUS.interrupted;
    }
    const files = exportFiles(exported.seed, exported.users, format);
    const paths = await writeFolder(out, files, { from: terminal.folder, overwrite });
    const others = otherFiles(out, paths, terminal);
    const { keywords, omissions } = exported;
    terminal.stdout.write(
      json
        ? `${JSON.stringify({ files: paths, users: exported.users?.length ?? 0, keywords, omissions, others })}\n`
        : describe(out, paths, exported, others, terminal),
    );
    return EXIT_STATUS.ok;
  } finally {
    signal.ignore();
  }
}

/** Checks the names before the tenant is read, which can take a while. */
function assertNothingExists({ out, format, overwrite }: TenantExportOptions, { folder }: Terminal): void {
  if (overwrite) return;
  const first = format === 'yaml' ? 'tenant.yaml' : 'tenant.json';
  if (!existsSync(resolve(folder, out, first))) return;
  throw new Problem('file_exists', `${join(out, first)} exists already. Nothing has been written.`);
}

async function exportRunning(reading: ReadOptions, terminal: Terminal): Promise<ExportedTenant> {
  const environment = readEnvironment({ variables: terminal.environment, cwd: terminal.folder });
  const { domain } = environment;
  assertLocalTenant(domain, 'Export others with Auth0’s deploy CLI.');
  trustCertificatesOfEnvFile(terminal);
  const ownClientId = environment.credentials === 'token' ? '' : environment.clientId;
  try {
    return await exportTenant(connect(environment), { ...reading, domain, ownClientId });
  } catch (error) {
    throw explainManagementError(error, domain);
  }
}

/** Reads a copy of the data, so that the folder stays as it is, and a tenant may run on it. */
async function exportData(data: string, reading: ReadOptions, terminal: Terminal): Promise<ExportedTenant> {
  const copy = copyDataFolder(resolve(terminal.folder, data));
  try {
    const keys = await keptKeys(terminal.environment);
    const tenant = await startTenant({
      port: 0,
      loopbackPort: 0,
      dataFolder: copy.folder,
      ignoreNetworkAcls: true,
      environment: terminal.environment,
      ...(keys !== undefined && { keys }),
    });
    const distrust = trustCertificates(readFileSync(tenant.caFile, 'utf8'));
    try {
      const { domain, management } = tenant;
      const client = managementAccess(tenant, () => Date.now()).client();
      return await exportTenant(client, { ...reading, domain, ownClientId: management.clientId });
    } finally {
      distrust();
      await tenant.close();
    }
  } finally {
    copy.remove();
  }
}

/** Files in the folder that a seed would read, too: an earlier export may have had more. */
function otherFiles(out: string, paths: readonly string[], { folder }: Terminal): readonly string[] {
  const root = resolve(folder, out);
  const written = new Set(paths.map((path) => resolve(folder, path)));
  return readdirSync(root, { recursive: true, withFileTypes: true })
    .filter((entry) => entry.isFile() && /\.(?:json|ya?ml)$/.test(entry.name))
    .map(({ parentPath, name }) => join(parentPath, name))
    .filter((path) => !written.has(path))
    .map((path) => join(out, relative(root, path)))
    .sort();
}

function describe(
  out: string,
  paths: readonly string[],
  { keywords, omissions, users }: ExportedTenant,
  others: readonly string[],
  terminal: Terminal,
): string {
  const colours = coloursFor(terminal);
  const folder = shellWord(printable(out));
  const values = Object.fromEntries(keywords.map((keyword) => [keyword, '…']));
  const mappings = keywords.length === 0 ? '' : `AUTH0_KEYWORD_REPLACE_MAPPINGS='${JSON.stringify(values)}' \\\n    `;
  return [
    '',
    ...shortened(paths).map((path) => `  ${colours.green('+')} ${printable(path)}`),
    '',
    ...omissions.map(omissionLine),
    ...(users === undefined || users.length === 0
      ? []
      : [`  ${users.length.toLocaleString('en')} users, without their passwords and factors: no tenant returns them.`]),
    ...others.map(
      (path) =>
        `  ${colours.yellow('!')} ${printable(path)} was there before, and belongs to the seed, too. Delete it unless it does.`,
    ),
    ...(keywords.length === 0 ? [] : ['  A tenant returns no secrets. Their keywords need values.']),
    `  Next: ${mappings}portcullis tenant --seed ${folder}`,
    '',
    '',
  ].join('\n');
}

function omissionLine({ kind, name, reason }: SeedOmission): string {
  return `  not exported: ${kind}${name === undefined ? '' : ` "${printable(name)}"`}. ${printable(reason)}`;
}

function shortened(lines: readonly string[]): readonly string[] {
  if (lines.length <= MOST_LINES) return lines;
  return [...lines.slice(0, MOST_LINES - 1), `… and ${lines.length - MOST_LINES + 1} more files`];
}

import { mkdirSync, mkdtempSync, readdirSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { dirname, join } from 'node:path';
import { afterAll, beforeAll, expect, it } from 'vitest';
import { parse } from 'yaml';
import { exportFiles } from '../../../src/testing/seed-export/export-files.ts';
import { exportTenant } from '../../../src/testing/seed-export/export-tenant.ts';
import { startTenant } from '../../../src/testing/start-test-tenant.ts';
import { type LocalTenant, startLocalTenant } from '../../local-tenant.ts';
import { type DeployCli, installDeployCli } from './deploy-cli.ts';
import { secrets, writeWholeTenant } from './whole-tenant.ts';

let folder: string;
let first: LocalTenant;
let second: LocalTenant;
let onFirst: DeployCli;
let onSecond: DeployCli;
beforeAll(async () => {
  folder = mkdtempSync(join(tmpdir(), 'portcullis-whole-tenant-'));
  [first, second] = await Promise.all([startLocalTenant(), startLocalTenant()]);
  writeWholeTenant(folder, first.tenant.management.audience);
  onFirst = await installDeployCli(first.tenant, folder);
  onSecond = await installDeployCli(second.tenant, folder);
}, 900_000);
afterAll(async () => {
  await Promise.all([first?.tenant.close(), second?.tenant.close()]);
  rmSync(folder, { recursive: true, force: true });
});

const mapped = (more: Record<string, string> = {}) => ({
  AUTH0_KEYWORD_REPLACE_MAPPINGS: JSON.stringify({ ...secrets, ...more }),
});

const succeed = async (deploy: DeployCli, parameters: string[], settings = mapped()) => {
  const { code, output } = await deploy(parameters, settings);
  if (code !== 0) throw new Error(output);
  expect(output).toMatch(/(Import|Export) Successful|Dry Run completed successfully/);
  return output;
};
const exported = async (deploy: DeployCli, name: string, format: 'yaml' | 'directory' = 'yaml') => {
  await succeed(deploy, ['export', '--format', format, '--output_folder', name]);
  return filesOf(join(folder, name));
};
function edit(path: string, change: (text: string) => string): void {
  for (const entry of readdirSync(join(folder, path), { withFileTypes: true })) {
    if (!entry.isFile()) continue;
    const file = join(folder, path, entry.name);
    writeFileSync(file, change(readFileSync(file, 'utf8')));
  }
}

/**
 * An export, without what differs between two tenants (ids, times, whether a secret is there) and what the tool adds when it imports:
 * empty pages, an option of databases, and a version of each module.
 */
function filesOf(path: string): Record<string, unknown> {
  const names = readdirSync(path, { recursive: true, withFileTypes: true }).filter((entry) => entry.isFile());
  const domains = new RegExp([first, second].map(({ tenant }) => tenant.domain).join('|'), 'g');
  const files = names.map(({ parentPath, name }) => {
    const file = join(parentPath, name);
    const text = readFileSync(file, 'utf8').replaceAll(domains, 'DOMAIN');
    return [file.slice(path.length + 1), name === 'tenant.yaml' ? comparable(parse(text), path) : text];
  });
  return Object.fromEntries(files.filter(([, text]) => text !== ''));
}

interface Exported {
  readonly pages: { html?: string }[];
  readonly actionModules: { latest_version_number?: number }[];
  readonly clientGrants: { readonly audience: string }[];
  readonly customDomains: { created_at?: string; verification?: object }[];
  readonly flowVaultConnections: { ready?: boolean }[];
  readonly databases: { options: Record<string, unknown> }[];
}

function comparable(tenant: Exported, path: string): Exported {
  const isEmpty = (html: string) => readFileSync(join(path, html), 'utf8') === '';
  return {
    ...tenant,
    actionModules: tenant.actionModules.map(({ latest_version_number: _, ...module }) => module),
    pages: tenant.pages.map(({ html, ...page }) => (html === undefined || isEmpty(html) ? page : { ...page, html })),
    clientGrants: tenant.clientGrants.toSorted((one, other) => one.audience.localeCompare(other.audience)),
    customDomains: tenant.customDomains.map(({ created_at: _, verification: __, ...domain }) => domain),
    flowVaultConnections: tenant.flowVaultConnections.map(({ ready: _, ...connection }) => connection),
    databases: tenant.databases.map(
      ({ options: { disable_self_service_change_password: _, ...options }, ...rest }) => ({
        ...rest,
        options,
      }),
    ),
  };
}

let original: Record<string, unknown>;

it('a tenant with a resource of every kind is imported', { timeout: 900_000 }, async () => {
  const output = await succeed(onFirst, ['import', '--input_file', 'tenant.yaml']);
  expect(output).not.toMatch(/error: /);
  original = await exported(onFirst, 'original');
});

it('importing its export again creates and deletes nothing, and leaves the same tenant', {
  timeout: 900_000,
}, async () => {
  const output = await succeed(onFirst, ['import', '--input_file', join('original', 'tenant.yaml')]);
  expect(output).not.toMatch(/Created \[|Deleted \[/);
  expect(await exported(onFirst, 'again')).toEqual(original);
});

it('its export as a directory makes the same tenant of an empty one', { timeout: 900_000 }, async () => {
  await exported(onFirst, 'folder', 'directory');
  // A user who moves to another tenant names that tenant's own API, and adds the secrets that no tenant returns.
  edit(join('folder', 'grants'), (text) => text.replaceAll(first.tenant.domain, second.tenant.domain));
  edit(join('folder', 'action-modules'), (text) =>
    text.replace('"name": "LEDGER_KEY"', '"name": "LEDGER_KEY", "value": "##LEDGER_KEY##"'),
  );
  await succeed(onSecond, ['import', '--input_file', 'folder']);
  expect(await exported(onSecond, 'copy')).toEqual(original);
});

it('a dry run of the export plans to write only the secrets that a tenant does not return', {
  timeout: 900_000,
}, async () => {
  const output = await succeed(onFirst, ['import', '--input_file', join('original', 'tenant.yaml'), '--dry-run']);
  const planned = output.match(/(CREATE|UPDATE|DELETE)[ *]*│ [^│]*?(?= *│)/g)?.map((row) => row.replace(/ *│ /, ' '));
  expect(planned).toEqual(['UPDATE ledger', 'UPDATE twilio']);
});

const ownExport = ({ tenant, management }: LocalTenant) =>
  exportTenant(management, {
    domain: tenant.domain,
    ownClientId: tenant.management.clientId,
    users: false,
  });

/** A seed without the member that the deploy CLI itself adds when it imports a database again. */
function withoutAdded(seed: unknown) {
  const copy = structuredClone(seed) as {
    databases: { options: { disable_self_service_change_password?: boolean } }[];
    actionModules: { secrets: unknown[] }[];
  };
  for (const { options } of copy.databases) delete options.disable_self_service_change_password;
  return copy;
}

it('its export is a seed, which makes the same tenant, except a secret that the export has no value of', {
  timeout: 900_000,
}, async () => {
  await using seeded = await startTenant({ seed: join(folder, 'original'), keywords: { ...secrets } });
  expect(seeded.omissions).toEqual([
    { kind: 'rules', reason: 'Auth0 has replaced Rules by Actions.' },
    { kind: 'actionModules', name: 'ledger', reason: 'Its secret LEDGER_KEY has no value. Write one in the seed.' },
  ]);
  const ownClientId = String(seeded.env.AUTH0_MANAGEMENT_API_CLIENT_ID);
  const { seed } = await exportTenant(seeded.management(), { domain: seeded.domain, ownClientId, users: false });
  const expected = withoutAdded((await ownExport(first)).seed);
  const [ledger] = expected.actionModules;
  expect(ledger?.secrets).toHaveLength(1);
  expect(withoutAdded(seed)).toEqual({ ...expected, actionModules: [{ ...ledger, secrets: [] }] });
});

it('imports our own export, which makes the same tenant', { timeout: 900_000 }, async () => {
  const before = await ownExport(first);
  for (const { path, content } of exportFiles(before.seed, undefined, 'directory')) {
    mkdirSync(dirname(join(folder, 'own', path)), { recursive: true });
    writeFileSync(join(folder, 'own', path), content);
  }
  const third = await startLocalTenant();
  try {
    edit(join('own', 'grants'), (text) => text.replaceAll('localhost:4000', third.tenant.domain));
    const onThird = await installDeployCli(third.tenant, folder);
    const values = Object.fromEntries(before.keywords.map((keyword) => [keyword, 'a secret']));
    await succeed(onThird, ['import', '--input_file', 'own'], mapped(values));
    expect((await ownExport(third)).seed).toEqual(before.seed);
  } finally {
    await third.tenant.close();
  }
});

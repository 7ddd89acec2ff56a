import { mkdirSync, mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { dirname, join } from 'node:path';
import type { ManagementClient } from 'auth0';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { exportFiles } from '../../../src/testing/seed-export/export-files.ts';
import { exportTenant } from '../../../src/testing/seed-export/export-tenant.ts';
import { startTenant, type TestTenant } from '../../../src/testing/start-test-tenant.ts';
import { startLocalTenant } from '../../local-tenant.ts';
import { installDeployCli } from './deploy-cli.ts';
import { exampleKeywords, writeExampleDirectory, writeExampleYaml, writeRules } from './example-tenants.ts';

let folder: string;
beforeAll(() => {
  folder = mkdtempSync(join(tmpdir(), 'portcullis-examples-'));
  writeExampleYaml(join(folder, 'yaml'));
  writeExampleDirectory(join(folder, 'directory'));
});
afterAll(() => rmSync(folder, { recursive: true, force: true }));

const exported = async (management: ManagementClient, domain: string, ownClientId: string) =>
  await exportTenant(management, { domain, ownClientId, users: false });
const exportedSeed = (tenant: TestTenant) =>
  exported(tenant.management(), tenant.domain, String(tenant.env.AUTH0_MANAGEMENT_API_CLIENT_ID));

interface Comparable {
  readonly databases: { options: Record<string, unknown> }[];
  readonly clients: { readonly external_client_id?: string }[];
  readonly connections: { options: Record<string, unknown> }[];
}

/**
 * An export without what the deploy CLI adds or leaves out: it adds an option of databases and the tenant's domain to a connection, and
 * registers a client with a metadata document by its address alone.
 */
function comparable(seed: unknown): unknown {
  const copy = structuredClone(seed) as Comparable;
  for (const { options } of copy.databases) delete options.disable_self_service_change_password;
  for (const { options } of copy.connections) delete options.app_domain;
  return { ...copy, clients: copy.clients.filter(({ external_client_id }) => external_client_id === undefined) };
}

/** Imports a folder into an empty tenant with the deploy CLI, and returns the tenant's export. */
async function imported(source: string, keywords: (domain: string) => Readonly<Record<string, unknown>>) {
  const { tenant, management } = await startLocalTenant();
  try {
    const deploy = await installDeployCli(tenant, folder);
    const settings = { AUTH0_KEYWORD_REPLACE_MAPPINGS: JSON.stringify(keywords(tenant.domain)) };
    const { code, output } = await deploy(['import', '--input_file', source], settings);
    if (code !== 0) throw new Error(output);
    return await exported(management, tenant.domain, tenant.management.clientId);
  } finally {
    await tenant.close();
  }
}

describe.each([
  ['yaml', join('yaml', 'tenant.yaml')],
  ['directory', 'directory'],
] as const)('an example of the deploy CLI as %s', (format, source) => {
  it('is a seed that makes the tenant which the deploy CLI makes of it', { timeout: 600_000 }, async () => {
    await using seeded = await startTenant({ seed: join(folder, source), keywords: exampleKeywords('localhost') });
    expect(seeded.omissions).toEqual([]);
    const { seed } = await exportedSeed(seeded);
    const { seed: ofCli } = await imported(source, exampleKeywords);
    expect(comparable(seed)).toEqual(comparable(ofCli));
  });

  it('makes a tenant whose export makes the same of an empty one', { timeout: 600_000 }, async () => {
    await using seeded = await startTenant({ seed: join(folder, source), keywords: exampleKeywords('localhost') });
    const before = await exportedSeed(seeded);
    expect(before.omissions).toEqual([]);
    const copy = `${format}-export`;
    for (const { path, content } of exportFiles(before.seed, undefined, format)) {
      mkdirSync(dirname(join(folder, copy, path)), { recursive: true });
      writeFileSync(join(folder, copy, path), content);
    }
    const values = Object.fromEntries(before.keywords.map((keyword) => [keyword, `value of ${keyword}`]));
    await using again = await startTenant({ seed: join(folder, copy), keywords: values });
    expect(again.omissions).toEqual([]);
    expect((await exportedSeed(again)).seed).toEqual(before.seed);
    const ofCli = await imported(format === 'yaml' ? join(copy, 'tenant.yaml') : copy, () => values);
    expect(comparable(ofCli.seed)).toEqual(comparable(before.seed));
  });
});

it('Rules, their settings and Hooks in the folder are named, and their keywords need no values', async () => {
  writeExampleDirectory(join(folder, 'rules'));
  writeRules(join(folder, 'rules'));
  await using seeded = await startTenant({ seed: join(folder, 'rules'), keywords: exampleKeywords('localhost') });
  expect(seeded.omissions.map(({ kind }) => kind).sort()).toEqual(['hooks', 'rules', 'rulesConfigs']);
});

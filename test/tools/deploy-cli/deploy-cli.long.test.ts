import { mkdtempSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { type LocalTenant, startLocalTenant } from '../../local-tenant.ts';
import { type DeployCli, installDeployCli } from './deploy-cli.ts';
import { expectTenantOfFolder } from './imported-tenant.ts';
import { printedLines } from './printed-lines.ts';
import { writeTenantFolder } from './tenant-folder.ts';

const family = ['--format', 'yaml', '--output_folder'];
const familyOnly = { AUTH0_INCLUDED_ONLY: '["roles","clients","clientGrants","actions","triggers"]' };

describe('auth0-deploy-cli 8.44.0, with the certificate authority trusted and nothing else', {
  timeout: 900_000,
}, () => {
  let local: LocalTenant;
  let folder: string;
  let deploy: DeployCli;

  beforeAll(async () => {
    folder = mkdtempSync(join(tmpdir(), 'portcullis-deploy-cli-'));
    local = await startLocalTenant();
    writeTenantFolder(folder, local.tenant.management.audience);
    deploy = await installDeployCli(local.tenant, folder);
  }, 900_000);
  afterAll(async () => {
    await local.tenant.close();
    rmSync(folder, { recursive: true, force: true });
  });

  const printed = (title: string, output: string) =>
    expect(printedLines(output, { folder, domain: local.tenant.domain })).toMatchFileSnapshot(
      `printed/${title.replaceAll(' ', '-')}.txt`,
    );

  const exported = async (name: string, settings: Record<string, string> = {}) => {
    const { code, output } = await deploy(['export', ...family, name], settings);
    expect(output).toContain('Export Successful');
    expect(code).toBe(0);
    await printed(`export of ${name}`, output);
    return readFileSync(join(folder, name, 'tenant.yaml'), 'utf8');
  };
  const imported = async (what: string, file: string, settings: Record<string, string> = {}) => {
    const run = await deploy(['import', '--input_file', file], settings);
    await printed(what, run.output);
    expect(run.output).toContain('Import Successful');
    expect(run.code).toBe(0);
    return run.output;
  };

  it('exports a whole tenant without any configuration', async () => {
    const tenant = await exported('empty');
    expect(tenant).toContain('name: Username-Password-Authentication');
    expect(tenant).toMatch(/^actions: \[\]$/m);
    expect(tenant).toMatch(/^organizations: \[\]$/m);
  });

  it('imports a whole export unchanged, and changes nothing', async () => {
    const before = readFileSync(join(folder, 'empty', 'tenant.yaml'), 'utf8');
    const output = await imported('import of an export', join('empty', 'tenant.yaml'));
    expect(output).not.toMatch(/Created \[|Deleted \[/);
    // Options that the tool adds to a database and to pages, and the order in which it sends options.
    const added = /^ *(disable_self_service_change_password: false|html: \.\/pages\/\w+\.html)$/;
    const linesOf = (tenant: string) =>
      tenant
        .split('\n')
        .filter((line) => !added.test(line))
        .sort();
    expect(linesOf(await exported('again'))).toEqual(linesOf(before));
  });

  it('plans an import without creating anything', async () => {
    const { code, output } = await deploy(['import', '--input_file', 'tenant.yaml', '--dry-run']);
    expect(code).toBe(0);
    expect(output).toContain('Assign default role');
    await printed('dry run before the first import', output);
    expect((await local.management.roles.list()).data).toEqual([]);
  });

  it('creates roles, applications, a grant, an Action with its secret and dependency, and its binding', async () => {
    await imported('first import', 'tenant.yaml');
    await expectTenantOfFolder(local.management);
  });

  it('changes nothing when the same is imported again', async () => {
    const before = await exported('before', familyOnly);
    const output = await imported('second import', 'tenant.yaml');
    expect(output).not.toMatch(/Created \[/);
    expect(await exported('after', familyOnly)).toBe(before);
    expect(before).toContain('action_name: Assign default role');
    expect(before).not.toContain('value: ORG:default');
  });

  it('plans no change if the tenant already has everything', async () => {
    // The tool always treats an Action with a secret as changed: it cannot read the secret back.
    const file = join(folder, 'without-secret.yaml');
    writeFileSync(file, readFileSync(join(folder, 'tenant.yaml'), 'utf8').replace(/^ *secrets: .*\n/m, ''));
    const { code, output } = await deploy(['import', '--input_file', 'without-secret.yaml', '--dry-run']);
    expect(code).toBe(0);
    expect(output).not.toMatch(/UPDATE|CREATE/);
    await printed('dry run after the import', output);
  });

  it('deletes what is no longer listed if it is allowed to, and never itself', async () => {
    await imported('import with deletions', 'nothing.yaml', { AUTH0_ALLOW_DELETE: 'true' });
    const { management, tenant } = local;
    expect((await management.roles.list()).data).toEqual([]);
    expect((await management.actions.list()).data).toEqual([]);
    const remaining = (await management.clients.list({ is_global: false })).data;
    expect(remaining.map(({ client_id }) => client_id)).toEqual([tenant.management.clientId]);
  });
});

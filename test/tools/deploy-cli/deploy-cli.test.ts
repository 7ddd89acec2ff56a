import { mkdtempSync, readFileSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { expect, it } from 'vitest';
import { startLocalTenant } from '../../local-tenant.ts';
import { installDeployCli } from './deploy-cli.ts';
import { expectTenantOfFolder } from './imported-tenant.ts';
import { writeTenantFolder } from './tenant-folder.ts';

// One round. For an import, the tool compiles the schema of everything it knows twice, which takes most of the time.
it('auth0-deploy-cli 8.44.0 imports a tenant and exports it again', { timeout: 1_800_000 }, async () => {
  const folder = mkdtempSync(join(tmpdir(), 'portcullis-deploy-cli-'));
  const { tenant, management } = await startLocalTenant();
  try {
    writeTenantFolder(folder, tenant.management.audience);
    const deploy = await installDeployCli(tenant, folder);
    const imported = await deploy(['import', '--input_file', 'tenant.yaml']);
    expect(imported.output).toContain('Import Successful');
    expect(imported.code).toBe(0);
    await expectTenantOfFolder(management);
    const exported = await deploy(['export', '--format', 'yaml', '--output_folder', 'exported']);
    expect(exported.output).toContain('Export Successful');
    expect(exported.code).toBe(0);
    const exportedTenant = readFileSync(join(folder, 'exported', 'tenant.yaml'), 'utf8');
    expect(exportedTenant).toContain('action_name: Assign default role');
    expect(exportedTenant).toContain('name: Username-Password-Authentication');
    expect(exportedTenant).not.toContain('value: ORG:default');
  } finally {
    await tenant.close();
    rmSync(folder, { recursive: true, force: true });
  }
});

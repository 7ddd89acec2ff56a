import { mkdtempSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { expect, it } from 'vitest';
import { startLocalTenant } from '../../local-tenant.ts';
import { installDeployCli } from './deploy-cli.ts';

/** The strategies for which the tool asks for a SCIM configuration, and one that can have directory provisioning. */
const strategies = ['google-apps', 'oidc', 'okta', 'samlp', 'waad'] as const;

const connections = `connections:
${strategies.map((strategy) => `  - { name: a-${strategy}, strategy: ${strategy}, options: { ${optionsOf(strategy)} } }`).join('\n')}
`;

function optionsOf(strategy: (typeof strategies)[number]): string {
  if (strategy === 'samlp') return 'signInEndpoint: https://idp.example.com/saml';
  return `client_id: abc, client_secret: def, domain: ${strategy}.example.com`;
}

it('auth0-deploy-cli 8.44.0 imports, exports and imports again a connection of each enterprise strategy', {
  timeout: 1_800_000,
}, async () => {
  const folder = mkdtempSync(join(tmpdir(), 'portcullis-deploy-cli-'));
  const { tenant, management } = await startLocalTenant();
  const only = { AUTH0_INCLUDED_ONLY: '["connections"]' };
  const created = async () => {
    const { data } = await management.connections.list({});
    return data.filter(({ name = '' }) => name.startsWith('a-')).map(({ strategy = '' }) => strategy);
  };
  try {
    const deploy = await installDeployCli(tenant, folder);
    writeFileSync(join(folder, 'tenant.yaml'), connections);
    const imported = await deploy(['import', '--input_file', 'tenant.yaml'], only);
    expect(imported.output).toContain('Import Successful');
    expect((await created()).sort()).toEqual(strategies);

    const exported = await deploy(['export', '--format', 'yaml', '--output_folder', 'exported'], only);
    expect(exported.output).toContain('Export Successful');
    const file = join('exported', 'tenant.yaml');
    for (const strategy of strategies) {
      expect(readFileSync(join(folder, file), 'utf8')).toContain(`strategy: ${strategy}`);
    }

    const again = await deploy(['import', '--input_file', file], only);
    expect(again.output).toContain('Import Successful');
    expect(again.output).not.toContain('Created [');
    expect((await created()).sort()).toEqual(strategies);
    expect([imported, exported, again].map(({ output }) => output).join('\n')).not.toMatch(/error|failed/i);
  } finally {
    await tenant.close();
    rmSync(folder, { recursive: true, force: true });
  }
});

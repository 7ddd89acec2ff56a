import { mkdirSync, mkdtempSync, rmSync } from 'node:fs';
import { writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { dirname, join } from 'node:path';
import { afterAll, beforeAll, expect, it } from 'vitest';
import { exportDeployCli, SECRET_KEYWORD } from '../../../src/deployment/export/export-deploy-cli.ts';
import { hasChanges, planDeployment } from '../../../src/deployment/plan/plan-deployment.ts';
import { readTenant } from '../../../src/deployment/read-tenant.ts';
import { run } from '../../cli/command-line.ts';
import { type DeployedTenant, startDeployedTenant } from '../../deployment/deployed-tenant.ts';
import { bindAction } from '../../local-tenant.ts';
import { type DeployCli, installDeployCli } from './deploy-cli.ts';

let imported: DeployedTenant;
let applied: DeployedTenant;
let folder: string;
let deploy: DeployCli;
beforeAll(async () => {
  folder = mkdtempSync(join(tmpdir(), 'portcullis-export-'));
  [imported, applied] = await Promise.all([startDeployedTenant(), startDeployedTenant()]);
  deploy = await installDeployCli(imported.tenant, folder);
}, 900_000);
afterAll(async () => {
  await Promise.all([imported.tenant.close(), applied.tenant.close()]);
  rmSync(folder, { recursive: true, force: true });
});

const exported = async (name: string) => {
  const desired = imported.wanted();
  const state = await exportDeployCli(imported.management, await readTenant(imported.management, desired), desired);
  for (const { path, content } of state.files) {
    mkdirSync(dirname(join(folder, name, path)), { recursive: true });
    await writeFile(join(folder, name, path), content);
  }
  return state;
};
/** The relevant state of a tenant, without IDs and times. */
const picture = async ({ management }: DeployedTenant) => {
  const [gate] = (await management.actions.list({ actionName: 'Portcullis Gate' })).data;
  const clients = (await management.clients.list({ is_global: false })).data;
  const own = clients.find(({ name }) => name === 'Portcullis Gate');
  const grants = (await management.clientGrants.list({ client_id: own?.client_id ?? '' })).data;
  return {
    roles: (await management.roles.list()).data.map(({ name, description }) => ({ name, description })),
    grants: grants.map(({ scope, audience }) => ({
      scope: [...(scope ?? [])].sort(),
      api: audience?.endsWith('/api/v2/'),
    })),
    own: { type: own?.app_type, grants: own?.grant_types, metadata: own?.client_metadata?.portcullis },
    guarded: clients
      .filter(({ name }) => name === 'APEX')
      .map(({ callbacks, allowed_logout_urls }) => ({ callbacks, allowed_logout_urls })),
    action: {
      runtime: gate?.runtime,
      deployed: gate?.all_changes_deployed,
      secrets: gate?.secrets?.map(({ name }) => name),
    },
    flow: (await management.actions.triggers.bindings.list('post-login')).data.map(({ display_name }) => display_name),
  };
};

it('the deploy CLI’s import gives the same tenant as apply', { timeout: 900_000 }, async () => {
  const other = 'exports.onExecutePostLogin = async () => {};';
  for (const one of [imported, applied]) {
    await bindAction(one.management, 'Other', other);
    await one.management.clients.update(one.application, { callbacks: ['https://other.test/cb'] });
  }
  await applied.apply();

  expect((await exported('first')).complete).toBe(false);
  const first = await deploy(['import', '--input_file', 'first']);
  expect(first.output).toContain('Import Successful');
  const second = await exported('second');
  expect(second.complete).toBe(true);
  const own = (await imported.management.clients.list()).data.find(({ name }) => name === 'Portcullis Gate');
  for (const { content } of second.files) expect(content).not.toContain(own?.client_secret);
  const mappings = { AUTH0_KEYWORD_REPLACE_MAPPINGS: JSON.stringify({ [SECRET_KEYWORD]: own?.client_secret }) };
  const { output } = await deploy(['import', '--input_file', 'second'], mappings);
  expect(output).toContain('Import Successful');

  expect(await picture(imported)).toEqual(await picture(applied));
  const desired = imported.wanted();
  const plan = await planDeployment(await readTenant(imported.management, desired), desired, { adopt: false });
  expect(hasChanges(plan)).toBe(false);
});

it('the other commands continue from there as after an apply', async () => {
  const { domain, caFile, management } = imported.tenant;
  const { policy, callbacks } = imported.wanted();
  const baseUrl = callbacks[0]?.replace('/apex_authentication.callback', '');
  const environment = {
    PATH: process.env.PATH,
    NODE_EXTRA_CA_CERTS: caFile,
    AUTH0_DOMAIN: domain,
    AUTH0_CLIENT_ID: management.clientId,
    AUTH0_CLIENT_SECRET: management.clientSecret,
  };
  const configuration = JSON.stringify({ policy, apex: { baseUrl } });
  await writeFile(join(folder, 'portcullis.config.mjs'), `export default ${configuration};`);
  const portcullis = async (...args: string[]) => {
    const options = [...args, '--config', 'portcullis.config.mjs', '--json'];
    const { status, stdout, stderr } = await run(options, { cwd: folder, environment });
    expect(stderr).toBe('');
    return { status, said: JSON.parse(stdout || '{}') };
  };
  expect((await portcullis('plan', '--no-impact')).status).toBe(0);
  // Nothing answers at the landing page's address here.
  const { said } = await portcullis('verify', '--skip', 'landing_page_public');
  expect(said.checks.filter(({ status }: { status: string }) => status === 'fail')).toEqual([]);
  await imported.person('una@elsewhere.example');
  expect((await portcullis('backfill', '--yes')).said).toMatchObject({ assigned: 1, refused: 0 });
  expect((await portcullis('logs', '--stats')).said).toMatchObject({ admitted: 0, refused: 0, errors: 0 });
  expect((await portcullis('destroy', '--yes')).status).toBe(0);
  const remaining = await picture(imported);
  expect(remaining).toMatchObject({ roles: [], flow: ['Other'], grants: [] });
  expect(remaining.guarded).toEqual([{ callbacks: ['https://other.test/cb'], allowed_logout_urls: [] }]);
});

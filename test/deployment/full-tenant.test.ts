import { mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { ManagementClient } from 'auth0';
import { afterEach, expect, it, onTestFinished, vi } from 'vitest';
import { applyDeployment } from '../../src/deployment/apply/apply-deployment.ts';
import { planDestroy } from '../../src/deployment/destroy/destroy-plan.ts';
import { pacedFetch } from '../../src/deployment/paced-fetch.ts';
import { relevantRoles } from '../../src/deployment/people/relevant-roles.ts';
import { hasChanges, planDeployment } from '../../src/deployment/plan/plan-deployment.ts';
import { readTenant } from '../../src/deployment/read-tenant.ts';
import { openStore } from '../../src/tenant/store/open-store.ts';
import { gatePolicy } from '../gate-policy.ts';
import { type DeployedTenant, startDeployedTenant } from './deployed-tenant.ts';

let local: DeployedTenant;
afterEach(() => local.tenant.close());

it('finds its Action, application and roles among hundreds of others', async () => {
  local = await startDeployedTenant();
  const { management } = local;
  await local.apply();
  const code = 'exports.onExecutePostLogin = async () => {};';
  const trigger = { id: 'post-login' as const, version: 'v3' };
  for (let count = 0; count < 99; count += 1) {
    // Including some whose names contain ours.
    const name = count % 10 === 0 ? `Portcullis Gate ${count}` : `Another ${count}`;
    await management.actions.create({ name, code, runtime: 'node22', supported_triggers: [trigger] });
    await management.clients.create({ name, app_type: 'non_interactive' });
    await management.roles.create({ name: `APEX User ${count}` });
  }
  const desired = local.wanted();
  const plan = await planDeployment(await readTenant(management, desired), desired, { adopt: false });
  expect(hasChanges(plan)).toBe(false);
});

it('finds its roles beyond a thousand others, after the end of lists', async () => {
  const dataFolder = mkdtempSync(join(tmpdir(), 'portcullis-full-'));
  onTestFinished(() => rmSync(dataFolder, { recursive: true, force: true }));
  const store = openStore({ file: join(dataFolder, 'tenant.sqlite') });
  store.transaction(() => {
    for (let count = 0; count < 1200; count += 1) {
      store.roles.insert({ id: `rol_${String(count).padStart(16, '0')}`, name: `A role ${count}`, description: '' });
    }
  });
  store.close();
  local = await startDeployedTenant({ dataFolder });
  const { management } = local;
  const organizations = ['WATER', 'FIRE', 'AIR'].map((name) => ({
    role: `ORG:${name}`,
    domains: [`${name.toLowerCase()}.example`],
    includeSubdomains: false,
  }));
  const policy = { ...gatePolicy, organizations };
  await local.apply(policy);
  const desired = local.wanted(policy);
  const plan = await planDeployment(await readTenant(management, desired), desired, { adopt: false });
  expect(hasChanges(plan)).toBe(false);
  const names = ['APEX User', 'ORG:AIR', 'ORG:FIRE', 'ORG:WATER'];
  expect((await relevantRoles(management, [policy])).map(({ name }) => name)).toEqual(names);
  const { things } = await planDestroy(management, { keepRoles: false });
  const roles = things.filter(({ resource }) => resource === 'role').map(({ name }) => name);
  expect(roles.sort()).toEqual(names);
});

it('apply stays below the rate limit of the free plan, two requests a second', async () => {
  // A wait of the paced client moves the clock of its limit, too.
  const realNow = Date.now;
  let waited = 0;
  vi.spyOn(Date, 'now').mockImplementation(() => realNow() + waited);
  onTestFinished(() => void vi.restoreAllMocks());
  local = await startDeployedTenant({ rateLimit: 'free' });
  const turnedAway: string[] = [];
  const watched: typeof fetch = async (input, init) => {
    const response = await fetch(input, init);
    if (response.status === 429) turnedAway.push(String(input instanceof Request ? input.url : input));
    return response;
  };
  const { clientId, clientSecret } = local.tenant.management;
  const { domain } = local.tenant;
  const paced = new ManagementClient({
    domain,
    clientId,
    clientSecret,
    telemetry: false,
    maxRetries: 6,
    fetch: pacedFetch({
      fetch: watched,
      wait: async (ms) => {
        waited += ms;
      },
    }),
  });
  const desired = local.wanted();
  const options = { adopt: false, takeOver: false, settle: 1 };
  const plan = await planDeployment(await readTenant(paced, desired), desired, options);
  await applyDeployment(paced, desired, plan, options);
  expect(hasChanges(await planDeployment(await readTenant(paced, desired), desired, options))).toBe(false);
  // Other users of the same tenant may have used up the limit for the first request.
  expect(turnedAway.length).toBeLessThanOrEqual(2);
  expect(waited).toBeGreaterThan(0);
});

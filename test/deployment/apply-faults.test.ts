import { ManagementClient } from 'auth0';
import { afterAll, afterEach, beforeEach, describe, expect, it } from 'vitest';
import { applyDeployment } from '../../src/deployment/apply/apply-deployment.ts';
import type { DesiredState } from '../../src/deployment/desired-state.ts';
import { hasChanges, planDeployment } from '../../src/deployment/plan/plan-deployment.ts';
import { readTenant } from '../../src/deployment/read-tenant.ts';
import type { Policy } from '../../src/policy/policy.ts';
import { gatePolicy } from '../gate-policy.ts';
import { type LocalTenant, startLocalTenant } from '../local-tenant.ts';
import { FAULTS, type Fault, faultyFetch } from './faulty-fetch.ts';

const OPTIONS = { adopt: false, takeOver: false, settle: 1 };
const { defaultRole: _, ...strict } = gatePolicy;
const POLICIES: Readonly<Record<string, Policy>> = { first: gatePolicy, edited: strict };

let local: LocalTenant;
let cases = 0;
async function newTenant(): Promise<void> {
  await local.tenant.close();
  await startTenant();
}
async function startTenant(): Promise<void> {
  local = await startLocalTenant();
  await local.management.clients.create({ name: 'APEX', app_type: 'regular_web' });
}
beforeEach(startTenant);
afterEach(() => local.tenant.close());
afterAll(() => console.info(`fault matrix of apply: ${cases} cases (request x fault), all recovered from`));

const wanted = (policy: Policy): DesiredState => ({
  domain: local.tenant.domain,
  policy,
  logoutOrigins: {},
  callbacks: ['https://apex.test/ords/apex_authentication.callback'],
  logoutUrls: [policy.landingPage],
});

async function apply(management: ManagementClient, policy: Policy): Promise<number> {
  const desired = wanted(policy);
  const plan = await planDeployment(await readTenant(management, desired), desired, OPTIONS);
  return (await applyDeployment(management, desired, plan, OPTIONS)).changes.length;
}

/** A client whose `at`th request from now on meets a fault. */
function faulty(at: number, fault: Fault) {
  const { domain, management } = local.tenant;
  const transport = faultyFetch(at, fault);
  const client = new ManagementClient({
    domain,
    clientId: management.clientId,
    clientSecret: management.clientSecret,
    telemetry: false,
    maxRetries: 0,
    fetch: transport.fetch,
  });
  return { client, transport };
}

/** Ends the lock of a run that has failed, as time would. */
async function expireLock(): Promise<void> {
  for await (const client of await local.management.clients.list()) {
    if (client.name !== 'Portcullis Gate') continue;
    await local.management.clients.update(client.client_id ?? '', { client_metadata: { portcullis_apply: null } });
  }
}

async function named(name: string): Promise<number> {
  let count = 0;
  for await (const client of await local.management.clients.list()) if (client.name === name) count += 1;
  return count;
}

describe.each(Object.keys(POLICIES))('the %s apply', (which) => {
  const policy = POLICIES[which] as Policy;
  const prepare = async () => {
    if (which === 'edited') await apply(local.management, gatePolicy);
  };

  it('meets a fault at any request: it says so without a secret, and the next one sets things right', async () => {
    await prepare();
    const { client, transport } = faulty(0, 'cut');
    await apply(client, policy);
    const requests = transport.count;
    expect(requests).toBeGreaterThan(10);
    for (let at = 1; at <= requests; at += 1) {
      for (const fault of faultsAt(at)) {
        await newTenant();
        await prepare();
        cases += 1;
        const error: unknown = await apply(faulty(at, fault).client, policy).then(
          () => undefined,
          (thrown: unknown) => thrown,
        );
        const said = error instanceof Error ? `${error.message} ${JSON.stringify(error)}` : '';
        for await (const { client_secret } of await local.management.clients.list()) {
          if (client_secret !== undefined) expect(said).not.toContain(client_secret);
        }
        await expireLock();
        await apply(local.management, policy);
        const desired = wanted(policy);
        const plan = await planDeployment(await readTenant(local.management, desired), desired, OPTIONS);
        expect(hasChanges(plan), `${fault} at request ${at}`).toBe(false);
        expect(await named('Portcullis Gate')).toBe(1);
        const bound = (await local.management.actions.triggers.bindings.list('post-login')).data;
        expect(bound).toHaveLength(1);
      }
    }
  }, 600_000);
});

/** All of them with `FAULT_MATRIX=all`; else one at each request, in turn. */
function faultsAt(at: number): readonly Fault[] {
  if (process.env.FAULT_MATRIX === 'all') return FAULTS;
  return [FAULTS[at % FAULTS.length] ?? 'lost'];
}

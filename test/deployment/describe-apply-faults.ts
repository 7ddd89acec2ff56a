import { ManagementClient } from 'auth0';
import { afterAll, beforeAll, expect, it } from 'vitest';
import { applyDeployment } from '../../src/deployment/apply/apply-deployment.ts';
import type { DesiredState } from '../../src/deployment/desired-state.ts';
import { destroyDeployment } from '../../src/deployment/destroy/destroy-deployment.ts';
import { planDestroy } from '../../src/deployment/destroy/destroy-plan.ts';
import { hasChanges, planDeployment } from '../../src/deployment/plan/plan-deployment.ts';
import { readTenant } from '../../src/deployment/read-tenant.ts';
import type { Policy } from '../../src/policy/policy.ts';
import { gatePolicy } from '../gate-policy.ts';
import { type LocalTenant, startLocalTenant } from '../local-tenant.ts';
import { type Fault, faultyFetch } from './faulty-fetch.ts';

const OPTIONS = { adopt: false, takeOver: false, settle: 1 };
const { defaultRole: _, ...strict } = gatePolicy;

/**
 * Declares tests in which requests of `apply` meet faults: `apply` reports each without a secret, and the next run succeeds.
 *
 * One tenant serves all of them. Between two cases, the product itself restores its first state: `destroy` before the first
 * apply (all but the URLs that a failed apply had not recorded), an apply of the old policy before that of an edited one.
 *
 * @param faultsOf returns the faults for a request, one case each; receives its number from 1, and the number of requests of an apply
 */
export function describeApplyFaults(faultsOf: (request: number, requests: number) => readonly Fault[]): void {
  let local: LocalTenant;
  let cases = 0;
  beforeAll(async () => {
    local = await startLocalTenant();
    await local.management.clients.create({ name: 'APEX', app_type: 'regular_web' });
  });
  afterAll(async () => {
    await local.tenant.close();
    console.info(`fault matrix of apply: ${cases} cases (request x fault), all recovered from`);
  });

  const desiredState = (policy: Policy): DesiredState => ({
    domain: local.tenant.domain,
    policy,
    logoutOrigins: {},
    callbacks: ['https://apex.test/ords/apex_authentication.callback'],
    logoutUrls: [policy.landingPage],
  });
  const planOf = async (management: ManagementClient, policy: Policy) => {
    const desired = desiredState(policy);
    return planDeployment(await readTenant(management, desired), desired, OPTIONS);
  };
  const apply = async (management: ManagementClient, policy: Policy): Promise<void> => {
    await applyDeployment(management, desiredState(policy), await planOf(management, policy), OPTIONS);
  };
  const destroy = async (): Promise<void> => {
    const plan = await planDestroy(local.management, { keepRoles: false });
    await destroyDeployment(local.management, plan, { takeOver: false, settle: 1 });
    // URLs of an apply that failed before it recorded them are never taken for our own: they stay.
    for await (const { name, client_id = '' } of await local.management.clients.list()) {
      if (name === 'APEX') await local.management.clients.update(client_id, { callbacks: [], allowed_logout_urls: [] });
    }
  };

  /** Returns a client whose `at`th request from now on meets a fault. */
  const faulty = (at: number, fault: Fault) => {
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
  };

  /** Removes the lock of a failed run, as its expiry would. */
  const expireLock = async (): Promise<void> => {
    for await (const client of await local.management.clients.list()) {
      if (client.name !== 'Portcullis Gate') continue;
      await local.management.clients.update(client.client_id ?? '', { client_metadata: { portcullis_apply: null } });
    }
  };
  const countNamed = async (name: string): Promise<number> => {
    let count = 0;
    for await (const client of await local.management.clients.list()) if (client.name === name) count += 1;
    return count;
  };

  const firstState: Readonly<Record<string, { policy: Policy; restore: () => Promise<void> }>> = {
    first: { policy: gatePolicy, restore: destroy },
    edited: { policy: strict, restore: () => apply(local.management, gatePolicy) },
  };
  it.each(Object.entries(firstState))(
    'the %s apply reports a fault at any request without a secret, and the next one sets things right',
    { timeout: 1_200_000 },
    async (_name, { policy, restore }) => {
      await restore();
      const before = await planOf(local.management, policy);
      const { client, transport } = faulty(0, 'cut');
      await apply(client, policy);
      const requests = transport.count;
      expect(requests).toBeGreaterThan(10);
      for (let at = 1; at <= requests; at += 1) {
        for (const fault of faultsOf(at, requests)) {
          await restore();
          expect((await planOf(local.management, policy)).changes).toEqual(before.changes);
          cases += 1;
          const error: unknown = await apply(faulty(at, fault).client, policy).then(
            () => undefined,
            (thrown: unknown) => thrown,
          );
          const report = error instanceof Error ? `${error.message} ${JSON.stringify(error)}` : '';
          for await (const { client_secret } of await local.management.clients.list()) {
            if (client_secret !== undefined) expect(report).not.toContain(client_secret);
          }
          await expireLock();
          await apply(local.management, policy);
          expect(hasChanges(await planOf(local.management, policy)), `${fault} at request ${at}`).toBe(false);
          expect(await countNamed('Portcullis Gate')).toBe(1);
          const bound = (await local.management.actions.triggers.bindings.list('post-login')).data;
          expect(bound).toHaveLength(1);
        }
      }
    },
  );
}

import { afterEach, beforeEach, expect, it } from 'vitest';
import { applyDeployment } from '../../src/deployment/apply/apply-deployment.ts';
import type { DesiredState } from '../../src/deployment/desired-state.ts';
import { hasChanges, planDeployment } from '../../src/deployment/plan/plan-deployment.ts';
import { readTenant } from '../../src/deployment/read-tenant.ts';
import { gatePolicy } from '../gate-policy.ts';
import { bindAction, type LocalTenant, startLocalTenant } from '../local-tenant.ts';

let local: LocalTenant;
let desired: DesiredState;
beforeEach(async () => {
  local = await startLocalTenant();
  await local.management.clients.create({ name: 'APEX', app_type: 'regular_web' });
  const { domain } = local.tenant;
  desired = { domain, policy: gatePolicy, logoutOrigins: {}, callbacks: [], logoutUrls: [] };
});
afterEach(() => local.tenant.close());

const OPTIONS = { adopt: false, takeOver: false };
const plan = async (wanted = desired) =>
  planDeployment(await readTenant(local.management, wanted), wanted, { adopt: false });

it('one of two applies that begin together continues, and the other reports it', async () => {
  await applyDeployment(local.management, desired, await plan(), OPTIONS);
  const edited: DesiredState = { ...desired, policy: { ...gatePolicy, onFailure: 'admit' } };
  const planned = await plan(edited);
  const both = await Promise.allSettled([1, 2].map(() => applyDeployment(local.management, edited, planned, OPTIONS)));
  expect(both.map(({ status }) => status).sort()).toEqual(['fulfilled', 'rejected']);
  expect(both.find(({ status }) => status === 'rejected')).toMatchObject({ reason: { code: 'apply_in_progress' } });
  expect(hasChanges(await plan(edited))).toBe(false);
});

it('an apply reports another one that is running, and takes over on request', async () => {
  await applyDeployment(local.management, desired, await plan(), OPTIONS);
  const own = (await readTenant(local.management, desired)).machines[0];
  const [begun, expires] = [0, 50_000].map((later) => new Date(Date.now() + later).toISOString());
  await local.management.clients.update(own?.clientId ?? '', {
    client_metadata: { portcullis_apply: `other-process ${begun} ${expires}` },
  });
  const edited: DesiredState = { ...desired, policy: { ...gatePolicy, onFailure: 'admit' } };
  const planned = await plan(edited);
  await expect(applyDeployment(local.management, edited, planned, OPTIONS)).rejects.toMatchObject({
    code: 'apply_in_progress',
    remedy: expect.stringContaining('--take-over'),
  });
  await applyDeployment(local.management, edited, planned, { ...OPTIONS, takeOver: true });
  expect(hasChanges(await plan(edited))).toBe(false);
});

it('an apply refuses a plan after another Action was bound', async () => {
  const planned = await plan();
  await bindAction(local.management, 'Other', 'exports.onExecutePostLogin = async () => {};');
  await expect(applyDeployment(local.management, desired, planned, OPTIONS)).rejects.toMatchObject({
    code: 'tenant_changed',
  });
});

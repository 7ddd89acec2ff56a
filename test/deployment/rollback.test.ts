import { afterEach, beforeEach, expect, it } from 'vitest';
import { planRollback, rollBack } from '../../src/deployment/rollback/roll-back.ts';
import { gatePolicy } from '../gate-policy.ts';
import { type DeployedTenant, startDeployedTenant } from './deployed-tenant.ts';

const { defaultRole: _, ...strict } = gatePolicy;
let local: DeployedTenant;
beforeEach(async () => {
  local = await startDeployedTenant();
  await local.apply();
  await local.apply(strict);
});
afterEach(() => local.tenant.close());

const OPTIONS = { takeOver: false, settle: 1 };
const machine = async () =>
  (await local.management.clients.list()).data.find(({ name }) => name === 'Portcullis Gate')?.client_id ?? '';

it('rollback deploys the previous version, shows the differences of its policy, and can go back', async () => {
  const plan = await planRollback(local.management, undefined);
  expect(plan).toMatchObject({ from: { number: 2 }, to: { number: 1 } });
  expect(plan.differences).toMatchObject([{ name: 'policy.defaultRole', after: 'APEX User' }]);
  expect(await rollBack(local.management, plan, OPTIONS)).toBe(3);
  // The previous version with other code, not the one with the same code.
  expect(await planRollback(local.management, undefined)).toMatchObject({ to: { number: 2 } });
});

it('rollback refuses a version that would refuse every user or that cannot be read', async () => {
  await local.management.clients.rotateSecret(await machine());
  await local.apply(strict);
  await expect(planRollback(local.management, 1)).rejects.toMatchObject({
    code: 'version_unusable',
    message: expect.stringContaining('rotated'),
  });
});

it('rollback refuses a version that assigns a deleted role', async () => {
  const [role] = (await local.management.roles.list({ name_filter: 'APEX User' })).data;
  await local.management.roles.delete(role?.id ?? '');
  await expect(planRollback(local.management, 1)).rejects.toMatchObject({
    code: 'version_unusable',
    message: expect.stringContaining('"APEX User"'),
  });
});

it('rollback refuses a tenant that has changed since it was read, and an unknown version', async () => {
  const plan = await planRollback(local.management, undefined);
  await local.apply({ ...strict, onFailure: 'admit' });
  await expect(rollBack(local.management, plan, OPTIONS)).rejects.toMatchObject({ code: 'tenant_changed' });
  await expect(planRollback(local.management, 99)).rejects.toMatchObject({ code: 'version_unknown' });
});

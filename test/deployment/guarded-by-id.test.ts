import { afterEach, beforeEach, describe, expect, it } from 'vitest';
import { applyDeployment } from '../../src/deployment/apply/apply-deployment.ts';
import { planDeployment } from '../../src/deployment/plan/plan-deployment.ts';
import { readTenant } from '../../src/deployment/read-tenant.ts';
import { planRollback } from '../../src/deployment/rollback/roll-back.ts';
import { checks, verifyDeployment } from '../../src/deployment/verify/verify-deployment.ts';
import { verifyFacts } from '../../src/deployment/verify/verify-facts.ts';
import { gatePolicy } from '../gate-policy.ts';
import { type DeployedTenant, startDeployedTenant } from './deployed-tenant.ts';

const OPTIONS = { adopt: false, takeOver: false, settle: 1 };

describe('an item that the applied gate guards', () => {
  let local: DeployedTenant;
  beforeEach(async () => {
    local = await startDeployedTenant();
    await local.apply();
  });
  afterEach(() => local.tenant.close());

  const plan = async (policy = gatePolicy) => {
    const desired = local.wanted(policy);
    return await planDeployment(await readTenant(local.management, desired), desired, OPTIONS);
  };
  const apply = async (policy = gatePolicy, unguard: readonly string[] = []) =>
    await applyDeployment(local.management, local.wanted(policy), await plan(policy), { ...OPTIONS, unguard });
  const verified = async (id: string, policy = gatePolicy) => {
    const facts = verifyFacts(local.management, local.wanted(policy), async () => []);
    for await (const result of verifyDeployment(facts, {
      skip: checks.map((check) => check.id).filter((other) => other !== id),
      explain: (error) => ({ message: String(error), remedy: '' }),
    })) {
      if (result.id === id) return result;
    }
    return undefined;
  };
  const roleId = async (name: string) => (await local.management.roles.list({ name_filter: name })).data[0]?.id ?? '';

  it('keeps its gate if it is renamed and another takes its name', async () => {
    const { management, application } = local;
    await management.clients.update(application, { name: 'APEX of last year' });
    await management.clients.create({ name: 'APEX', app_type: 'regular_web' });

    expect((await plan()).losses).toEqual([{ kind: 'application', id: application, name: 'APEX of last year' }]);
    await expect(apply()).rejects.toMatchObject({
      code: 'guard_lost',
      message: expect.stringContaining('"APEX of last year"'),
      remedy: expect.stringContaining(`--unguard ${application}`),
    });
    await expect(apply(gatePolicy, ['another'])).rejects.toMatchObject({ code: 'guard_lost' });
    expect(await verified('guard_kept')).toMatchObject({
      status: 'fail',
      findings: [{ looked: expect.stringContaining(application) }],
    });

    await apply(gatePolicy, [application]);
    expect((await plan()).losses).toEqual([]);
    expect(await verified('guard_kept')).toMatchObject({
      status: 'warn',
      findings: [{ looked: expect.stringContaining('"APEX of last year"') }],
    });
  });

  it('is found by its ID if no item has its name any more', async () => {
    await local.management.clients.update(local.application, { name: 'APEX of last year' });
    await expect(plan()).rejects.toMatchObject({
      code: 'application_not_found',
      remedy: expect.stringContaining(`"APEX of last year" (${local.application})`),
    });
  });

  it('keeps its gate if the policy leaves it out, and if an earlier version would', async () => {
    const { client_id: portal = '' } = await local.management.clients.create({
      name: 'Portal',
      app_type: 'regular_web',
    });
    const both = { ...gatePolicy, applications: ['APEX', 'Portal'] };
    await apply(both);
    await expect(apply()).rejects.toMatchObject({ code: 'guard_lost', message: expect.stringContaining('"Portal"') });
    await expect(planRollback(local.management, 1)).rejects.toMatchObject({ code: 'guard_lost' });
    expect(await planRollback(local.management, 1, [portal])).toMatchObject({ to: { number: 1 } });
  });

  it('is reported as deleted, and nothing stops for it', async () => {
    const { management, application } = local;
    await management.clients.delete(application);
    await management.clients.create({ name: 'APEX', app_type: 'regular_web' });
    expect((await plan()).losses).toEqual([{ kind: 'application_gone', id: application, name: application }]);
    await apply();
    expect((await plan()).losses).toEqual([]);
  });

  it('is not a role that another one has replaced', async () => {
    const { management } = local;
    const before = await roleId('APEX User');
    await management.roles.update(before, { name: 'Administrator' });
    expect((await plan()).losses).toEqual([{ kind: 'role', id: before, name: 'APEX User', now: 'Administrator' }]);
    expect(await verified('roles_named')).toMatchObject({
      status: 'fail',
      findings: [{ looked: expect.stringContaining('"Administrator"') }],
    });
    await management.roles.create({ name: 'APEX User' });
    await expect(apply()).rejects.toMatchObject({ code: 'role_renamed', remedy: expect.stringContaining(before) });
    await apply(gatePolicy, [before]);
    expect((await plan()).losses).toEqual([]);
    expect(await verified('roles_named')).toMatchObject({ status: 'pass' });
  });

  it('is a role that is created again after it was deleted, which is reported', async () => {
    const before = await roleId('APEX User');
    await local.management.roles.delete(before);
    expect((await plan()).losses).toEqual([{ kind: 'role_gone', id: before, name: 'APEX User' }]);
    await apply();
    expect((await plan()).losses).toEqual([]);
  });
});

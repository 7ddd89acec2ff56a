import { mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { loadPlan, savePlan } from '../../src/cli/deployment/saved-plan.ts';
import { applyDeployment } from '../../src/deployment/apply/apply-deployment.ts';
import type { DesiredState } from '../../src/deployment/desired-state.ts';
import { hasChanges, planDeployment } from '../../src/deployment/plan/plan-deployment.ts';
import { readTenant } from '../../src/deployment/read-tenant.ts';
import type { Policy } from '../../src/policy/policy.ts';
import { type DeployedTenant, startDeployedTenant } from '../deployment/deployed-tenant.ts';

const OPTIONS = { adopt: false, takeOver: false, settle: 1 };

/** Every field of a policy. The type makes this list complete. */
const wholePolicy: Required<Policy> = {
  reasonClaim: 'https://apex.test/rule',
  landingPages: { Portal: 'https://apex.test/ords/r/team/portal/refused' },
  refuse: [{ rule: 'closed', when: { email: ['jo@water.example'] }, because: 'Ask personnel.' }],
  admit: [
    {
      rule: 'staff',
      when: { appMetadata: { 'unit.number': [7, 'x', true] }, not: [{ anyOf: [{ country: ['DE'] }] }] },
      roles: ['ORG:WATER'],
      mfa: true,
    },
  ],
  otherwise: { roles: ['APEX User'] },
  onFailure: 'admit',
  unverifiedEmail: 'admit',
  organizations: [
    { includeSubdomains: true, domains: ['water.example', 'lake.example'], role: 'ORG:WATER' },
    { includeSubdomains: false, domains: ['fire.example'], role: 'ORG:FIRE' },
  ],
  organizationPrefix: 'ORG:',
  defaultRole: 'APEX User',
  landingPage: 'https://apex.test/ords/r/team/app/refused',
  claim: 'https://apex.test/roles',
  applications: ['APEX', 'Portal'],
};

describe('a plan in a file', () => {
  let deployed: DeployedTenant;
  let folder: string;
  beforeAll(async () => {
    deployed = await startDeployedTenant();
    await deployed.management.clients.create({ name: 'Portal', app_type: 'regular_web' });
    folder = mkdtempSync(join(tmpdir(), 'portcullis-saved-plan-'));
  });
  afterAll(async () => {
    await deployed.tenant.close();
    rmSync(folder, { recursive: true, force: true });
  });

  const planned = async (desired: DesiredState) =>
    planDeployment(await readTenant(deployed.management, desired), desired, OPTIONS);
  const saveAndLoad = async (desired: DesiredState) => {
    await savePlan('gate.plan', folder, { plan: await planned(desired), desired, adopt: false });
    return await loadPlan('gate.plan', folder);
  };

  it.each<[string, (keyof Policy)[], Partial<DesiredState>]>([
    [
      'every field of the policy is set, and a position and signed-out pages',
      [],
      { position: 'first', signedOutPages: { Portal: 'https://apex.test/ords/r/team/portal/bye' } },
    ],
    ['the policy has no default role', ['defaultRole'], {}],
    ['the plan changes nothing', ['defaultRole'], {}],
  ])('is read back as it was, and applied, if %s', async (_, absent, beside) => {
    const policy = Object.fromEntries(
      Object.entries(wholePolicy).filter(([name]) => !absent.some((one) => one === name)),
    ) as unknown as Policy;
    const base = deployed.wanted(policy);
    const signedOut = 'https://apex.test/ords/r/team/app/signed-out';
    const desired: DesiredState = { ...base, ...beside, logoutUrls: [...base.logoutUrls, signedOut] };
    const saved = await saveAndLoad(desired);
    expect(saved.desired).toEqual(desired);
    await applyDeployment(deployed.management, saved.desired, saved.plan, OPTIONS);
    expect(hasChanges(await planned(desired))).toBe(false);
  });

  it('is refused if the tenant has changed since', async () => {
    const desired = deployed.wanted({ ...wholePolicy, defaultRole: 'Another' });
    const saved = await saveAndLoad(desired);
    await deployed.management.clients.update(deployed.application, { callbacks: ['https://elsewhere.test/cb'] });
    await expect(applyDeployment(deployed.management, saved.desired, saved.plan, OPTIONS)).rejects.toMatchObject({
      code: 'tenant_changed',
    });
  });
});

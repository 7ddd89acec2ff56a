import { expect, it } from 'vitest';
import { flowChecks } from '../../../src/deployment/verify/checks/flow-checks.ts';
import type { OtherAction, VerifyFacts } from '../../../src/deployment/verify/verify-facts.ts';

const found = async (id: string, ...others: OtherAction[]) => {
  const facts: Partial<VerifyFacts> = { others: async () => others };
  const check = flowChecks.find((one) => one.id === id);
  return [await check?.run(facts as VerifyFacts)].flat();
};
const other = (about: Partial<OtherAction>): OtherAction => ({
  name: 'Other',
  place: 'after',
  code: 'exports.onExecutePostLogin = async () => {};',
  packages: [],
  ...about,
});

it('a factor that a rule asks for must be enabled, and a recovery code is none', async () => {
  const policy = (mfa: boolean) => ({
    admit: [{ rule: 'administrators', when: { role: 'Admin' }, mfa }],
  });
  const check = flowChecks.find((one) => one.id === 'factor_enabled');
  const looked = (mfa: boolean, scopes: string[], factors: string[]) =>
    check?.run({
      desired: { policy: policy(mfa) },
      scopes: async () => scopes,
      factors: async () => factors,
    } as unknown as VerifyFacts);
  const may = ['read:guardian_factors'];
  expect(await looked(false, [], [])).toMatchObject({ status: 'pass' });
  expect(await looked(true, [], ['otp'])).toMatchObject({
    status: 'warn',
    looked: expect.stringContaining(may[0] ?? ''),
  });
  expect(await looked(true, may, ['recovery-code'])).toMatchObject({
    status: 'fail',
    looked: expect.stringContaining('"administrators"'),
  });
  expect(await looked(true, may, ['recovery-code', 'otp'])).toMatchObject({ status: 'pass' });
});

it('an Action of the login with npm packages is named, and so are they', async () => {
  expect(await found('flow_packages', other({}))).toMatchObject([{ status: 'pass' }]);
  expect(await found('flow_packages', other({ packages: ['axios', 'lodash'] }), other({}))).toMatchObject([
    { status: 'warn', looked: expect.stringContaining('axios, lodash') },
  ]);
});

it.each(['api.access.deny("no")', 'api.access\n  .deny("no")', 'api?.access?.deny(reason)'])(
  'an Action that denies access is named, before ours and behind it: %s',
  async (code) => {
    expect(await found('flow_before', other({ code, place: 'before' }))).toMatchObject([
      { status: 'warn', looked: expect.stringContaining('"Other"'), remedy: expect.stringContaining('sendUserTo') },
    ]);
    expect(await found('flow_before', other({ code }))).toMatchObject([{ status: 'warn' }]);
  },
);

import { describe, expect, it } from 'vitest';
import type { PostLoginEvent } from '../../src/action/action-event.ts';
import { bundleAction } from '../../src/action/bundle.ts';
import { readPolicy } from '../../src/action/read-policy.ts';
import type { ResolvedPolicy } from '../../src/action/resolved-policy.ts';
import { policyDifferences } from '../../src/deployment/plan/policy-differences.ts';
import type { Policy } from '../../src/policy/policy.ts';
import { sampleEvent } from './sample-event.ts';
import { CLAIM, samplePolicy, sampleSettings } from './sample-policy.ts';
import { signIn } from './sign-in.ts';

const REASON_CLAIM = 'https://apex.example.com/rule';
const rules: Partial<Policy> = {
  organizationPrefix: '',
  organizations: [],
  reasonClaim: REASON_CLAIM,
  landingPages: { 'guarded-application': 'https://apex.example.com/ords/r/shop/hr/refused' },
  refuse: [
    { rule: 'abroad', when: { not: [{ country: ['DE'] }] }, because: 'Sign in from Germany, please.' },
    { rule: 'interns', when: { appMetadata: { kind: ['intern'] } } },
  ],
  admit: [
    { rule: 'directory', when: { connection: ['adfs'], group: ['staff'] }, roles: ['MEMBER'] },
    { rule: 'admins', when: { role: ['Admin'], network: ['192.0.2.0/24'] }, roles: [], mfa: true },
    { rule: 'guests', when: { organization: ['org_1'], until: '2001-01-01T00:00:00.000Z' }, roles: [] },
  ],
  otherwise: 'refuse',
};

type Changes = { readonly [Key in keyof PostLoginEvent]?: unknown };

/** A login from Germany. */
function loginFrom(changes: Changes = {}, request: object = {}, user: object = {}): PostLoginEvent {
  const event = sampleEvent();
  return {
    ...event,
    ...changes,
    request: { ...event.request, geoip: { countryCode: 'DE' }, ip: '192.0.2.5', ...request },
    user: { ...event.user, ...user },
  } as PostLoginEvent;
}

const policy = (): Partial<Policy> => {
  const { defaultRole: _, ...rest } = { ...samplePolicy, ...rules };
  return { ...rest, defaultRole: undefined } as unknown as Partial<Policy>;
};
const adfs = { connection: { id: 'con_2', name: 'adfs', strategy: 'adfs' } };
const admin = { authorization: { roles: ['Admin'] } };

describe('rules in the Action', () => {
  it('admit by connection and group, and name the rule in its claim and in the log', async () => {
    const event = loginFrom({ ...adfs, authorization: { roles: ['MEMBER'] } }, {}, { groups: ['staff'] });
    const { calls, line } = await signIn({ event, policy: policy() });
    expect(calls).toEqual([
      ['idToken.setCustomClaim', CLAIM, ['MEMBER']],
      ['idToken.setCustomClaim', REASON_CLAIM, 'directory'],
      ['accessToken.setCustomClaim', CLAIM, ['MEMBER']],
      ['accessToken.setCustomClaim', REASON_CLAIM, 'directory'],
    ]);
    expect(line).toMatchObject({ decision: 'admit', reason: 'admit_rule', rule: 'directory', calls: 0 });
  });

  it.each([
    ['names', ['staff']],
    ['objects', [{ id: 'grp_1', name: 'staff' }]],
  ])('read groups as %s', async (_, groups) => {
    const event = loginFrom({ ...adfs, authorization: { roles: ['MEMBER'] } }, {}, { groups });
    expect((await signIn({ event, policy: policy() })).line).toMatchObject({ rule: 'directory' });
  });

  it.each([
    ['another connection', {}, { groups: ['staff'] }],
    ['no groups', adfs, {}],
    ['groups in a form that is not known', adfs, { groups: { staff: true } }],
    ['a rule whose time is over', { organization: { id: 'org_1', name: 'a', display_name: 'A', metadata: {} } }, {}],
  ])('refuse with %s', async (_, changes, user) => {
    const { line } = await signIn({ event: loginFrom(changes, {}, user), policy: policy() });
    expect(line).toMatchObject({ decision: 'refuse', reason: 'no_matching_rule', calls: 0 });
  });

  it('ask for a factor once a session, and not a user who is refused', async () => {
    const challenge = ['multifactor.enable', 'any', { allowRememberBrowser: false }];
    const first = await signIn({ event: loginFrom(admin), policy: policy() });
    expect(first.calls).toContainEqual(challenge);
    expect(first.line).toMatchObject({ decision: 'admit', rule: 'admins', mfa: true });

    const methods = [{ name: 'pwd' }, { name: 'mfa', type: 'otp' }];
    const again = await signIn({ event: loginFrom({ ...admin, authentication: { methods } }), policy: policy() });
    expect(again.calls).not.toContainEqual(challenge);
    expect(again.line).toMatchObject({ decision: 'admit', rule: 'admins' });
    expect(again.line).not.toHaveProperty('mfa');

    const elsewhere = await signIn({ event: loginFrom(admin, { ip: '198.51.100.1' }), policy: policy() });
    expect(elsewhere.calls).not.toContainEqual(challenge);
    expect(elsewhere.line).toMatchObject({ decision: 'refuse' });
  });

  it("send a refused user to the application's own page, with the rule if it has a sentence", async () => {
    const page = 'https://apex.example.com/ords/r/shop/hr/refused';
    const abroad = await signIn({ event: loginFrom(admin, { geoip: { countryCode: 'AT' } }), policy: policy() });
    expect(abroad.calls[0]?.[2]).toMatchObject({ query: { returnTo: `${page}?reason=refuse_rule&rule=abroad` } });
    const nowhere = await signIn({ event: loginFrom(admin, { geoip: {} }), policy: policy() });
    expect(nowhere.line).toMatchObject({ reason: 'refuse_rule', rule: 'abroad' });
    const intern = await signIn({
      event: loginFrom(admin, {}, { app_metadata: { kind: 'intern' } }),
      policy: policy(),
    });
    expect(intern.calls[0]?.[2]).toMatchObject({ query: { returnTo: `${page}?reason=refuse_rule` } });
    expect(intern.line).toMatchObject({ rule: 'interns' });
  });

  it('refuse with the sentence of the rule where there is no browser', async () => {
    const event = loginFrom({ transaction: { protocol: 'oauth2-password' } }, { geoip: { countryCode: 'AT' } });
    const { calls } = await signIn({ event, policy: policy() });
    expect(calls).toEqual([['access.deny', 'Sign in from Germany, please.']]);
  });
});

describe('a policy with rules', () => {
  it('is read back from its Action as it was', async () => {
    const whole = { ...samplePolicy, ...rules, otherwise: { roles: ['MEMBER'] } } as ResolvedPolicy;
    expect(readPolicy((await bundleAction(whole, sampleSettings)).code)).toEqual(whole);
  });

  it('is not read from an Action with a condition that this version does not know', async () => {
    const { code } = await bundleAction({ ...samplePolicy, ...rules } as ResolvedPolicy, sampleSettings);
    expect(readPolicy(code)).toBeDefined();
    expect(readPolicy(code.replace('connection: [', 'weather: ['))).toBeUndefined();
  });

  it.each([
    ['one domain', () => 'fire.example'],
    // Each has a length of 25 characters.
    ['as many domains', (index: number) => `${String(index).padStart(8, 'x')}.example`],
  ])('fits into an Action with 2,000 addresses of %s, which decides by each', async (_, domainOf) => {
    const email = Array.from(
      { length: 2000 },
      (_value, index) => `${String(index).padStart(8, 'n')}@${domainOf(index)}`,
    );
    const policyOfMany = { ...samplePolicy, admit: [{ rule: 'list', when: { email }, roles: [] }] } as ResolvedPolicy;
    const { bytes, code } = await bundleAction(policyOfMany, sampleSettings);
    expect(bytes).toBeLessThan(100_000);
    const read = readPolicy(code);
    expect(read?.admit?.[0]?.when.email?.toSorted()).toEqual(email.toSorted());
    if (read === undefined) throw new Error('The policy cannot be read.');
    expect(policyDifferences(policyOfMany, read)).toEqual([]);
    expect(
      policyDifferences(
        { ...policyOfMany, admit: [{ rule: 'list', when: { email: email.slice(1) }, roles: [] }] },
        read,
      ),
    ).toHaveLength(1);
    const logins = [
      [email[0], 'list'],
      [email.at(-1), 'list'],
      ['other@water.example', undefined],
    ] as const;
    for (const [address, rule] of logins) {
      const { line } = await signIn({
        event: loginFrom({}, {}, { email: address }),
        policy: { ...policy(), ...policyOfMany, defaultRole: undefined } as unknown as Partial<Policy>,
      });
      expect(line?.rule).toBe(rule);
    }
  });
});

// Two guarded applications with rules and landing pages of their own, each with a stand-in.
import { describe, expect, it } from 'vitest';
import type { StandInEvent } from '../../src/apex/stand-in/stand-in-event.ts';
import { signInCast } from '../../src/cli/dev/sign-in-cast.ts';
import type { Policy } from '../../src/policy/policy.ts';
import { gatePolicy } from '../gate-policy.ts';
import { visitGate } from './gate-visit.ts';

const { defaultRole: _, ...base } = gatePolicy;
const policy: Policy = {
  ...base,
  applications: ['APEX', 'HR'],
  landingPages: { HR: 'https://apex.example.com/ords/r/team/hr/refused' },
  organizationPrefix: '',
  organizations: [],
  refuse: [{ rule: 'left', when: { application: ['HR'], email: ['jo@water.example'] }, because: 'Ask personnel.' }],
  admit: [
    {
      rule: 'staff',
      when: { application: ['APEX'], emailDomain: ['elsewhere.example', 'water.example'] },
      roles: ['Staff'],
    },
    { rule: 'personnel', when: { application: ['HR'], role: ['HR User'] }, roles: [] },
  ],
  otherwise: 'refuse',
};

describe('two guarded applications', () => {
  const events: { last?: StandInEvent } = {};
  const visit = visitGate({
    policy,
    onStandInEvent: (event) => {
      events.last = event;
    },
  });
  const hr = () => {
    const found = visit.gate.applications.find(({ name }) => name === 'HR');
    if (found === undefined) throw new Error('There is no second application.');
    return found;
  };
  const at = async (home: string, email: string) => {
    await visit.context.clearCookies();
    await visit.page.goto(home);
    await visit.page.fill('input[name=username]', email);
    await visit.page.fill('input[name=password]', 'Open-the-gate-1');
    await visit.page.click('button[type=submit]');
  };

  it('let a user into one, and refuse the user at the other on its own landing page', async () => {
    expect(visit.gate.applications.map(({ name }) => name)).toEqual(['APEX', 'HR']);
    await at(visit.gate.standIn.homeUrl, 'una@elsewhere.example');
    await visit.page.waitForURL((url) => url.href.startsWith(visit.gate.standIn.homeUrl));
    expect(await visit.page.textContent('#roles')).toContain('Staff');
    await at(hr().standIn.homeUrl, 'una@elsewhere.example');
    await visit.page.waitForURL((url) => url.href.startsWith(hr().standIn.landingPageUrl));
    expect(new URL(visit.page.url()).searchParams.get('reason')).toBe('no_matching_rule');
    expect(new URL(hr().standIn.landingPageUrl).origin).not.toBe(new URL(visit.gate.standIn.homeUrl).origin);
  });

  it('show the sentence of a rule at the application that the rule is for', async () => {
    await at(hr().standIn.homeUrl, 'jo@water.example');
    await visit.page.waitForURL((url) => url.href.startsWith(hr().standIn.landingPageUrl));
    expect(await visit.page.textContent('#reason')).toBe('Ask personnel.');
  });

  it('are both visited by the whole cast, with users for the rules, and each login is as the policy says', async () => {
    expect(visit.gate.cast.map(({ kind }) => kind)).toEqual(
      expect.arrayContaining(['rule "left"', 'rule "personnel"']),
    );
    const rows = await signInCast(visit.gate, visit.gate.policy(), events);
    expect(new Set(rows.map(({ application }) => application))).toEqual(new Set(['APEX', 'HR']));
    expect(
      rows.flatMap(({ person, application, differences }) =>
        differences.map((one) => `${person} at ${application}: ${one}`),
      ),
    ).toEqual([]);
    expect(rows.find(({ kind, application }) => kind === 'rule "personnel"' && application === 'HR')).toMatchObject({
      decision: 'admit',
      reason: 'admit_rule',
      arrival: 'home',
    });
  });

  it('become one again with an edit of the policy, and two with another', async () => {
    await visit.gate.put({ ...policy, applications: ['APEX'], refuse: [], admit: policy.admit?.slice(0, 1) ?? [] });
    expect(visit.gate.applications.map(({ name }) => name)).toEqual(['APEX']);
    await visit.gate.put(policy);
    await at(hr().standIn.homeUrl, 'una@elsewhere.example');
    await visit.page.waitForURL((url) => url.href.startsWith(hr().standIn.landingPageUrl));
  });
});

// The article's first solution: the application itself decides after the sign-in, without an Action or in addition to one.
import { describe, expect, it } from 'vitest';
import { gatePolicy } from '../gate-policy.ts';
import { type GateVisit, visitGate } from './gate-visit.ts';

const { defaultRole: _, ...policy } = gatePolicy;

const untilAt = ({ page }: GateVisit, address: string) =>
  page.waitForURL((url) => url.pathname === new URL(address).pathname);

describe('an application that decides by itself', () => {
  const visit = visitGate({ policy, decide: 'apex' });

  const to = (address: string) => untilAt(visit, address);
  const bindings = async () =>
    (await visit.gate.management.actions.triggers.bindings.list('post-login', { per_page: 50 })).data.length;

  it.each([
    ['Vera', /has not been confirmed/, 'unverified_email'],
    ['Una', /does not have access/, 'no_matching_rule'],
  ])('logs %s out of both sides, without an Action and without a loop', async (name, sentence, reason) => {
    expect(await bindings()).toBe(0);
    await visit.signIn(name);
    await to(visit.gate.standIn.landingPageUrl);
    expect(await visit.page.textContent('#reason')).toMatch(sentence);
    expect(visit.events.filter(({ type }) => type === 'refused-in-apex')).toEqual([
      { type: 'refused-in-apex', reason },
    ]);
    expect((await visit.context.cookies()).filter(({ name: one }) => one === 'auth0')).toEqual([]);
    await visit.page.goto(visit.gate.standIn.homeUrl);
    await visit.page.waitForURL((url) => url.pathname === '/u/login');
    expect(await visit.page.isVisible('input[name=password]')).toBe(true);
  });

  it('gives the session the role of the domain, and assigns none at the tenant', async () => {
    await visit.signIn('Otto');
    await to(visit.gate.standIn.homeUrl);
    expect(await visit.page.textContent('#roles')).toContain('ORG:WATER');
    const [user] = await visit.gate.management.users.listUsersByEmail({ email: 'otto@water.example' });
    expect((await visit.gate.management.users.roles.list(user?.user_id ?? '')).data).toEqual([]);
  });
});

describe('an application beside the Action', () => {
  const visit = visitGate();

  const to = (address: string) => untilAt(visit, address);

  it('with both: the Action refuses first, and the application decides again about every other user', async () => {
    await visit.start({ policy, decide: 'both' });
    await visit.signIn('Otto');
    await to(visit.gate.standIn.homeUrl);
    await visit.context.clearCookies();
    await visit.signIn('Vera');
    await to(visit.gate.standIn.landingPageUrl);
    expect(visit.events.some(({ type }) => type === 'refused-in-apex')).toBe(false);

    // The Action is removed from the flow by hand.
    await visit.gate.management.actions.triggers.bindings.updateMany('post-login', { bindings: [] });
    await visit.signIn('Vera');
    await to(visit.gate.standIn.landingPageUrl);
    expect(await visit.page.textContent('#reason')).toMatch(/has not been confirmed/);
    expect(visit.events.filter(({ type }) => type === 'refused-in-apex')).toHaveLength(1);
  });

  it('with the Action alone: without the Action it refuses every user, because the list of roles is missing', async () => {
    await visit.start({ policy, decide: 'action' });
    await visit.gate.management.actions.triggers.bindings.updateMany('post-login', { bindings: [] });
    await visit.signIn('Otto');
    await to(visit.gate.standIn.landingPageUrl);
    expect(new URL(visit.page.url()).searchParams.get('reason')).toBe('roles_unknown');
  });
});

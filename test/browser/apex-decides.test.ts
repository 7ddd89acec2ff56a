// The article's first solution: the application itself decides after the sign-in, with no Action or beside it.
import type { Browser, BrowserContext, Page } from 'playwright-core';
import { afterAll, afterEach, beforeAll, beforeEach, describe, expect, it } from 'vitest';
import type { StandInEvent } from '../../src/apex/stand-in/event.ts';
import { type LocalGate, startLocalGate } from '../../src/cli/dev/local-gate.ts';
import type { Decider } from '../../src/cli/dev/local-stand-in.ts';
import { gatePolicy } from '../gate-policy.ts';
import { launchChromium } from './chromium.ts';

const { defaultRole: _, ...policy } = gatePolicy;

describe('an application that decides by itself', () => {
  let browser: Browser;
  let gate: LocalGate;
  let context: BrowserContext;
  let page: Page;
  let events: StandInEvent[];

  beforeAll(async () => {
    browser = await launchChromium();
  });
  afterAll(() => browser.close());
  beforeEach(async () => {
    events = [];
    context = await browser.newContext();
    page = await context.newPage();
  });
  afterEach(async () => {
    await context.close();
    await gate.close();
  });

  async function start(decide: Decider): Promise<void> {
    const onStandInEvent = (event: StandInEvent) => void events.push(event);
    gate = await startLocalGate({ policy, decide, tenantPort: 0, loopbackPort: 0, standInPort: 0, onStandInEvent });
  }

  async function signIn(name: string): Promise<void> {
    const person = gate.cast.find((one) => one.name === name);
    await page.goto(gate.standIn.homeUrl);
    await page.fill('input[name=username]', person?.email ?? '');
    await page.fill('input[name=password]', person?.password ?? '');
    await page.click('button[name=action][value=default]');
  }

  const to = (address: string) => page.waitForURL((url) => url.pathname === new URL(address).pathname);
  const bindings = async () =>
    (await gate.management.actions.triggers.bindings.list('post-login', { per_page: 50 })).data.length;

  it.each([
    ['Vera', /has not been confirmed/, 'unverified_email'],
    ['Una', /does not have access/, 'no_matching_rule'],
  ])('logs %s out of both sides, without an Action and without a loop', async (name, sentence, reason) => {
    await start('apex');
    expect(await bindings()).toBe(0);
    await signIn(name);
    await to(gate.standIn.landingPageUrl);
    expect(await page.textContent('#reason')).toMatch(sentence);
    expect(events.filter(({ type }) => type === 'refused-in-apex')).toEqual([{ type: 'refused-in-apex', reason }]);
    expect((await context.cookies()).filter(({ name: one }) => one === 'auth0')).toEqual([]);
    await page.goto(gate.standIn.homeUrl);
    await page.waitForURL((url) => url.pathname === '/u/login');
    expect(await page.isVisible('input[name=password]')).toBe(true);
  });

  it('gives the role of the domain to the session, and none at the tenant', async () => {
    await start('apex');
    await signIn('Otto');
    await to(gate.standIn.homeUrl);
    expect(await page.textContent('#roles')).toContain('ORG:WATER');
    const [user] = await gate.management.users.listUsersByEmail({ email: 'otto@water.example' });
    expect((await gate.management.users.roles.list(user?.user_id ?? '')).data).toEqual([]);
  });

  it('with both: the Action refuses first, and whoever gets past it is decided about once more', async () => {
    await start('both');
    await signIn('Otto');
    await to(gate.standIn.homeUrl);
    await context.clearCookies();
    await signIn('Vera');
    await to(gate.standIn.landingPageUrl);
    expect(events.some(({ type }) => type === 'refused-in-apex')).toBe(false);

    // Somebody takes the Action out by hand.
    await gate.management.actions.triggers.bindings.updateMany('post-login', { bindings: [] });
    await signIn('Vera');
    await to(gate.standIn.landingPageUrl);
    expect(await page.textContent('#reason')).toMatch(/has not been confirmed/);
    expect(events.filter(({ type }) => type === 'refused-in-apex')).toHaveLength(1);
  });

  it('with the Action alone: without it nobody gets in, since no list of roles comes', async () => {
    await start('action');
    await gate.management.actions.triggers.bindings.updateMany('post-login', { bindings: [] });
    await signIn('Otto');
    await to(gate.standIn.landingPageUrl);
    expect(new URL(page.url()).searchParams.get('reason')).toBe('roles_unknown');
  });
});

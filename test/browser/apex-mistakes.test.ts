// Each classic mistake in a real browser, on the local tenant with the policy's own Action: the symptom, and what is told of it.
import type { Browser, BrowserContext, Page } from 'playwright-core';
import { afterAll, afterEach, beforeAll, beforeEach, describe, expect, it } from 'vitest';
import type { StandInEvent } from '../../src/apex/stand-in/event.ts';
import type { MistakeName } from '../../src/apex/stand-in/mistake.ts';
import { type LocalGate, startLocalGate } from '../../src/cli/dev/local-gate.ts';
import { gatePolicy as policy } from '../gate-policy.ts';
import { launchChromium } from './chromium.ts';

describe('an application with a classic mistake', () => {
  let browser: Browser;
  let gate: LocalGate | undefined;
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
    await gate?.close();
    gate = undefined;
  });

  async function start(mistake: MistakeName): Promise<LocalGate> {
    const onStandInEvent = (event: StandInEvent) => void events.push(event);
    gate = await startLocalGate({ policy, mistake, tenantPort: 0, loopbackPort: 0, standInPort: 0, onStandInEvent });
    return gate;
  }

  async function fillIn({ cast }: LocalGate, name: string): Promise<void> {
    const person = cast.find((one) => one.name === name);
    await page.fill('input[name=username]', person?.email ?? '');
    await page.fill('input[name=password]', person?.password ?? '');
  }

  async function signIn(at: LocalGate, name: string): Promise<void> {
    await page.goto(at.standIn.homeUrl);
    await fillIn(at, name);
    await page.click('button[name=action][value=default]');
  }

  const told = () => events.flatMap((event) => (event.type === 'symptom' ? [event] : []));
  const path = (address: string) => new URL(address).pathname;

  it('post-logout-home: a sign-out is followed by a sign-in, without a question', async () => {
    const at = await start('post-logout-home');
    await signIn(at, 'Una');
    await page.waitForURL((url) => url.pathname === path(at.standIn.homeUrl));
    const logins = () => events.filter(({ type }) => type === 'login').length;
    expect(logins()).toBe(1);
    await page.click('#sign-out');
    await expect.poll(logins).toBe(2);
    expect(path(page.url())).toBe(path(at.standIn.homeUrl));
    expect(await page.textContent('#app-user')).toContain('una@');
    expect(told()).toMatchObject([{ name: 'post-logout-home', cure: expect.stringContaining('Post-Logout URL') }]);
  });

  it('landing-protected: the refused land on the login page again', async () => {
    const at = await start('landing-protected');
    await signIn(at, 'Vera');
    await page.waitForURL((url) => url.pathname === '/u/login');
    await expect.poll(told).toMatchObject([{ name: 'landing-protected' }]);
    expect(await page.textContent('main')).not.toMatch(/confirmed/);
    expect(told()[0]?.cure).toContain('Page Is Public');
  });

  it('missing-callback: an error page of the tenant in place of the login page', async () => {
    const at = await start('missing-callback');
    const response = await page.goto(at.standIn.homeUrl);
    expect(response?.status()).toBe(403);
    expect(await page.textContent('body')).toMatch(/callback/i);
    await expect.poll(told).toMatchObject([{ name: 'missing-callback', detail: at.standIn.callbackUrl }]);
    expect(told()[0]?.cure).toContain('Allowed Callback URLs');
  });

  it('verify-clash: too many redirects', async () => {
    const at = await start('verify-clash');
    await page.goto(at.standIn.homeUrl);
    await fillIn(at, 'Vera');
    const failure = page.waitForEvent('requestfailed', (request) => request.isNavigationRequest());
    await page.click('button[name=action][value=default]', { noWaitAfter: true });
    expect((await failure).failure()?.errorText).toBe('net::ERR_TOO_MANY_REDIRECTS');
    expect(told()).toMatchObject([{ name: 'verify-clash', cure: expect.stringContaining('Verify Attributes: No') }]);
  });

  it('comma-scope: no username', async () => {
    const at = await start('comma-scope');
    await signIn(at, 'Una');
    await page.waitForSelector('#code');
    expect(await page.textContent('#code')).toBe('missing_username');
    expect(told()).toMatchObject([{ name: 'comma-scope', cure: 'Scope: profile,email' }]);
  });

  it('groups-not-custom: the role is there, and its scheme does not pass', async () => {
    const at = await start('groups-not-custom');
    await signIn(at, 'Una');
    await page.waitForSelector('#roles');
    expect(await page.textContent('#roles')).toContain('APEX User');
    expect(await page.getAttribute('tr[data-scheme="Holds APEX User"]', 'data-passes')).toBe('false');
    expect(told()).toMatchObject([{ name: 'groups-not-custom', cure: expect.stringContaining('Custom Code') }]);
  });
});

import type { Browser, BrowserContext, Page } from 'playwright-core';
import { afterAll, afterEach, beforeAll, beforeEach, describe, expect, it } from 'vitest';
import type { Person } from '../../src/cli/dev/cast.ts';
import { type LocalGate, startLocalGate } from '../../src/cli/dev/local-gate.ts';
import { gatePolicy as policy } from '../gate-policy.ts';
import { bindAction } from '../local-tenant.ts';
import { launchChromium } from './chromium.ts';

describe('a person with a browser at the gate', () => {
  let browser: Browser;
  let gate: LocalGate;
  let context: BrowserContext;
  let page: Page;

  beforeAll(async () => {
    browser = await launchChromium();
  });
  afterAll(() => browser.close());
  beforeEach(async () => {
    gate = await startLocalGate({ policy, tenantPort: 0, loopbackPort: 0, standInPort: 0 });
    context = await browser.newContext();
    page = await context.newPage();
  });
  afterEach(async () => {
    await context.close();
    await gate.close();
  });

  const person = (name: string): Person => {
    const found = gate.cast.find((one) => one.name === name);
    if (found === undefined) throw new Error(`Nobody is called ${name}.`);
    return found;
  };

  async function signIn({ email, password = '' }: Person): Promise<void> {
    await page.goto(gate.standIn.homeUrl);
    await page.fill('input[name=username]', email);
    await page.fill('input[name=password]', password);
    // What a script written for Auth0's own login page clicks.
    await page.click('button[name=action][value=default]');
  }

  async function rolesOf({ email }: Person): Promise<(string | undefined)[]> {
    const [user] = await gate.management.users.listUsersByEmail({ email });
    return (await gate.management.users.roles.list(user?.user_id ?? '')).data.map(({ name }) => name);
  }

  const at = (address: string) => (url: URL) => url.pathname === new URL(address).pathname;

  it('loops for ever where an Action does nothing but deny', async () => {
    await gate.management.actions.triggers.bindings.updateMany('post-login', { bindings: [] });
    await bindAction(
      gate.management,
      'Deny',
      "exports.onExecutePostLogin = async (event, api) => { api.access.deny('no'); };",
    );
    await page.goto(gate.standIn.homeUrl);
    await page.fill('input[name=username]', person('Vera').email);
    await page.fill('input[name=password]', person('Vera').password ?? '');
    const failure = page.waitForEvent('requestfailed', (request) => request.isNavigationRequest());
    await page.click('button[name=action][value=default]', { noWaitAfter: true });
    expect((await failure).failure()?.errorText).toBe('net::ERR_TOO_MANY_REDIRECTS');
  });

  it('refuses the unverified without a loop, ends both sessions, and lets somebody else sign in', async () => {
    await signIn(person('Vera'));
    await page.waitForURL(at(gate.standIn.landingPageUrl));
    expect(await page.textContent('main')).toMatch(/confirmed/);
    expect((await context.cookies()).filter(({ name }) => name === 'auth0' || name.startsWith('ORA_WWV_APP'))).toEqual(
      [],
    );
    // No session is left to sign Vera in again: the application leads to the login page.
    await page.goto(gate.standIn.homeUrl);
    expect(new URL(page.url()).pathname).toBe('/u/login');
    await signIn(person('Wendy'));
    await page.waitForURL(at(gate.standIn.homeUrl));
    expect(await page.textContent('main')).toContain('ORG:WATER');
  });

  it('offers the refused to sign in as somebody else', async () => {
    await signIn(person('Vera'));
    await page.waitForURL(at(gate.standIn.landingPageUrl));
    await page.click('text=/sign in as somebody else/i');
    await page.waitForURL((url) => url.pathname === '/u/login');
  });

  it('refuses whoever takes the state of a refusal to /continue by hand, the session still alive', async () => {
    // Playwright's own routes do not see redirects; the protocol below does.
    const protocol = await context.newCDPSession(page);
    await protocol.send('Fetch.enable', { patterns: [{ urlPattern: '*/v2/logout*' }] });
    const logout = new Promise<URL>((resolve) => {
      protocol.on('Fetch.requestPaused', async ({ requestId, request }) => {
        resolve(new URL(request.url));
        await protocol.send('Fetch.failRequest', { requestId, errorReason: 'Aborted' });
      });
    });
    await signIn(person('Vera'));
    const state = (await logout).searchParams.get('state') ?? '';
    expect(state).not.toBe('');
    await protocol.send('Fetch.disable');

    const visited: string[] = [];
    page.on('framenavigated', (frame) => visited.push(new URL(frame.url()).pathname));
    await page.goto(`${gate.tenant.loopbackUrl}continue?state=${encodeURIComponent(state)}`);
    expect(new URL(page.url()).pathname).toBe(new URL(gate.standIn.landingPageUrl).pathname);
    expect(visited).not.toContain(new URL(gate.standIn.homeUrl).pathname);

    // And once more: a state is good for one use.
    const again = await page.goto(`${gate.tenant.loopbackUrl}continue?state=${encodeURIComponent(state)}`);
    expect(again?.status()).toBeGreaterThanOrEqual(400);
    expect(await rolesOf(person('Vera'))).toEqual([]);
  });

  it('gives the default role on the first visit: in the claim, on the page, and at the tenant', async () => {
    const una = person('Una');
    expect(await rolesOf(una)).toEqual([]);
    await signIn(una);
    await page.waitForURL(at(gate.standIn.homeUrl));
    expect(await page.textContent('main')).toContain('APEX User');
    const claims = await page.locator('details').allTextContents();
    expect(claims.join()).toMatch(/https:\/\/apex\.example\.com\/roles/);
    expect(await rolesOf(una)).toEqual(['APEX User']);
  });

  it('gives the role of the organisation that the e-mail domain belongs to', async () => {
    await signIn(person('Otto'));
    await page.waitForURL(at(gate.standIn.homeUrl));
    expect(await rolesOf(person('Otto'))).toEqual(['ORG:WATER']);
  });

  it('leaves the holder of an organisation role as is', async () => {
    await signIn(person('Wendy'));
    await page.waitForURL(at(gate.standIn.homeUrl));
    const shown = await page
      .locator('#roles li[data-role]')
      .evaluateAll((items) => items.map((item) => item.getAttribute('data-role')));
    expect(shown).toEqual(['ORG:WATER']);
    expect(await rolesOf(person('Wendy'))).toEqual(['ORG:WATER']);
  });

  it('lets somebody in who comes from a social provider, verified there', async () => {
    await page.goto(gate.standIn.homeUrl);
    await page.click('text=/continue with google/i');
    await page.fill('input[name=email]', 'gina@elsewhere.example');
    await page.check('input[name=email_verified]');
    await page.click('button[name=action][value=default]');
    await page.waitForURL(at(gate.standIn.homeUrl));
    expect(await rolesOf({ ...person('Gina'), email: 'gina@elsewhere.example' })).toEqual(['APEX User']);
  });

  it('leaves another application alone, and denies prompt=none at the guarded one without a redirect', async () => {
    // Any page that answers will do for a callback: what counts is the address that it is opened with.
    const callback = gate.standIn.signedOutUrl;
    const { client_id: other = '' } = await gate.management.clients.create({
      name: 'Other',
      app_type: 'regular_web',
      callbacks: [callback],
    });
    const authorize = (clientId: string, redirectUri: string, more: Record<string, string> = {}) =>
      `${gate.tenant.loopbackUrl}authorize?${new URLSearchParams({
        response_type: 'code',
        client_id: clientId,
        redirect_uri: redirectUri,
        scope: 'openid',
        state: 'the-state',
        ...more,
      })}`;
    await page.goto(authorize(other, callback));
    await page.fill('input[name=username]', person('Vera').email);
    await page.fill('input[name=password]', person('Vera').password ?? '');
    await page.click('button[name=action][value=default]');
    await page.waitForURL(at(callback));
    expect(new URL(page.url()).searchParams.get('code')).toBeTruthy();

    const asked: URL[] = [];
    page.on('request', (request) => asked.push(new URL(request.url())));
    await page.goto(authorize(gate.clientId, gate.standIn.callbackUrl, { prompt: 'none' }));
    const answer = asked.find((url) => url.pathname === new URL(gate.standIn.callbackUrl).pathname);
    expect(answer?.searchParams.get('error')).toBe('access_denied');
    expect(answer?.searchParams.has('code')).toBe(false);
    expect(asked.map((url) => url.pathname)).not.toContain('/v2/logout');
  });

  it('says so when the password is wrong, and nothing else', async () => {
    await signIn({ ...person('Una'), password: 'not-this-one' });
    expect(new URL(page.url()).pathname).toBe('/u/login');
    expect(await page.textContent('[role=alert]')).toMatch(/wrong email or password/i);
  });

  it('signs out of the application and of the tenant', async () => {
    await signIn(person('Wendy'));
    await page.waitForURL(at(gate.standIn.homeUrl));
    await page.click('text=/sign out/i');
    await page.waitForURL(at(gate.standIn.signedOutUrl));
    await page.goto(gate.standIn.homeUrl);
    expect(new URL(page.url()).pathname).toBe('/u/login');
  });
});

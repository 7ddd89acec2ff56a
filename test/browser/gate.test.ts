import { describe, expect, it } from 'vitest';
import type { Person } from '../../src/cli/dev/cast.ts';
import { gatePolicy as policy } from '../gate-policy.ts';
import { bindAction } from '../local-tenant.ts';
import { visitGate } from './gate-visit.ts';

describe('the gate in a browser', () => {
  const visit = visitGate({ policy });

  async function rolesOf({ email }: Person): Promise<(string | undefined)[]> {
    const [user] = await visit.gate.management.users.listUsersByEmail({ email });
    return (await visit.gate.management.users.roles.list(user?.user_id ?? '')).data.map(({ name }) => name);
  }

  const at = (address: string) => (url: URL) => url.pathname === new URL(address).pathname;

  it('refuses an unverified user without a loop, ends both sessions, and lets another user sign in', async () => {
    await visit.signIn('Vera');
    await visit.page.waitForURL(at(visit.gate.standIn.landingPageUrl));
    expect(await visit.page.textContent('main')).toMatch(/confirmed/);
    expect(
      (await visit.context.cookies()).filter(({ name }) => name === 'auth0' || name.startsWith('ORA_WWV_APP')),
    ).toEqual([]);
    // No session is left to sign Vera in again: the application leads to the login page.
    await visit.page.goto(visit.gate.standIn.homeUrl);
    expect(new URL(visit.page.url()).pathname).toBe('/u/login');
    await visit.signIn('Wendy');
    await visit.page.waitForURL(at(visit.gate.standIn.homeUrl));
    expect(await visit.page.textContent('main')).toContain('ORG:WATER');
  });

  it('offers refused users to sign in as another user', async () => {
    await visit.signIn('Vera');
    await visit.page.waitForURL(at(visit.gate.standIn.landingPageUrl));
    await visit.page.click('#sign-in-again');
    await visit.page.waitForURL((url) => url.pathname === '/u/login');
  });

  it('refuses a login that is resumed at /continue with the state of a refusal, while the session still exists', async () => {
    // Playwright's own routes do not see redirects; the protocol below does.
    const protocol = await visit.context.newCDPSession(visit.page);
    await protocol.send('Fetch.enable', { patterns: [{ urlPattern: '*/v2/logout*' }] });
    const logout = new Promise<URL>((resolve) => {
      protocol.on('Fetch.requestPaused', async ({ requestId, request }) => {
        resolve(new URL(request.url));
        await protocol.send('Fetch.failRequest', { requestId, errorReason: 'Aborted' });
      });
    });
    await visit.signIn('Vera');
    const state = (await logout).searchParams.get('state') ?? '';
    expect(state).not.toBe('');
    await protocol.send('Fetch.disable');

    const visited: string[] = [];
    visit.page.on('framenavigated', (frame) => visited.push(new URL(frame.url()).pathname));
    await visit.page.goto(`${visit.gate.tenant.loopbackUrl}continue?state=${encodeURIComponent(state)}`);
    expect(new URL(visit.page.url()).pathname).toBe(new URL(visit.gate.standIn.landingPageUrl).pathname);
    expect(visited).not.toContain(new URL(visit.gate.standIn.homeUrl).pathname);

    // A state can be used only once.
    const again = await visit.page.goto(`${visit.gate.tenant.loopbackUrl}continue?state=${encodeURIComponent(state)}`);
    expect(again?.status()).toBeGreaterThanOrEqual(400);
    expect(await rolesOf(visit.person('Vera'))).toEqual([]);
  });

  it('gives the default role at the first visit: in the claim, on the page and at the tenant', async () => {
    const una = visit.person('Una');
    expect(await rolesOf(una)).toEqual([]);
    await visit.signIn(una);
    await visit.page.waitForURL(at(visit.gate.standIn.homeUrl));
    expect(await visit.page.textContent('main')).toContain('APEX User');
    const claims = await visit.page.locator('details').allTextContents();
    expect(claims.join()).toMatch(/https:\/\/apex\.example\.com\/roles/);
    expect(await rolesOf(una)).toEqual(['APEX User']);
  });

  it('gives the role of the organisation that the e-mail domain belongs to', async () => {
    await visit.signIn('Otto');
    await visit.page.waitForURL(at(visit.gate.standIn.homeUrl));
    expect(await rolesOf(visit.person('Otto'))).toEqual(['ORG:WATER']);
  });

  it('assigns nothing to a user who holds an organisation role', async () => {
    await visit.signIn('Wendy');
    await visit.page.waitForURL(at(visit.gate.standIn.homeUrl));
    const visible = await visit.page
      .locator('#roles li[data-role]')
      .evaluateAll((items) => items.map((item) => item.getAttribute('data-role')));
    expect(visible).toEqual(['ORG:WATER']);
    expect(await rolesOf(visit.person('Wendy'))).toEqual(['ORG:WATER']);
  });

  it('lets in a user of a social provider whose address is verified there', async () => {
    await visit.page.goto(visit.gate.standIn.homeUrl);
    await visit.page.click('text=/continue with google/i');
    await visit.page.fill('input[name=email]', 'gina@elsewhere.example');
    await visit.page.check('input[name=email_verified]');
    await visit.page.click('button[name=action][value=default]');
    await visit.page.waitForURL(at(visit.gate.standIn.homeUrl));
    expect(await rolesOf({ ...visit.person('Gina'), email: 'gina@elsewhere.example' })).toEqual(['APEX User']);
  });

  it('does not affect another application, and denies prompt=none at the guarded one without a redirect', async () => {
    // Any page can be the callback: the test reads the address only.
    const callback = visit.gate.standIn.signedOutUrl;
    const { client_id: other = '' } = await visit.gate.management.clients.create({
      name: 'Other',
      app_type: 'regular_web',
      callbacks: [callback],
    });
    const authorize = (clientId: string, redirectUri: string, more: Record<string, string> = {}) =>
      `${visit.gate.tenant.loopbackUrl}authorize?${new URLSearchParams({
        response_type: 'code',
        client_id: clientId,
        redirect_uri: redirectUri,
        scope: 'openid',
        state: 'the-state',
        ...more,
      })}`;
    await visit.page.goto(authorize(other, callback));
    await visit.fillIn('Vera');
    await visit.page.click('button[name=action][value=default]');
    await visit.page.waitForURL(at(callback));
    expect(new URL(visit.page.url()).searchParams.get('code')).toBeTruthy();

    const requested: URL[] = [];
    visit.page.on('request', (request) => requested.push(new URL(request.url())));
    await visit.page.goto(authorize(visit.gate.clientId, visit.gate.standIn.callbackUrl, { prompt: 'none' }));
    const answer = requested.find((url) => url.pathname === new URL(visit.gate.standIn.callbackUrl).pathname);
    expect(answer?.searchParams.get('error')).toBe('access_denied');
    expect(answer?.searchParams.has('code')).toBe(false);
    expect(requested.map((url) => url.pathname)).not.toContain('/v2/logout');
  });

  it('reports a wrong password without further details', async () => {
    await visit.signIn({ ...visit.person('Una'), password: 'not-this-one' });
    expect(new URL(visit.page.url()).pathname).toBe('/u/login');
    expect(await visit.page.textContent('[role=alert]')).toMatch(/wrong email or password/i);
  });

  it('signs out of the application and of the tenant', async () => {
    await visit.signIn('Wendy');
    await visit.page.waitForURL(at(visit.gate.standIn.homeUrl));
    await visit.page.click('text=/sign out/i');
    await visit.page.waitForURL(at(visit.gate.standIn.signedOutUrl));
    await visit.page.goto(visit.gate.standIn.homeUrl);
    expect(new URL(visit.page.url()).pathname).toBe('/u/login');
  });
});

describe('a denial in a browser, without the gate', () => {
  const visit = visitGate();

  it('loops for ever if the only Action denies the login', async () => {
    await visit.start({ policy });
    await visit.gate.management.actions.triggers.bindings.updateMany('post-login', { bindings: [] });
    await bindAction(
      visit.gate.management,
      'Deny',
      "exports.onExecutePostLogin = async (event, api) => { api.access.deny('no'); };",
    );
    await visit.page.goto(visit.gate.standIn.homeUrl);
    await visit.fillIn('Vera');
    const failure = visit.page.waitForEvent('requestfailed', (request) => request.isNavigationRequest());
    await visit.page.click('button[name=action][value=default]', { noWaitAfter: true });
    expect((await failure).failure()?.errorText).toBe('net::ERR_TOO_MANY_REDIRECTS');
  });
});

import { afterEach, beforeEach, describe, expect, it } from 'vitest';
import { Browser, locationOf } from './browser.ts';
import { authorize, exchange, logIn, requestToken } from './login-steps.ts';
import { type RunningTenant, startTenant } from './running-tenant.ts';

const BYE = 'http://localhost:9999/bye';
let tenant: RunningTenant;
let browser: Browser;
beforeEach(async () => {
  tenant = await startTenant();
  browser = new Browser();
});
afterEach(() => tenant.close());

function at(path: string, query: Record<string, string> = {}): URL {
  const url = new URL(path, tenant.issuer);
  for (const [name, value] of Object.entries(query)) url.searchParams.set(name, value);
  return url;
}

async function isSignedIn(): Promise<boolean> {
  const { location } = await authorize(tenant, browser, { prompt: 'none' });
  return location?.searchParams.has('code') === true;
}

describe('/v2/logout', () => {
  it('ends the session and redirects to a listed page with its query unchanged', async () => {
    const { url } = await logIn(tenant, browser, { scope: 'openid offline_access' });
    const { body } = await exchange(tenant, url.searchParams.get('code') ?? '');
    const response = await browser.get(at('v2/logout', { client_id: 'web', returnTo: `${BYE}?why=1`, state: 'x' }));
    expect(response.status).toBe(302);
    expect(response.headers.get('location')).toBe(`${BYE}?why=1`);
    expect(browser.cookies.has('auth0')).toBe(false);
    expect(await isSignedIn()).toBe(false);
    expect(tenant.logs.find((log) => log.type === 'slo')).toMatchObject({
      user_id: 'auth0|ada',
      client_id: 'web',
      details: { return_to: BYE, allowed_logout_url: [BYE], session_id: expect.any(String) },
    });
    // Refresh tokens outlive the session.
    const refresh = { grant_type: 'refresh_token', refresh_token: String(body.refresh_token) };
    expect((await requestToken(tenant, refresh)).status).toBe(200);
  });

  it('redirects to the first listed page, or shows its own page', async () => {
    const first = await browser.get(at('v2/logout', { client_id: 'web' }));
    expect(first.headers.get('location')).toBe(BYE);
    const none = await browser.get(at('v2/logout'));
    expect(none.status).toBe(200);
    expect(await none.text()).toContain('logged out');
  });

  it('uses the tenant’s list if the request names no application', async () => {
    expect((await browser.get(at('v2/logout', { returnTo: BYE }))).status).toBe(400);
    tenant.store.settings.set('tenant_settings', { allowed_logout_urls: ['https://portal.example.com/out'] });
    const listed = await browser.get(at('v2/logout', { returnTo: 'https://portal.example.com/out' }));
    expect(listed.headers.get('location')).toBe('https://portal.example.com/out');
    expect(
      (await browser.get(at('v2/logout', { client_id: 'web', returnTo: 'https://portal.example.com/out' }))).status,
    ).toBe(400);
  });

  it.each([
    'https://evil.example.com/',
    'http://localhost:9999/bye/',
    '//localhost:9999/bye',
    'http://localhost:9999/bye@evil.example.com',
    'javascript:alert(1)',
  ])('refuses %s, and reports the reason', async (returnTo) => {
    await logIn(tenant, browser);
    const response = await browser.get(at('v2/logout', { client_id: 'web', returnTo }));
    expect(response.status).toBe(400);
    expect(response.headers.get('location')).toBeNull();
    expect(tenant.logs.at(-1)?.type).toBe('flo');
  });

  it('refuses an unknown application', async () => {
    expect((await browser.get(at('v2/logout', { client_id: 'unknown', returnTo: BYE }))).status).toBe(400);
  });

  it('does not end the session of another browser', async () => {
    await logIn(tenant, browser);
    await new Browser().get(at('v2/logout', { client_id: 'web' }));
    expect(await isSignedIn()).toBe(true);
  });
});

describe('/oidc/logout', () => {
  async function idToken(): Promise<string> {
    const { url } = await logIn(tenant, browser);
    return String((await exchange(tenant, url.searchParams.get('code') ?? '')).body.id_token);
  }

  it('ends the session of the ID token', async () => {
    const id_token_hint = await idToken();
    const response = await browser.get(
      at('oidc/logout', { id_token_hint, post_logout_redirect_uri: BYE, state: 's 1' }),
    );
    expect(response.status).toBe(302);
    expect(response.headers.get('location')).toBe(`${BYE}?state=s+1`);
    expect(await isSignedIn()).toBe(false);
  });

  it('accepts a POST', async () => {
    const id_token_hint = await idToken();
    const response = await browser.post(at('oidc/logout'), { id_token_hint, post_logout_redirect_uri: BYE });
    expect(locationOf(response, tenant.issuer)?.href).toBe(BYE);
    expect(await isSignedIn()).toBe(false);
  });

  it('requires the exact page to be listed', async () => {
    const id_token_hint = await idToken();
    for (const post_logout_redirect_uri of [`${BYE}?x=1`, 'https://evil.example.com/', 'http://LOCALHOST:9999/bye']) {
      const response = await browser.get(at('oidc/logout', { id_token_hint, post_logout_redirect_uri }));
      expect(response.status).toBe(400);
    }
    expect(await isSignedIn()).toBe(true);
  });

  it('refuses a forged hint and a hint of another application', async () => {
    const token = await idToken();
    const [header, payload] = token.split('.');
    for (const id_token_hint of ['x', `${header}.${payload}.AAAA`, `${header}.${payload}.`]) {
      expect((await browser.get(at('oidc/logout', { id_token_hint }))).status).toBe(400);
    }
    expect((await browser.get(at('oidc/logout', { id_token_hint: token, client_id: 'other' }))).status).toBe(400);
    expect(await isSignedIn()).toBe(true);
  });

  it('asks for confirmation without a hint, or with the hint of another session', async () => {
    const old = await idToken();
    browser.cookies.clear();
    await logIn(tenant, browser, {}, 'bob@example.com');
    for (const query of [{ client_id: 'web', post_logout_redirect_uri: BYE }, { id_token_hint: old }]) {
      const response = await browser.get(at('oidc/logout', query as Record<string, string>));
      expect(response.status).toBe(200);
      expect(await isSignedIn()).toBe(true);
    }
    const page = await (
      await browser.get(at('oidc/logout', { client_id: 'web', post_logout_redirect_uri: BYE }))
    ).text();
    const xsrf = /name="xsrf" value="([^"]+)"/.exec(page)?.[1] ?? '';
    const confirm = at('oidc/logout/confirm');
    expect((await new Browser().post(confirm, { xsrf, logout: 'yes' })).status).toBe(400);
    expect((await browser.post(confirm, { xsrf: 'x', logout: 'yes' })).status).toBe(400);
    expect(await isSignedIn()).toBe(true);
    const done = await browser.post(confirm, { xsrf, logout: 'yes' });
    expect(locationOf(done, tenant.issuer)?.href).toBe(BYE);
    expect(await isSignedIn()).toBe(false);
    expect((await browser.post(confirm, { xsrf, logout: 'yes' })).status).toBe(400);
  });

  it('keeps the session if the user declines', async () => {
    await logIn(tenant, browser);
    const page = await (await browser.get(at('oidc/logout'))).text();
    const xsrf = /name="xsrf" value="([^"]+)"/.exec(page)?.[1] ?? '';
    expect((await browser.post(at('oidc/logout/confirm'), { xsrf })).status).toBe(204);
    expect(await isSignedIn()).toBe(true);
  });
});

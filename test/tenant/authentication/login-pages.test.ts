import { afterEach, beforeEach, describe, expect, it } from 'vitest';
import { Browser, locationOf } from './browser.ts';
import { authorizeUrl, exchange, payloadOf } from './login-steps.ts';
import { CALLBACK, PASSWORD, type RunningTenant, startTenant } from './running-tenant.ts';

let tenant: RunningTenant;
let browser: Browser;
beforeEach(async () => {
  tenant = await startTenant();
  browser = new Browser();
});
afterEach(() => tenant.close());

async function open(parameters: Record<string, string> = {}): Promise<{ url: URL; state: string; html: string }> {
  const { url, response } = await browser.follow(authorizeUrl(tenant, parameters));
  return { url, state: url.searchParams.get('state') ?? '', html: await response.text() };
}

describe('the login page', () => {
  it('has the elements that scripts for Auth0 expect, and cannot be framed or scripted', async () => {
    const page = await browser.follow(authorizeUrl(tenant, { login_hint: 'ada@example.com' }));
    const html = await page.response.text();
    expect(page.response.headers.get('content-security-policy')).toContain("default-src 'none'");
    expect(page.response.headers.get('x-frame-options')).toBe('DENY');
    for (const part of [
      'name="username"',
      'name="password"',
      'name="action" value="default"',
      'value="ada@example.com"',
    ]) {
      expect(html).toContain(part);
    }
    const style = /href="(\/u\/assets\/[^"]+)"/.exec(html)?.[1] ?? '';
    const css = await browser.get(new URL(style, tenant.issuer));
    expect(css.headers.get('content-type')).toContain('text/css');
  });

  it('shows what is wrong, and then lets the user in', async () => {
    const { url, state } = await open();
    for (const [username, password] of [
      ['ada@example.com', 'wrong'],
      ['unknown@example.com', PASSWORD],
      ['', ''],
    ]) {
      const response = await browser.post(url, { state, username: username ?? '', password: password ?? '' });
      expect(response.status).toBe(400);
      expect(await response.text()).not.toContain(PASSWORD);
    }
    expect(tenant.logs.map((log) => log.type)).toEqual(['fp', 'fu']);
    expect((await browser.signIn(url, 'ada@example.com', PASSWORD)).url.searchParams.has('code')).toBe(true);
  });

  it('refuses a blocked user', async () => {
    const user = tenant.store.users.find('auth0|ada');
    if (user === undefined) throw new Error('no user');
    tenant.store.users.update({ ...user, blocked: true });
    const { url } = await open();
    const { response } = await browser.signIn(url, 'ada@example.com', PASSWORD);
    expect(response.status).toBe(400);
    expect(await response.text()).toContain('blocked');
    expect(tenant.actions.runs).toHaveLength(0);
  });

  it('refuses a form without its state, with another state, or from another browser', async () => {
    const { url, state } = await open();
    const credentials = { username: 'ada@example.com', password: PASSWORD };
    expect((await browser.post(new URL('u/login', tenant.issuer), { state, ...credentials })).status).toBe(400);
    expect((await browser.post(url, { state: 'other', ...credentials })).status).toBe(400);
    expect((await new Browser().post(url, { state, ...credentials })).status).toBe(400);
    expect((await browser.get(new URL('u/login?state=invented', tenant.issuer))).status).toBe(400);
    expect((await browser.get(new URL(`authorize/resume?state=${state}`, tenant.issuer))).status).toBe(400);
    expect(tenant.actions.runs).toHaveLength(0);
  });
});

describe('the sign-up page', () => {
  it('creates an unverified user who is signed in', async () => {
    const { url, state } = await open({ screen_hint: 'signup' });
    expect(url.pathname).toBe('/u/signup');
    const weak = await browser.post(url, { state, email: 'new@example.com', password: 'a' });
    expect(weak.status).toBe(400);
    const created = await browser.post(url, { state, email: 'new@example.com', password: 'Sufficient-1-password' });
    const { url: back } = await browser.follow(locationOf(created, url) as URL);
    const { body } = await exchange(tenant, back.searchParams.get('code') ?? '');
    const [user] = tenant.store.users.findByEmail('new@example.com');
    expect(payloadOf(body.id_token).sub).toBe(user?.user_id);
    expect(user?.email_verified).toBe(false);
    expect(tenant.logs.map((log) => log.type)).toContain('ss');
    expect(tenant.actions.runs[0]?.user).toMatchObject({ logins_count: 1, email_verified: false });
  });
});

describe('an identity provider', () => {
  it('opens from the login page, or directly if the request names it', async () => {
    const { url, state } = await open();
    const chosen = await browser.post(url, { state, connection: 'google-oauth2' });
    expect(locationOf(chosen, url)?.pathname).toBe('/u/social/google-oauth2');
    expect((await open({ connection: 'google-oauth2' })).url.pathname).toBe('/u/social/google-oauth2');
  });

  it('signs in a new user, who can be chosen again afterwards', async () => {
    const first = await open({ connection: 'google-oauth2', scope: 'openid email' });
    const be = {
      state: first.state,
      connection: 'google-oauth2',
      email: 'g@example.com',
      name: 'G',
      email_verified: 'true',
    };
    const sent = await browser.post(first.url, be);
    const { url: back } = await browser.follow(locationOf(sent, first.url) as URL);
    const { body } = await exchange(tenant, back.searchParams.get('code') ?? '');
    const id = payloadOf(body.id_token);
    expect(id.sub).toMatch(/^google-oauth2\|/);
    expect(id.email_verified).toBe(true);
    expect(tenant.actions.runs[0]).toMatchObject({
      connection: { name: 'google-oauth2' },
      authenticationMethods: [{ name: 'federated' }],
    });
    browser = new Browser();
    const again = await open({ connection: 'google-oauth2' });
    expect(again.html).toContain('g@example.com');
    const chosen = await browser.post(again.url, { state: again.state, user_id: String(id.sub) });
    expect((await browser.follow(locationOf(chosen, again.url) as URL)).url.searchParams.has('code')).toBe(true);
  });

  it('cannot be used to sign in as a database user', async () => {
    const { url, state } = await open({ connection: 'google-oauth2' });
    const response = await browser.post(url, { state, user_id: 'auth0|ada' });
    expect(response.status).toBe(400);
    expect(tenant.actions.runs).toHaveLength(0);
  });

  it('can be cancelled', async () => {
    const { url, state } = await open({ connection: 'google-oauth2' });
    const sent = await browser.post(url, { state, action: 'cancel' });
    const { url: back } = await browser.follow(locationOf(sent, url) as URL);
    expect(back.href.startsWith(CALLBACK)).toBe(true);
    expect(back.searchParams.get('error')).toBe('access_denied');
    expect(tenant.actions.runs).toHaveLength(0);
  });
});

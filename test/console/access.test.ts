import { decodeJwt } from 'jose';
import type { Page } from 'playwright-core';
import { beforeEach, describe, expect, it } from 'vitest';
import type { Tenant } from '../../src/tenant/tenant.ts';
import { openContext } from '../browser/shared-browser.ts';
import { bindAction, type LocalTenant, startLocalTenant } from '../local-tenant.ts';
import { consoleForEachTest } from './console-for-each-test.ts';
import { consoleOf, signIn, tokenInTab, typeIn } from './console-in-browser.ts';
import { readConsoleSettings } from './open-session.ts';

const email = 'una@elsewhere.example';
const password = 'Correct-Horse-9';

/** The scopes of the access token that the tab stores. */
async function scopesInTab(page: Page): Promise<string[]> {
  return String(decodeJwt(await tokenInTab(page)).scope ?? '').split(' ');
}

describe('access to the console', () => {
  const console = consoleForEachTest();
  let tenant: Tenant;
  let management: LocalTenant['management'];
  let page: Page;
  beforeEach(async () => {
    ({ tenant, management, page } = console);
    // The tests sign in themselves.
    await console.context.clearCookies();
    await page.evaluate('sessionStorage.clear()');
  });

  // The lists of the Management API leave out the parts of the console, but callers who know an id can change them.
  const clientId = async () => readConsoleSettings(await (await fetch(consoleOf(tenant).url)).text()).clientId;

  const consoleConnectionId = async () => {
    const enabled = (await management.clients.connections.get(await clientId())).data;
    return enabled.find(({ name }) => name === 'portcullis-console')?.id ?? '';
  };

  /** The administrator's user id, known after the sign-in of a tab. */
  const administrator = async () => decodeJwt(await tokenInTab(page)).sub ?? '';

  /** Enables the ordinary database for the console's application. No administrator should do this. */
  async function enableOrdinaryDatabase(id: string): Promise<void> {
    const [database] = (await management.connections.list({ name: 'Username-Password-Authentication' })).data;
    await management.connections.clients.update(database?.id ?? '', [{ client_id: id, status: true }]);
    await management.connections.clients.update(await consoleConnectionId(), [{ client_id: id, status: false }]);
  }

  it('grants the administrator the scopes that the screens need, and no others', async () => {
    await signIn(page, tenant);
    const scopes = await scopesInTab(page);
    expect(scopes).toEqual(expect.arrayContaining(['read:users', 'update:actions', 'create:roles']));
    // No operation that a screen reaches asks for these.
    expect(scopes).not.toContain('update:tenant_keys');
    expect(scopes).not.toContain('read:user_idp_tokens');
    expect(scopes).not.toContain('create:current_user_device_credentials');
  });

  it('is that of the tabs that are open in a new one, even after another user has signed in, and ends with them', async () => {
    await signIn(page, tenant);
    await console.context.clearCookies();
    const tab = await console.context.newPage();
    await tab.goto(`${consoleOf(tenant).url}/users?page=2`);
    await tab.getByRole('heading', { level: 1, name: 'Users' }).waitFor();
    expect(tab.url()).toContain('/users?page=2');
    expect(await tokenInTab(tab)).toBe(await tokenInTab(page));
    // It is left, and not closed: the next tests use it.
    await page.goto('about:blank');
    await tab.reload();
    await tab.getByRole('heading', { level: 1, name: 'Users' }).waitFor();
    await tab.close();
    const alone = await console.context.newPage();
    await alone.goto(`${consoleOf(tenant).url}/users`);
    await alone.getByRole('button', { name: 'Sign in' }).waitFor();
    // The browser itself stores that there was a session, and nothing of it.
    expect(await alone.evaluate('Object.values(localStorage).join()')).not.toMatch(/ey[A-Za-z0-9_-]{20}/);
    await alone.close();
  });

  it('ends in every tab and at the tenant when the administrator signs out', async () => {
    await signIn(page, tenant);
    const other = await console.context.newPage();
    await other.goto(`${consoleOf(tenant).url}/users`);
    await other.getByRole('heading', { level: 1, name: 'Users' }).waitFor();
    await page.getByRole('button', { name: 'Sign out' }).click();
    await page.getByRole('button', { name: 'Sign in' }).waitFor();
    expect(new URL(page.url()).pathname).toBe('/console');
    expect(await page.evaluate('sessionStorage.length')).toBe(0);
    await other.getByRole('button', { name: 'Sign in' }).waitFor();
    await other.close();
    await page.getByRole('button', { name: 'Sign in' }).click();
    // The session is over, so the login page asks for credentials.
    await page.waitForURL((address) => address.pathname === '/u/login');
  });

  it('is refused to other users on its login page', async () => {
    await management.users.create({ connection: 'Username-Password-Authentication', email, password });
    await page.goto(consoleOf(tenant).url);
    await page.getByText('Only the administrator can sign in here').waitFor();
    await page.getByRole('button', { name: 'Sign in' }).click();
    await page.waitForURL((address) => address.pathname === '/u/login');
    await typeIn(page, { email, password });
    await page.getByRole('alert').waitFor();
    expect(new URL(page.url()).pathname).toBe('/u/login');
    expect(await page.locator('text=Sign up').count()).toBe(0);
  });

  it('shows other users the missing scopes, even if their connection is enabled for the console', async () => {
    await management.users.create({ connection: 'Username-Password-Authentication', email, password });
    await enableOrdinaryDatabase(await clientId());
    await page.goto(consoleOf(tenant).url);
    await page.getByRole('button', { name: 'Sign in' }).click();
    await page.waitForURL((address) => address.pathname === '/u/login');
    await typeIn(page, { email, password });
    await page.getByRole('heading', { name: 'You may not use this console' }).waitFor();
    await page.getByText(email).waitFor();
    expect((await scopesInTab(page)).filter((scope) => !['openid', 'profile', 'email'].includes(scope))).toEqual([]);
    await page.getByText('scopes are missing').click();
    await page.getByText('update:actions').waitFor();
  });

  it('grants another application no scopes, even for the administrator', async () => {
    const callback = 'http://localhost:40999/callback';
    const { client_id = '' } = await management.clients.create({
      name: 'Other',
      app_type: 'spa',
      token_endpoint_auth_method: 'none',
      grant_types: ['authorization_code', 'http://auth0.com/oauth/grant-type/password-realm'],
      callbacks: [callback],
    });
    await management.connections.clients.update(await consoleConnectionId(), [{ client_id, status: true }]);
    const { email: username, password: secret } = consoleOf(tenant);
    const answer = await fetch(`${tenant.loopbackUrl}oauth/token`, {
      method: 'POST',
      headers: { 'content-type': 'application/json' },
      body: JSON.stringify({
        grant_type: 'http://auth0.com/oauth/grant-type/password-realm',
        client_id,
        realm: 'portcullis-console',
        username,
        password: secret,
        audience: tenant.management.audience,
        scope: 'openid read:users update:users read:current_user',
      }),
    });
    const { access_token = '', error } = (await answer.json()) as { access_token?: string; error?: string };
    expect(error).toBeUndefined();
    expect(decodeJwt(access_token).scope).toBe('openid read:current_user');
  });

  it('is lost for a console whose redirect URI was changed', async () => {
    const id = await clientId();
    const callback = `${tenant.loopbackUrl}console/callback`;
    await management.clients.update(id, { callbacks: [callback, 'https://thief.example/'] });
    await page.goto(consoleOf(tenant).url);
    await page.getByRole('button', { name: 'Sign in' }).click();
    await page.waitForURL((address) => address.pathname === '/u/login');
    await typeIn(page, consoleOf(tenant));
    await page.getByRole('heading', { name: 'You may not use this console' }).waitFor();
  });

  it('is refused to an administrator with another password or a linked account, and to an older token', async () => {
    await signIn(page, tenant);
    const id = await administrator();
    const attempt = async (secret: string) => {
      await page.context().clearCookies();
      // An address of no screen: it reads nothing with the former token.
      await page.goto(`${consoleOf(tenant).url}/start`);
      await page.evaluate('sessionStorage.clear()');
      await page.goto(consoleOf(tenant).url);
      await page.getByRole('button', { name: 'Sign in' }).click();
      await page.waitForURL((address) => address.pathname === '/u/login');
      await typeIn(page, { email: consoleOf(tenant).email, password: secret });
    };
    const other = await management.users.create({
      connection: 'Username-Password-Authentication',
      email,
      password,
    });
    await management.users.identities.link(id, { provider: 'auth0', user_id: other.user_id?.slice(6) ?? '' });
    await attempt(consoleOf(tenant).password);
    await page.getByRole('heading', { name: 'You may not use this console' }).waitFor();
    await management.users.identities.delete(id, 'auth0', other.user_id?.slice(6) ?? '');

    await attempt(consoleOf(tenant).password);
    await page.getByRole('navigation', { name: 'Screens' }).waitFor();
    await management.users.update(id, { password });
    await page.getByRole('link', { name: 'Roles' }).click();
    await page.getByRole('alert').getByText('Insufficient scope').waitFor();
    await attempt(password);
    await page.getByRole('heading', { name: 'You may not use this console' }).waitFor();
  });

  it('does not sign the administrator in to other applications, or their users in to the console', async () => {
    const { client_id = '' } = await management.clients.create({
      name: 'Orders',
      app_type: 'regular_web',
      callbacks: ['http://localhost:40999/callback'],
    });
    const [database] = (await management.connections.list({ name: 'Username-Password-Authentication' })).data;
    await management.connections.clients.update(database?.id ?? '', [{ client_id, status: true }]);
    await signIn(page, tenant);
    const query = new URLSearchParams({
      client_id,
      response_type: 'code',
      redirect_uri: 'http://localhost:40999/callback',
      scope: 'openid',
    });
    await page.goto(`${tenant.loopbackUrl}authorize?${query}`);
    expect(new URL(page.url()).pathname).toBe('/u/login');
  });

  it('is granted to the administrator even if an Action denies every login', async () => {
    await bindAction(
      management,
      'Deny every login',
      "exports.onExecutePostLogin = async (event, api) => { api.access.deny('Closed today'); };",
    );
    await signIn(page, tenant);
    await page.getByRole('heading', { name: 'Overview' }).waitFor();
  });

  it('is refused to other host names, other origins and other methods', async () => {
    const { url } = consoleOf(tenant);
    const status = async (path: string, init: RequestInit = {}) => (await fetch(`${url}${path}`, init)).status;
    expect(await status('')).toBe(200);
    expect(await status('', { method: 'POST' })).toBe(405);
    expect(await status('', { headers: { origin: 'https://elsewhere.example' } })).toBe(403);
    expect(await status('/data/outbox', { headers: { origin: 'null' } })).toBe(403);
    expect(await status('/data/outbox', { headers: { 'sec-fetch-site': 'cross-site' } })).toBe(403);
    expect(await status('/data/outbox')).toBe(401);
    expect(await status('/assets/..%2f..%2fpackage.json')).not.toBe(403);
    expect(await (await fetch(url.replace('localhost', '127.0.0.1'))).json()).toMatchObject({ statusCode: 421 });
    const preflight = await fetch(`${tenant.loopbackUrl}api/v2/users`, {
      method: 'OPTIONS',
      headers: { origin: 'https://elsewhere.example', 'access-control-request-method': 'GET' },
    });
    expect(preflight.headers.get('access-control-allow-origin')).toBeNull();
  });

  it('is protected by a Content Security Policy that allows nothing from other origins', async () => {
    const answer = await fetch(consoleOf(tenant).url);
    const policy = answer.headers.get('content-security-policy') ?? '';
    expect(policy).toContain("default-src 'none'");
    expect(policy).toMatch(/script-src 'self' 'sha256-[^']+';/);
    expect(policy).not.toContain('unsafe');
    expect(policy).toContain("frame-ancestors 'none'");
    expect(answer.headers.get('x-content-type-options')).toBe('nosniff');
    expect(answer.headers.get('cache-control')).toBe('no-store');
    const script = /src="([^"]+\.js)"/.exec(await answer.text())?.[1] ?? '';
    const asset = await fetch(new URL(script, tenant.loopbackUrl));
    expect(asset.headers.get('cache-control')).toContain('immutable');
    expect(asset.headers.get('content-type')).toContain('text/javascript');
  });

  it('runs no script in its page but the one that it has put there', async () => {
    const { url } = consoleOf(tenant);
    const context = await openContext();
    const visitor = await context.newPage();
    const errors: string[] = [];
    visitor.on('console', (message) => errors.push(message.text()));
    await visitor.route(url, async (route) => {
      const answer = await route.fetch();
      const body = (await answer.text()).replace('<body>', "<body><script>document.title = 'taken'</script>");
      await route.fulfill({ response: answer, body });
    });
    await visitor.goto(url);
    await visitor.getByRole('heading').first().waitFor();
    expect(errors.filter((text) => /Executing inline script violates/.test(text))).toHaveLength(1);
    expect(await visitor.title()).not.toBe('taken');
    await context.close();
  });

  it('gives its administrator, on its own page only, links that sign a browser in once', async () => {
    const user = await management.users.create({
      connection: 'Username-Password-Authentication',
      email,
      password,
    });
    const { client_id = '' } = await management.clients.create({
      name: 'Orders',
      app_type: 'regular_web',
      callbacks: ['http://localhost:40999/callback'],
    });
    await signIn(page, tenant);
    const token = await tokenInTab(page);
    const { origin } = new URL(tenant.loopbackUrl);
    const ask = (headers: Record<string, string>) =>
      fetch(`${consoleOf(tenant).url}/sign-ins`, {
        method: 'POST',
        headers: { 'content-type': 'application/json', ...headers },
        body: JSON.stringify({ user_id: user.user_id, client_id }),
      });
    expect((await ask({ authorization: `Bearer ${token}` })).status).toBe(403);
    expect((await ask({ authorization: `Bearer ${token}`, origin: 'https://elsewhere.example' })).status).toBe(403);
    expect((await ask({ origin })).status).toBe(401);
    const created = await ask({ authorization: `Bearer ${token}`, origin });
    expect(created.status).toBe(201);
    const { url } = (await created.json()) as { url: string };
    const visit = () => fetch(url, { redirect: 'manual' });
    const first = await visit();
    expect(first.status).toBe(302);
    expect(first.headers.get('set-cookie')).toMatch(/^auth0=/);
    expect(first.headers.get('location')).toContain(`client_id=${client_id}`);
    const again = await visit();
    expect(again.status).toBe(400);
    expect(again.headers.get('set-cookie')).toBeNull();
    // A ticket is not valid at the other domain, and neither is an empty one.
    expect((await fetch(`${tenant.url}u/ticket?ticket=${new URL(url).searchParams.get('ticket')}`)).status).toBe(404);
    expect((await fetch(`${tenant.loopbackUrl}u/ticket?ticket=`)).status).toBe(400);
  });

  it('is needed for the documents outside the Management API: other tokens are refused', async () => {
    const token = (await (
      await fetch(`${tenant.url}oauth/token`, {
        method: 'POST',
        headers: { 'content-type': 'application/json' },
        body: JSON.stringify({
          grant_type: 'client_credentials',
          client_id: tenant.management.clientId,
          client_secret: tenant.management.clientSecret,
          audience: tenant.management.audience,
        }),
      })
    ).json()) as { access_token: string };
    const answer = await fetch(`${consoleOf(tenant).url}/data/outbox`, {
      headers: { authorization: `Bearer ${token.access_token}` },
    });
    expect(answer.status).toBe(401);
  });

  it('leaves no traces on a tenant without a console', async () => {
    const plain = await startLocalTenant();
    try {
      expect(plain.tenant.console).toBeUndefined();
      expect((await fetch(`${plain.tenant.loopbackUrl}console`)).status).toBe(404);
      expect((await plain.management.clients.list({ is_global: false })).data.map(({ name }) => name)).toEqual([
        'Portcullis Tenant Management',
      ]);
      expect((await plain.management.users.list()).data).toEqual([]);
    } finally {
      await plain.tenant.close();
    }
  });
});

import { request } from 'node:http';
import { afterEach, beforeEach, describe, expect, it } from 'vitest';
import { Browser } from './browser.ts';
import { authorize, authorizeUrl, exchange, freshCode, logIn, requestToken } from './login-steps.ts';
import { CALLBACK, clientRecord, PASSWORD, type RunningTenant, SECRET, startTenant } from './running-tenant.ts';

let tenant: RunningTenant;
beforeEach(async () => {
  tenant = await startTenant();
});
afterEach(() => tenant.close());

/** A raw request, because `fetch` would correct what is wrong with it. */
function raw(options: { method?: string; path: string; headers?: Record<string, string>; body?: string }) {
  return new Promise<{ status: number; headers: Record<string, unknown>; body: string }>((resolve, reject) => {
    const port = new URL(tenant.issuer).port;
    const { body, ...rest } = options;
    const sent = request({ host: '127.0.0.1', port, agent: false, ...rest }, (response) => {
      let text = '';
      response.setEncoding('utf8').on('data', (chunk) => {
        text += chunk;
      });
      response.on('end', () => resolve({ status: response.statusCode ?? 0, headers: response.headers, body: text }));
    });
    sent.on('error', reject).end(body);
  });
}

describe('an authorization request', () => {
  it.each([
    'https://evil.example.com/callback',
    `${CALLBACK}/`,
    `${CALLBACK}?x=1`,
    'http://localhost:9999/callback#x',
    'http://localhost:9998/callback',
    'javascript:alert(1)',
    'not a url',
  ])('never redirects to a callback that is not registered: %s', async (redirect_uri) => {
    for (const more of [{}, { prompt: 'none' }, { response_type: 'nonsense' }, { response_mode: 'form_post' }]) {
      const { response } = await authorize(tenant, new Browser(), { redirect_uri, ...more });
      expect(response.status).toBe(403);
      expect(response.headers.get('location')).toBeNull();
      const html = await response.text();
      expect(html).toContain('Callback URL mismatch');
      expect(html).not.toContain('<script');
      expect(response.headers.get('content-security-policy')).toContain("frame-ancestors 'none'");
    }
    expect(tenant.logs).toHaveLength(4);
    for (const log of tenant.logs) expect(log.description).toBe('Callback URL mismatch');
  });

  it('accepts a wildcard for one sub-domain', async () => {
    tenant.store.clients.insert(clientRecord({ client_id: 'wild', callbacks: ['https://*.example.com/cb'] }));
    const answer = async (redirect_uri: string) =>
      (await authorize(tenant, new Browser(), { client_id: 'wild', redirect_uri })).response.status;
    expect(await answer('https://shop.example.com/cb')).toBe(302);
    for (const foreign of [
      'https://a.b.example.com/cb',
      'https://example.com/cb',
      'https://.example.com/cb',
      'https://evil.com/x.example.com/cb',
      'https://evil.com?.example.com/cb',
      'https://evil.com#.example.com/cb',
      'https://user@x.example.com/cb',
      'http://shop.example.com/cb',
    ]) {
      expect(await answer(foreign)).toBe(403);
    }
  });

  it('uses the first callback URL by default', async () => {
    const { url } = await logIn(tenant, new Browser(), { redirect_uri: '' });
    expect(url.href.startsWith(`${CALLBACK}?code=`)).toBe(true);
    const { status } = await exchange(tenant, url.searchParams.get('code') ?? '', { redirect_uri: '' });
    expect(status).toBe(200);
  });

  it('shows a page for an unknown application', async () => {
    const { response } = await authorize(tenant, new Browser(), { client_id: 'unknown' });
    expect(response.status).toBe(400);
    expect(await response.text()).toContain('Unknown client');
    const none = await authorize(tenant, new Browser(), { client_id: '' });
    expect(none.response.status).toBe(400);
  });

  it.each([
    [{ response_type: 'nonsense' }, 'unsupported_response_type'],
    [{ response_type: 'token' }, 'unsupported_response_type'],
    [{ response_type: '' }, 'invalid_request'],
    [{ response_mode: 'nonsense' }, 'unsupported_response_mode'],
    [{ prompt: 'none login' }, 'invalid_request'],
    [{ prompt: 'nonsense' }, 'invalid_request'],
    [{ max_age: '-1' }, 'invalid_request'],
    [{ code_challenge: 'short', code_challenge_method: 'S256' }, 'invalid_request'],
    [{ code_challenge: 'x'.repeat(43), code_challenge_method: 'S512' }, 'invalid_request'],
    [{ request: 'eyJhbGciOiJub25lIn0.e30.' }, 'request_not_supported'],
    [{ request_uri: 'https://evil.example.com/' }, 'request_uri_not_supported'],
    [{ request_uri: 'urn:ietf:params:oauth:request_uri:x' }, 'request_uri_not_supported'],
    [{ prompt: 'post-login' }, 'invalid_request'],
    [{ id_token_hint: 'x' }, 'invalid_request'],
    [{ audience: 'https://nowhere.example.com' }, 'access_denied'],
    [{ response_type: 'id_token' }, 'invalid_request'],
  ])('reports to the application what is wrong with %o', async (parameters, error) => {
    const { location } = await authorize(tenant, new Browser(), parameters as unknown as Record<string, string>);
    expect(location?.href.startsWith(CALLBACK)).toBe(true);
    const answer = new URLSearchParams(location?.hash === '' ? location.search : location?.hash.slice(1));
    expect(answer.get('error')).toBe(error);
    expect(answer.get('state')).toBe('rp-state');
    expect(answer.has('iss')).toBe(false);
  });

  it('reports the API that does not exist', async () => {
    const { location } = await authorize(tenant, new Browser(), { audience: 'orders' });
    expect(location?.searchParams.get('error_description')).toBe('Service not found: orders');
  });

  it('requires the grant type, and a first-party application', async () => {
    const client = clientRecord({ client_id: 'narrow', grant_types: ['client_credentials'] });
    tenant.store.clients.insert(client);
    const { location } = await authorize(tenant, new Browser(), { client_id: 'narrow' });
    expect(location?.searchParams.get('error')).toBe('unauthorized_client');
    tenant.store.clients.insert(clientRecord({ client_id: 'third', is_first_party: false }));
    const web = tenant.store.connections.find('con_db');
    if (web === undefined) throw new Error('no connection');
    tenant.store.connections.update({ ...web, enabled_clients: [...web.enabled_clients, 'third'] });
    const { url } = await logIn(tenant, new Browser(), { client_id: 'third' });
    expect(url.searchParams.get('error')).toBe('consent_required');
  });

  it('cannot set the tenant’s internal parameters', async () => {
    const { url } = await logIn(tenant, new Browser(), {
      original_request: '{"scope":"openid offline_access","prompt":"none"}',
      resource: 'urn:tenant:api:https%3A%2F%2Forders.example.com%2F',
      claims: '{"id_token":{"acr":{"value":"x"}}}',
    });
    const { body } = await exchange(tenant, url.searchParams.get('code') ?? '');
    expect(body.refresh_token).toBeUndefined();
    expect(String(body.access_token).split('.')).toHaveLength(1);
  });

  it('works without openid, and without any scope', async () => {
    for (const scope of ['email', '', 'nonsense']) {
      const { url } = await logIn(tenant, new Browser(), { scope, nonce: 'n' });
      const { status, body } = await exchange(tenant, url.searchParams.get('code') ?? '');
      expect(status).toBe(200);
      expect(body.id_token).toBeUndefined();
      expect(body.scope).toBe(scope === 'email' ? 'email' : undefined);
    }
  });

  it('may be a POST, but not a HEAD', async () => {
    const page = await new Browser().post(
      new URL('authorize', tenant.issuer),
      Object.fromEntries(authorizeUrl(tenant).searchParams),
    );
    expect(page.headers.get('location')).toContain('/u/login?state=');
    expect((await fetch(authorizeUrl(tenant), { method: 'HEAD' })).status).toBe(405);
  });
});

describe('the tenant', () => {
  it('uses its own address, regardless of the client’s headers', async () => {
    const headers = { host: 'evil.example.com', 'x-forwarded-host': 'evil.example.com', 'x-forwarded-proto': 'https' };
    const document = await raw({ path: '/.well-known/openid-configuration', headers });
    expect(JSON.parse(document.body).issuer).toBe(tenant.issuer);
    const { pathname, search } = authorizeUrl(tenant);
    for (const path of [pathname + search, `http://evil.example.com${pathname}${search}`]) {
      const answer = await raw({ path, headers });
      expect(answer.status).toBe(302);
      expect(String(answer.headers.location)).toMatch(/^\/u\/login\?state=/);
      expect(JSON.stringify(answer.headers)).not.toContain('evil');
    }
  });

  it('refuses a body over 100 kB, and one that it cannot parse', async () => {
    const big = 'x'.repeat(100_001);
    for (const path of ['/oauth/token', '/u/login', '/continue', '/userinfo']) {
      expect((await raw({ method: 'POST', path, body: big })).status).toBe(413);
    }
    const json = { 'content-type': 'application/json' };
    for (const body of ['{', '[]', 'null', '"x"']) {
      expect((await raw({ method: 'POST', path: '/oauth/token', headers: json, body })).status).toBe(400);
    }
    const odd = await raw({
      method: 'POST',
      path: '/oauth/token',
      headers: json,
      body: '{"grant_type":{"x":1},"__proto__":{"client_id":"web"},"client_id":["web"]}',
    });
    expect(odd.status).toBe(401);
  });

  it('serves no other paths, and none of the library', async () => {
    for (const path of [
      'nowhere',
      'AUTHORIZE',
      'oauth/token/',
      'session/end',
      'token',
      '.well-known/library-jwks',
      'u/social',
      'constructor',
      '__proto__',
    ]) {
      expect((await fetch(new URL(path, tenant.issuer))).status).toBeGreaterThanOrEqual(404);
    }
    expect((await fetch(new URL('oauth/token', tenant.issuer))).status).toBe(405);
    expect((await raw({ method: 'DELETE', path: '/authorize' })).status).toBe(405);
    expect((await raw({ method: 'GET', path: '/u/social/%E0%A4%A' })).status).toBe(400);
  });

  it('keeps secrets out of its log', async () => {
    const code = await freshCode(tenant, { scope: 'openid offline_access' });
    const { body } = await exchange(tenant, code);
    await requestToken(tenant, { grant_type: 'refresh_token', refresh_token: String(body.refresh_token) });
    await requestToken(tenant, { grant_type: 'password', username: 'ada@example.com', password: 'wrong-password' });
    await exchange(tenant, code);
    const log = JSON.stringify(tenant.logs);
    for (const secret of [
      code,
      body.refresh_token,
      body.access_token,
      body.id_token,
      PASSWORD,
      'wrong-password',
      SECRET,
    ]) {
      expect(log).not.toContain(String(secret));
    }
  });

  it('deletes expired records', async () => {
    const code = await freshCode(tenant);
    const grantId = String(tenant.store.artifacts.find('AuthorizationCode', code)?.grantId);
    const swept = ['Grant', 'LoginGrant'];
    for (const kind of swept) expect(tenant.store.artifacts.find(kind, grantId)).toBeDefined();
    tenant.store.artifacts.removeExpired(Math.floor(Date.now() / 1000) + 400 * 24 * 60 * 60);
    for (const kind of swept) expect(tenant.store.artifacts.find(kind, grantId)).toBeUndefined();
  });
});

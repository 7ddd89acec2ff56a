import * as client from 'openid-client';
import { afterEach, beforeEach, describe, expect, it } from 'vitest';
import { Browser, locationOf } from './browser.ts';
import { payloadOf } from './login-steps.ts';
import { API, CALLBACK, PASSWORD, type RunningTenant, SECRET, startTenant } from './running-tenant.ts';

let tenant: RunningTenant;
beforeEach(async () => {
  tenant = await startTenant();
  tenant.store.settings.set('tenant_settings', { pushed_authorization_requests_supported: true });
});
afterEach(() => tenant.close());

const parameters = { response_type: 'code', redirect_uri: CALLBACK, scope: 'openid', state: 'rp-state' };

async function push(fields: Record<string, string>, headers: Record<string, string> = {}) {
  const body = new URLSearchParams({ client_id: 'web', client_secret: SECRET, ...parameters, ...fields });
  for (const [name, value] of [...body]) if (value === '') body.delete(name);
  const response = await fetch(new URL('oauth/par', tenant.issuer), { method: 'POST', body, headers });
  return { status: response.status, body: (await response.json()) as Record<string, unknown> };
}

const authorizeWith = (requestUri: unknown, extra: Record<string, string> = {}) => {
  const url = new URL('authorize', tenant.issuer);
  url.search = new URLSearchParams({ client_id: 'web', request_uri: String(requestUri), ...extra }).toString();
  return url;
};

describe('pushed authorization requests', () => {
  it('work with openid-client', async () => {
    const config = await client.discovery(new URL(tenant.issuer), 'web', SECRET, undefined, {
      execute: [client.allowInsecureRequests],
    });
    const verifier = client.randomPKCECodeVerifier();
    const url = await client.buildAuthorizationUrlWithPAR(config, {
      redirect_uri: CALLBACK,
      scope: 'openid email read:orders',
      audience: API,
      state: 'rp-state',
      code_challenge: await client.calculatePKCECodeChallenge(verifier),
      code_challenge_method: 'S256',
    });
    expect([...url.searchParams.keys()].sort()).toEqual(['client_id', 'request_uri']);
    const browser = new Browser();
    const page = await browser.follow(url);
    const { url: end } = await browser.signIn(page.url, 'ada@example.com', PASSWORD);
    const tokens = await client.authorizationCodeGrant(config, end, {
      pkceCodeVerifier: verifier,
      expectedState: 'rp-state',
    });
    expect(tokens.claims()?.sub).toBe('auth0|ada');
    expect(payloadOf(tokens.access_token)).toMatchObject({ scope: 'openid email read:orders' });
    expect(JSON.stringify(tenant.actions.runs.map((run) => run.request))).not.toContain(SECRET);
    const again = await new Browser().get(url);
    expect(again.status).toBe(400);
  });

  it('answer as Auth0 does, with the secret in the body or the header', async () => {
    const { status, body } = await push({});
    expect(status).toBe(201);
    expect(body).toEqual({ expires_in: 60, request_uri: expect.stringMatching(/^urn:ietf:params:oauth:request_uri:/) });
    const basic = `Basic ${Buffer.from(`web:${SECRET}`).toString('base64')}`;
    expect((await push({ client_secret: '' }, { authorization: basic })).status).toBe(201);
  });

  it('require the application’s authentication, and one of its callback URLs', async () => {
    expect(await push({ client_secret: 'wrong' })).toEqual({
      status: 401,
      body: { error: 'access_denied', error_description: 'Unauthorized' },
    });
    expect((await push({ client_secret: '' })).status).toBe(401);
    expect((await push({ redirect_uri: 'https://evil.example/' })).status).toBe(400);
    expect((await push({ request_uri: 'urn:ietf:params:oauth:request_uri:x' })).status).toBe(400);
  });

  it('cannot be changed in the URL, nor used by another application', async () => {
    const { body } = await push({ login_hint: 'pushed@example.com' });
    const url = authorizeWith(body.request_uri, {
      state: 'other',
      redirect_uri: 'https://evil.example/',
      login_hint: 'x',
    });
    const browser = new Browser();
    const { url: page, response } = await browser.follow(url);
    expect(await response.text()).toContain('pushed@example.com');
    const { url: end } = await browser.signIn(page, 'ada@example.com', PASSWORD);
    expect(end.href).toMatch(new RegExp(`^${CALLBACK}`));
    expect(end.searchParams.get('state')).toBe('rp-state');
    const other = await push({});
    expect((await new Browser().get(authorizeWith(other.body.request_uri, { client_id: 'other' }))).status).toBe(400);
    expect((await new Browser().get(authorizeWith('https://evil.example/request'))).status).toBe(400);
  });

  it('are required of applications with that setting', async () => {
    const record = tenant.store.clients.find('web');
    if (record === undefined) throw new Error('no client');
    tenant.store.clients.update({ ...record, other: { require_pushed_authorization_requests: true } });
    const url = new URL('authorize', tenant.issuer);
    url.search = new URLSearchParams({ client_id: 'web', ...parameters }).toString();
    const end = locationOf(await new Browser().get(url), url);
    expect(end?.searchParams.get('error')).toBe('invalid_request');
    const { body } = await push({});
    expect((await new Browser().follow(authorizeWith(body.request_uri))).url.pathname).toBe('/u/login');
  });

  it('are off on a new tenant', async () => {
    const { body } = await push({});
    tenant.store.settings.set('tenant_settings', {});
    expect((await new Browser().get(authorizeWith(body.request_uri, parameters))).headers.get('location')).toContain(
      'error=request_uri_not_supported',
    );
    const response = await fetch(new URL('oauth/par', tenant.issuer), {
      method: 'POST',
      body: new URLSearchParams(parameters),
    });
    expect(response.status).toBe(404);
    const document = await fetch(new URL('.well-known/openid-configuration', tenant.issuer));
    expect(await document.json()).not.toHaveProperty('pushed_authorization_request_endpoint');
  });
});

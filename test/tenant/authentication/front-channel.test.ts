import { afterEach, beforeEach, describe, expect, it } from 'vitest';
import { Browser } from './browser.ts';
import { authorize, logIn, payloadOf, userinfo } from './login-steps.ts';
import { API, CALLBACK, continueOutcome, type RunningTenant, startTenant } from './running-tenant.ts';

let tenant: RunningTenant;
beforeEach(async () => {
  tenant = await startTenant();
});
afterEach(() => tenant.close());

const fragment = (url: URL) => Object.fromEntries(new URLSearchParams(url.hash.slice(1)));

it('the tenant returns tokens in the fragment, with the claims of the Actions', async () => {
  tenant.actions.onRun = () => continueOutcome({ idTokenClaims: { 'https://x/roles': ['A'] } });
  const browser = new Browser();
  const { url } = await logIn(tenant, browser, {
    response_type: 'token id_token',
    nonce: 'n-1',
    audience: API,
    scope: 'openid email read:orders',
  });
  const answer = fragment(url);
  expect(Object.keys(answer).sort()).toEqual([
    'access_token',
    'expires_in',
    'id_token',
    'scope',
    'state',
    'token_type',
  ]);
  expect(answer.scope).toBe('openid email read:orders');
  expect(payloadOf(answer.id_token)).toMatchObject({
    nonce: 'n-1',
    email: 'ada@example.com',
    'https://x/roles': ['A'],
    at_hash: expect.any(String),
    sid: expect.any(String),
  });
  const access = payloadOf(answer.access_token);
  expect(Number(access.exp) - Number(access.iat)).toBe(7200);
  expect((await userinfo(tenant, String(answer.access_token))).status).toBe(200);
  expect(tenant.actions.runs[0]?.protocol).toBe('oidc-implicit-profile');
});

it('the tenant returns a code with an ID token', async () => {
  const { url } = await logIn(tenant, new Browser(), { response_type: 'code id_token', nonce: 'n-2' });
  expect(fragment(url)).toMatchObject({ code: expect.any(String), id_token: expect.any(String), state: 'rp-state' });
  expect(tenant.actions.runs[0]?.protocol).toBe('oidc-hybrid-profile');
});

it('the tenant returns no token if the application may not use this flow', async () => {
  const client = tenant.store.clients.find('web');
  if (client === undefined) throw new Error('no client');
  tenant.store.clients.update({ ...client, grant_types: ['authorization_code'] });
  const { location } = await authorize(tenant, new Browser(), { response_type: 'id_token', nonce: 'n' });
  expect(new URLSearchParams(location?.hash.slice(1)).get('error')).toBe('unauthorized_client');
});

it('the tenant answers by a form and by a message to the opener, only to the callback', async () => {
  const browser = new Browser();
  const { response } = await logIn(tenant, browser, { response_mode: 'form_post' });
  const form = await response.text();
  expect(form).toContain(`action="${CALLBACK}"`);
  expect(form).toContain('name="code"');
  expect(form).not.toContain('name="iss"');
  registerWebOrigins(['http://localhost:9999']);
  const message = await authorize(tenant, browser, { response_mode: 'web_message', prompt: 'none' });
  const html = await message.response.text();
  expect(html).toContain('authorization_response');
  expect(html).toContain(`"redirect_uri":"${CALLBACK}"`);
  expect(html).not.toContain('"iss"');
});

function registerWebOrigins(web_origins: string[]): void {
  const client = tenant.store.clients.find('web');
  if (client === undefined) throw new Error('no client');
  tenant.store.clients.update({ ...client, web_origins });
}

describe('a message to the opener', () => {
  const send = async (browser: Browser, prompt: Record<string, string> = { prompt: 'none' }) => {
    const { response } = await authorize(tenant, browser, { response_mode: 'web_message', ...prompt });
    return { status: response.status, html: await response.text() };
  };
  const unregistered = `The specified redirect_uri '${CALLBACK}' does not have a registered origin.`;

  it('is refused before the Actions run if the origin is not an Allowed Web Origin', async () => {
    const browser = new Browser();
    await logIn(tenant, browser);
    const runs = tenant.actions.runs.length;
    for (const origins of [[], ['http://localhost:9998'], ['http://localhost:9999/'], ['https://localhost:9999']]) {
      registerWebOrigins(origins);
      const { status, html } = await send(browser);
      expect(status).toBe(400);
      expect(html.replaceAll('&#39;', "'")).toContain(unregistered);
      expect(html).not.toContain('postMessage');
    }
    expect(tenant.actions.runs).toHaveLength(runs);
    expect(tenant.logs.at(-1)).toMatchObject({ type: 'fsa', description: unregistered, client_id: 'web' });
  });

  it('is refused before the login page too, and if there is no session', async () => {
    expect(await send(new Browser(), {})).toMatchObject({ status: 400 });
    const { status, html } = await send(new Browser());
    expect(status).toBe(400);
    expect(html).not.toContain('login_required');
    registerWebOrigins(['http://localhost:9999']);
    expect((await send(new Browser())).html).toContain('login_required');
  });

  it('is sent to a sub-domain that a wildcard allows', async () => {
    const client = tenant.store.clients.find('web');
    if (client === undefined) throw new Error('no client');
    const redirect_uri = 'https://shop.apps.example.com/cb';
    const callbacks = [redirect_uri, CALLBACK];
    tenant.store.clients.update({ ...client, callbacks, web_origins: ['https://*.apps.example.com'] });
    expect((await send(new Browser(), { prompt: 'none', redirect_uri })).html).toContain('login_required');
    expect((await send(new Browser())).html).not.toContain('login_required');
  });
});

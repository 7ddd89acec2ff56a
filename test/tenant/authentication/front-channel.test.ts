import { afterEach, beforeEach, expect, it } from 'vitest';
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
  const message = await authorize(tenant, browser, { response_mode: 'web_message', prompt: 'none' });
  const html = await message.response.text();
  expect(html).toContain('authorization_response');
  expect(html).toContain(`"redirect_uri":"${CALLBACK}"`);
  expect(html).not.toContain('"iss"');
});

import { afterEach, beforeEach, describe, expect, it } from 'vitest';
import { Browser } from './browser.ts';
import { authorize, authorizeUrl, exchange, logIn, payloadOf, requestToken, userinfo } from './login-steps.ts';
import {
  API,
  CALLBACK,
  continueOutcome,
  PASSWORD,
  type RunningTenant,
  redirectOutcome,
  startTenant,
} from './running-tenant.ts';

let tenant: RunningTenant;
beforeEach(async () => {
  tenant = await startTenant();
});
afterEach(() => tenant.close());

const denied = () => ({ kind: 'deny', reason: 'Not you, Ada.', executions: ['exec-denied'] }) as const;

describe('the post-login Actions', () => {
  it('see the login in their event', async () => {
    await logIn(tenant, new Browser(), { audience: API, scope: 'openid email', 'ext-shop': '7', login_hint: 'ada' });
    expect(tenant.actions.runs).toHaveLength(1);
    expect(tenant.actions.runs[0]).toMatchObject({
      user: { user_id: 'auth0|ada', logins_count: 1, last_ip: '127.0.0.1' },
      client: { client_id: 'web' },
      connection: { id: 'con_db' },
      request: {
        ip: '127.0.0.1',
        method: 'GET',
        hostname: new URL(tenant.issuer).host,
        query: { client_id: 'web', audience: API, 'ext-shop': '7', login_hint: 'ada', scope: 'openid email' },
        body: {},
      },
      protocol: 'oidc-basic-profile',
      requestedScopes: ['openid', 'email'],
      redirectUri: CALLBACK,
      responseType: ['code'],
      prompt: [],
      state: 'rp-state',
      loginHint: 'ada',
      locale: 'en',
      resourceServer: API,
      authenticationMethods: [{ name: 'pwd', timestamp: expect.stringMatching(/^\d{4}-/) }],
      session: { id: expect.any(String), createdAt: expect.any(String), authenticatedAt: expect.any(String) },
    });
    expect(JSON.stringify(tenant.actions.runs)).not.toContain(PASSWORD);
  });

  it.each([
    ['query', 'code', ''],
    ['fragment', 'code', 'fragment'],
    ['fragment', 'code id_token', ''],
  ])('deny with the error in the %s', async (_where, response_type, response_mode) => {
    tenant.actions.onRun = denied;
    const { url } = await logIn(tenant, new Browser(), { response_type, response_mode, nonce: 'n' });
    const answer = url.hash === '' ? url.searchParams : new URLSearchParams(url.hash.slice(1));
    expect(url.href.startsWith(CALLBACK)).toBe(true);
    expect(Object.fromEntries(answer)).toEqual({
      error: 'access_denied',
      error_description: 'Not you, Ada.',
      state: 'rp-state',
    });
  });

  it('deny with the error in a form', async () => {
    tenant.actions.onRun = denied;
    const { response } = await logIn(tenant, new Browser(), { response_mode: 'form_post' });
    const html = await response.text();
    expect(html).toContain(`action="${CALLBACK}"`);
    expect(html).toContain('name="error" value="access_denied"');
    expect(html).toContain('name="error_description" value="Not you, Ada."');
    expect(html).not.toContain('name="code"');
    expect(html).not.toContain('name="iss"');
  });

  it('leave the session behind when they deny, so that the next login is denied without a login page', async () => {
    tenant.actions.onRun = denied;
    const browser = new Browser();
    await logIn(tenant, browser);
    expect(browser.cookies.has('auth0')).toBe(true);
    const again = await authorize(tenant, browser);
    expect(again.location?.searchParams.get('error')).toBe('access_denied');
    expect(tenant.actions.runs).toHaveLength(2);
    expect(tenant.logs.filter((log) => log.type === 'f')).toMatchObject([
      {
        description: 'Not you, Ada.',
        user_id: 'auth0|ada',
        client_id: 'web',
        connection: 'Username-Password-Authentication',
      },
      {
        details: {
          error: { message: 'Not you, Ada.', oauthError: 'access_denied' },
          actions: { executions: ['exec-denied'] },
        },
        executions: ['exec-denied'],
      },
    ]);
  });

  it('fail the login when they throw', async () => {
    tenant.actions.onRun = () => ({
      kind: 'error',
      errorClass: 'action_error',
      message: 'x is not a function',
      executions: ['e'],
    });
    const { url } = await logIn(tenant);
    expect(url.searchParams.get('error')).toBe('access_denied');
    expect(url.searchParams.get('error_description')).toBe('x is not a function');
  });

  it('prevent a code if the trigger itself fails', async () => {
    tenant.actions.onRun = () => Promise.reject(new Error('secret detail'));
    const { url } = await logIn(tenant);
    expect(url.searchParams.get('error')).toBe('access_denied');
    expect(url.searchParams.has('code')).toBe(false);
    expect(url.href).not.toContain('secret');
  });

  it('run once for each login of a user with a session, also with prompt=none', async () => {
    const browser = new Browser();
    await logIn(tenant, browser);
    expect((await authorize(tenant, browser)).location?.searchParams.has('code')).toBe(true);
    expect((await authorize(tenant, browser, { prompt: 'none' })).location?.searchParams.has('code')).toBe(true);
    expect(tenant.actions.runs.map((run) => [run.prompt, run.user.logins_count])).toEqual([
      [[], 1],
      [[], 2],
      [['none'], 2],
    ]);
    expect(tenant.logs.map((log) => log.type)).toEqual(['s', 's', 'ssa']);
    expect(tenant.logs[2]?.details?.actions).toEqual({ executions: ['exec-run'] });
  });

  it('cannot redirect silently', async () => {
    const browser = new Browser();
    await logIn(tenant, browser);
    tenant.actions.onRun = () => redirectOutcome('https://example.com/form');
    const { location } = await authorize(tenant, browser, { prompt: 'none' });
    expect(location?.searchParams.get('error')).toBe('interaction_required');
    expect(tenant.logs.at(-1)).toMatchObject({
      type: 'fsa',
      details: {},
      executions: ['exec-suspended'],
    });
  });

  it('put their claims into the ID token and userinfo, but cannot change the subject', async () => {
    tenant.actions.onRun = () =>
      continueOutcome({
        idTokenClaims: { 'https://example.com/roles': ['A', 'B'], email: 'other@example.com', plain: { deep: [1] } },
      });
    const { url } = await logIn(tenant, new Browser(), { scope: 'openid email' });
    const { body } = await exchange(tenant, url.searchParams.get('code') ?? '');
    const expected = {
      sub: 'auth0|ada',
      'https://example.com/roles': ['A', 'B'],
      email: 'other@example.com',
      email_verified: true,
      plain: { deep: [1] },
    };
    expect(payloadOf(body.id_token)).toMatchObject(expected);
    expect(await (await userinfo(tenant, String(body.access_token))).json()).toEqual(expected);
  });

  it('add and remove scopes', async () => {
    tenant.actions.onRun = () => continueOutcome({ addedScopes: ['vip'], removedScopes: ['write:orders'] });
    const { url } = await logIn(tenant, new Browser(), { scope: 'openid read:orders write:orders', audience: API });
    const { body } = await exchange(tenant, url.searchParams.get('code') ?? '');
    expect(body.scope).toBe('openid read:orders vip');
    expect(payloadOf(body.access_token).scope).toBe('openid read:orders vip');
  });

  it('refuse a refresh and a password grant without a redirect', async () => {
    const { url } = await logIn(tenant, new Browser(), { scope: 'openid offline_access' });
    const { body } = await exchange(tenant, url.searchParams.get('code') ?? '');
    const refresh = { grant_type: 'refresh_token', refresh_token: String(body.refresh_token) };
    const password = { grant_type: 'password', username: 'ada@example.com', password: PASSWORD, scope: 'openid' };
    for (const outcome of [denied(), redirectOutcome('https://example.com/form')]) {
      tenant.actions.onRun = () => outcome;
      for (const grant of [refresh, password]) {
        const answer = await requestToken(tenant, grant);
        expect(answer.status).toBe(403);
        expect(answer.body.error).toBe('access_denied');
        expect(answer.body.access_token).toBeUndefined();
      }
    }
    expect(tenant.logs.filter((log) => log.type === 'fertft')).toHaveLength(2);
    expect(tenant.logs.filter((log) => log.type === 'fepft')).toHaveLength(2);
    for (const type of ['fertft', 'fepft']) {
      expect(tenant.logs.find((log) => log.type === type)?.details?.actions).toEqual({ executions: ['exec-denied'] });
    }
    // The refused refresh token was not consumed.
    tenant.actions.onRun = () => continueOutcome();
    expect((await requestToken(tenant, refresh)).status).toBe(200);
  });

  it('do not run again for a user who was blocked while they ran', async () => {
    tenant.actions.onRun = (transaction) => {
      tenant.store.users.update({ ...transaction.user, blocked: true });
      return continueOutcome();
    };
    const { url } = await logIn(tenant);
    expect(url.searchParams.get('error')).toBe('unauthorized');
    expect(url.searchParams.has('code')).toBe(false);
  });

  it('do not run before a user is signed in', async () => {
    await new Browser().get(authorizeUrl(tenant));
    expect(tenant.actions.runs).toHaveLength(0);
  });
});

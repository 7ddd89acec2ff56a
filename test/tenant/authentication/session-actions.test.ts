import { mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterAll, afterEach, beforeEach, describe, expect, it } from 'vitest';
import { type ActionsEngine, startActionsEngine } from '../../../src/tenant/actions/actions-engine.ts';
import { refreshTokenAnswer, sessionAnswer } from '../../../src/tenant/management/sessions/session-answer.ts';
import type { JsonObject } from '../../../src/tenant/store/json-value.ts';
import { Browser, locationOf } from './browser.ts';
import { authorize, authorizeUrl, exchange, logIn, payloadOf, requestToken } from './login-steps.ts';
import { type RunningTenant, startTenant } from './running-tenant.ts';

const folder = mkdtempSync(join(tmpdir(), 'session-actions-'));
afterAll(() => rmSync(folder, { recursive: true, force: true }));

let tenant: RunningTenant;
let engine: ActionsEngine;
beforeEach(async () => {
  tenant = await startTenant({
    trigger: (store, log) => {
      const [dependencyCache, workFolder] = [join(folder, 'packages'), join(folder, 'work')];
      engine = startActionsEngine({ store, log, tenantName: 'test', dependencyCache, workFolder, timeoutMs: 120_000 });
      return engine.postLogin;
    },
  });
});
afterEach(async () => {
  await engine.close();
  await tenant.close();
});

let created = 0;
async function bind(body: string, more = ''): Promise<void> {
  created += 1;
  const code = `exports.onExecutePostLogin = async (event, api) => { ${body} };${more}`;
  const supported_triggers = [{ id: 'post-login', version: 'v3' }];
  const { id } = await engine.lifecycle.create({ name: `session-${created}`, supported_triggers, code });
  await engine.ready();
  engine.lifecycle.deploy(id);
  engine.lifecycle.bind('post-login', [{ ref: { type: 'action_id', value: id } }]);
}

const OFFLINE = { scope: 'openid offline_access' };
const EVENT_CLAIM = 'https://example.com/event';

async function tokensOf(browser: Browser, parameters = OFFLINE) {
  const { url } = await logIn(tenant, browser, parameters);
  return (await exchange(tenant, url.searchParams.get('code') ?? '')).body;
}

const refresh = (token: unknown) =>
  requestToken(tenant, { grant_type: 'refresh_token', refresh_token: String(token), scope: 'openid offline_access' });

const session = (): JsonObject => {
  const [found] = tenant.store.artifacts.listByAccount('Session', 'auth0|ada');
  if (found === undefined) throw new Error('no session');
  return found.payload;
};

describe('api.session', () => {
  it.each([
    [false, 403],
    [true, 200],
  ])('revoke ends login and session, and preserves refresh tokens: %s', async (preserveRefreshTokens, status) => {
    const browser = new Browser();
    const { refresh_token } = await tokensOf(browser);
    await bind(
      `if (event.transaction.protocol !== 'oauth2-refresh-token') api.session.revoke('gone', { preserveRefreshTokens: ${preserveRefreshTokens} })`,
    );
    const { location } = await authorize(tenant, browser);
    expect(location?.searchParams.get('error')).toBe('access_denied');
    expect(location?.searchParams.get('error_description')).toBe('gone');
    expect((await authorize(tenant, browser)).location?.pathname).toBe('/u/login');
    expect((await refresh(refresh_token)).status).toBe(status);
    expect(tenant.logs.filter(({ type }) => type === 'srrt')).toHaveLength(preserveRefreshTokens ? 0 : 1);
  });

  it.each(['setExpiresAt', 'setIdleExpiresAt'])('%s shortens the session', async (method) => {
    await bind(`api.session.${method}(Date.now() + 60_000)`);
    const before = Math.floor(Date.now() / 1000);
    await logIn(tenant, new Browser(), OFFLINE);
    const after = Date.now() / 1000;
    expect(Number(session().exp)).toBeGreaterThanOrEqual(before + 60);
    expect(Number(session().exp)).toBeLessThanOrEqual(after + 60);
  });

  it('setCookieMode decides whether the cookie outlives the browser', async () => {
    await bind(`api.session.setCookieMode('non-persistent')`);
    await logIn(tenant, new Browser(), OFFLINE);
    expect(session().transient).toBe(true);
  });

  it('metadata is visible at once and in the next login, until it is evicted', async () => {
    await bind(`
      const before = { ...event.session.metadata };
      api.session.setMetadata('device', 'till-7'); api.session.setMetadata('gone', 'x'); api.session.deleteMetadata('gone');
      api.idToken.setCustomClaim('${EVENT_CLAIM}', [before, event.session.metadata]);`);
    const browser = new Browser();
    await logIn(tenant, browser);
    const { location } = await authorize(tenant, browser);
    const { body } = await exchange(tenant, location?.searchParams.get('code') ?? '');
    expect(payloadOf(body.id_token)[EVENT_CLAIM]).toEqual([{ device: 'till-7' }, { device: 'till-7' }]);
    await bind('api.session.evictMetadata()');
    await authorize(tenant, browser);
    await bind(`api.idToken.setCustomClaim('${EVENT_CLAIM}', event.session)`);
    const last = await authorize(tenant, browser);
    const tokens = (await exchange(tenant, last.location?.searchParams.get('code') ?? '')).body;
    expect(payloadOf(tokens.id_token)[EVENT_CLAIM]).toMatchObject({
      metadata: {},
      clients: [{ client_id: 'web' }],
      cookie: { mode: 'persistent' },
      expires_at: expect.stringMatching(/Z$/),
      idle_expires_at: expect.stringMatching(/Z$/),
    });
  });
});

describe('event shows the device', () => {
  const from = (agent: string) => ({ 'user-agent': agent });
  it('of the first and the latest use of a session', async () => {
    await bind(`api.idToken.setCustomClaim('${EVENT_CLAIM}', event.session.device)`);
    const browser = new Browser();
    await logIn(tenant, browser);
    const url = authorizeUrl(tenant);
    const response = await browser.get(url, from('second/2'));
    const code = locationOf(response, url)?.searchParams.get('code') ?? '';
    const first = { initial_ip: '127.0.0.1', initial_user_agent: expect.any(String), last_ip: '127.0.0.1' };
    const expected = { ...first, last_user_agent: 'second/2' };
    expect(payloadOf((await exchange(tenant, code)).body.id_token)[EVENT_CLAIM]).toEqual(expected);
    const [artifact] = tenant.store.artifacts.listByAccount('Session', 'auth0|ada');
    expect(artifact && sessionAnswer(tenant.store, artifact).device).toEqual(expected);
  });

  it('of the issue and the latest exchange of a refresh token', async () => {
    const { refresh_token } = await tokensOf(new Browser());
    await bind(`api.idToken.setCustomClaim('${EVENT_CLAIM}', event.refresh_token.device)`);
    const fields = { grant_type: 'refresh_token', refresh_token: String(refresh_token), scope: 'openid' };
    const [one, two] = [
      await requestToken(tenant, fields, from('till/1')),
      await requestToken(tenant, fields, from('till/2')),
    ];
    const issued = { initial_ip: '127.0.0.1', initial_user_agent: expect.any(String), last_ip: '127.0.0.1' };
    expect(payloadOf(one.body.id_token)[EVENT_CLAIM]).toMatchObject(issued);
    expect(payloadOf(two.body.id_token)[EVENT_CLAIM]).toEqual({ ...issued, last_user_agent: 'till/1' });
    const [artifact] = tenant.store.artifacts.listByAccount('RefreshToken', 'auth0|ada');
    expect(artifact && refreshTokenAnswer(tenant.store, artifact).device).toEqual({
      ...issued,
      last_user_agent: 'till/2',
    });
  });
});

describe('api.refreshToken', () => {
  it('revoke refuses the exchange, and the token no longer works', async () => {
    const { refresh_token } = await tokensOf(new Browser());
    await bind(`if (event.refresh_token) api.refreshToken.revoke('stolen')`);
    expect(await refresh(refresh_token)).toEqual({
      status: 403,
      body: { error: 'access_denied', error_description: 'stolen' },
    });
    engine.lifecycle.bind('post-login', []);
    expect((await refresh(refresh_token)).status).toBe(403);
  });

  it.each(['setExpiresAt', 'setIdleExpiresAt'])('%s limits the token that the login issues', async (method) => {
    await bind(`api.refreshToken.${method}(Date.now() + 60_000)`);
    await tokensOf(new Browser());
    const [token] = tenant.store.artifacts.listByAccount('RefreshToken', 'auth0|ada');
    expect(Number(token?.expiresAt) - Date.now() / 1000).toBeLessThanOrEqual(60);
  });

  it('metadata persists from exchange to exchange', async () => {
    await bind(`
      api.refreshToken.setMetadata('count', String(1 + Number(event.refresh_token?.metadata.count ?? 0)));
      api.idToken.setCustomClaim('${EVENT_CLAIM}', event.refresh_token ?? null);`);
    let { refresh_token } = await tokensOf(new Browser());
    for (const count of ['2', '3']) {
      const { body } = await refresh(refresh_token);
      refresh_token = body.refresh_token ?? refresh_token;
      expect(payloadOf(body.id_token)[EVENT_CLAIM]).toMatchObject({
        client_id: 'web',
        metadata: { count },
        rotating: expect.any(Boolean),
        session_id: expect.any(String),
        resource_servers: expect.any(Array),
      });
    }
  });

  it.each([
    ['deleteMetadata', `deleteMetadata('one')`, { two: '2' }],
    ['evictMetadata', 'evictMetadata()', {}],
  ])('%s removes metadata', async (_, call, left) => {
    await bind(`api.refreshToken.setMetadata('one', '1'); api.refreshToken.setMetadata('two', '2');`);
    const { refresh_token } = await tokensOf(new Browser());
    await bind(`api.refreshToken.${call};`);
    const second = await refresh(refresh_token);
    await bind(`api.idToken.setCustomClaim('${EVENT_CLAIM}', event.refresh_token.metadata)`);
    const { body } = await refresh(second.body.refresh_token ?? refresh_token);
    expect(payloadOf(body.id_token)[EVENT_CLAIM]).toEqual(left);
  });
});

describe('api.authentication.recordMethod', () => {
  it('is shown to every later login of the session', async () => {
    const method = 'https://example.com/retina';
    await bind(
      `api.redirect.sendUserTo('https://example.com/scan')`,
      `exports.onContinuePostLogin = async (event, api) => api.authentication.recordMethod('${method}');`,
    );
    const browser = new Browser();
    const { url } = await logIn(tenant, browser);
    await browser.get(new URL(`continue?state=${url.searchParams.get('state')}`, tenant.issuer));
    await bind(`api.idToken.setCustomClaim('${EVENT_CLAIM}', event.authentication.methods)`);
    const { location } = await authorize(tenant, browser);
    const { body } = await exchange(tenant, location?.searchParams.get('code') ?? '');
    expect(payloadOf(body.id_token)[EVENT_CLAIM]).toEqual([
      { name: 'pwd', timestamp: expect.any(String) },
      { name: method, timestamp: expect.any(String) },
    ]);
  });
});

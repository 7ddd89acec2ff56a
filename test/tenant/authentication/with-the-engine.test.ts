import { mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterAll, afterEach, beforeEach, describe, expect, it } from 'vitest';
import { type ActionsEngine, startActionsEngine } from '../../../src/tenant/actions/actions-engine.ts';
import { Browser, locationOf } from './browser.ts';
import { authorize, exchange, logIn, payloadOf, requestToken, userinfo } from './login-steps.ts';
import { PASSWORD, type RunningTenant, startTenant } from './running-tenant.ts';

const folder = mkdtempSync(join(tmpdir(), 'engine-'));
afterAll(() => rmSync(folder, { recursive: true, force: true }));

let tenant: RunningTenant;
let engine: ActionsEngine;
beforeEach(async () => {
  tenant = await startTenant({
    trigger: (store, log) => {
      engine = startActionsEngine({
        store,
        log,
        tenantName: 'test',
        dependencyCache: join(folder, 'packages'),
        workFolder: join(folder, 'work'),
        timeoutMs: 120_000,
      });
      return engine.postLogin;
    },
  });
});
afterEach(async () => {
  await engine.close();
  await tenant.close();
});

async function bind(code: string): Promise<void> {
  const action = await engine.lifecycle.create({
    name: 'gate',
    supported_triggers: [{ id: 'post-login', version: 'v3' }],
    code,
  });
  await engine.ready();
  engine.lifecycle.deploy(action.id);
  engine.lifecycle.bind('post-login', [{ ref: { type: 'action_id', value: action.id } }]);
}

describe('real Actions', () => {
  it('set claims in tokens and userinfo, except reserved ones', async () => {
    await bind(`exports.onExecutePostLogin = async (event, api) => {
      api.idToken.setCustomClaim('https://example.com/roles', ['A']);
      api.idToken.setCustomClaim('roles', ['B']);
      api.idToken.setCustomClaim('sub', 'another-user');
      api.user.setAppMetadata('logins', event.stats.logins_count);
    };`);
    const { url } = await logIn(tenant);
    const { body } = await exchange(tenant, url.searchParams.get('code') ?? '');
    const token = payloadOf(body.id_token);
    expect(token['https://example.com/roles']).toEqual(['A']);
    expect(token.roles).toBeUndefined();
    expect(token.sub).toBe('auth0|ada');
    expect(await (await userinfo(tenant, String(body.access_token))).json()).toEqual({
      sub: 'auth0|ada',
      'https://example.com/roles': ['A'],
    });
    expect(tenant.store.users.find('auth0|ada')?.app_metadata).toEqual({ logins: 1 });
    const actions = tenant.logs.find((log) => log.type === 's')?.details?.actions;
    expect(actions).toEqual({ executions: [expect.any(String)] });
    const [execution = ''] = (actions as unknown as { executions: string[] }).executions;
    expect(tenant.store.executions.find(execution)?.status).toBe('final');
  });

  it('deny every kind of login', async () => {
    const browser = new Browser();
    const { url } = await logIn(tenant, browser, { scope: 'openid offline_access' });
    const { body } = await exchange(tenant, url.searchParams.get('code') ?? '');
    await bind(`exports.onExecutePostLogin = async (event, api) => { api.access.deny('no'); };`);
    for (const prompt of ['', 'none']) {
      const { location } = await authorize(tenant, browser, { prompt });
      expect(location?.searchParams.get('error_description')).toBe('no');
    }
    const grants: Record<string, string>[] = [
      { grant_type: 'refresh_token', refresh_token: String(body.refresh_token) },
      { grant_type: 'password', username: 'ada@example.com', password: PASSWORD },
    ];
    for (const grant of grants) {
      expect(await requestToken(tenant, grant)).toEqual({
        status: 403,
        body: { error: 'access_denied', error_description: 'no' },
      });
    }
  });

  it('fail the login when they throw', async () => {
    await bind(`exports.onExecutePostLogin = async () => { throw new Error('broken'); };`);
    const { url } = await logIn(tenant);
    expect(url.searchParams.get('error')).toBe('access_denied');
    expect(url.searchParams.has('code')).toBe(false);
  });

  it('redirect, and continue with the other page’s answer', async () => {
    await bind(`
      exports.onExecutePostLogin = async (event, api) => {
        api.redirect.sendUserTo('https://forms.example.com/ask', { query: { lang: 'en' } });
      };
      exports.onContinuePostLogin = async (event, api) => {
        if (event.request.query.answer !== '42') api.access.deny('wrong answer');
        else api.idToken.setCustomClaim('https://example.com/answer', 42);
      };`);
    for (const answer of ['42', '7']) {
      const browser = new Browser();
      const { url } = await logIn(tenant, browser);
      const state = url.searchParams.get('state') ?? '';
      expect(url.searchParams.get('lang')).toBe('en');
      const next = await browser.get(new URL(`continue?state=${state}&answer=${answer}`, tenant.issuer));
      const back = locationOf(next, tenant.issuer);
      if (answer === '7') {
        expect(back?.searchParams.get('error_description')).toBe('wrong answer');
        continue;
      }
      const { body } = await exchange(tenant, back?.searchParams.get('code') ?? '');
      expect(payloadOf(body.id_token)['https://example.com/answer']).toBe(42);
    }
  });

  it('let no user in if they redirect and have no onContinuePostLogin', async () => {
    await bind(
      `exports.onExecutePostLogin = async (event, api) => api.redirect.sendUserTo('https://forms.example.com/');`,
    );
    const browser = new Browser();
    const { url } = await logIn(tenant, browser);
    const next = await browser.get(new URL(`continue?state=${url.searchParams.get('state')}`, tenant.issuer));
    expect(locationOf(next, tenant.issuer)?.searchParams.get('error')).toBe('access_denied');
  });

  it('end a refused login at the logout, and the next one begins at the login page', async () => {
    await bind(`exports.onExecutePostLogin = async (event, api) => {
      api.redirect.sendUserTo('${tenant.issuer}v2/logout', {
        query: { client_id: event.client.client_id, returnTo: 'http://localhost:9999/bye?why=1' },
      });
    };
    exports.onContinuePostLogin = async (event, api) => api.access.deny('no');`);
    const browser = new Browser();
    const { url } = await logIn(tenant, browser);
    expect(url.href).toBe('http://localhost:9999/bye?why=1');
    expect((await authorize(tenant, browser)).location?.pathname).toBe('/u/login');
  });
});

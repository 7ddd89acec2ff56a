import { mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterAll, afterEach, beforeEach, describe, expect, it } from 'vitest';
import { type ActionsEngine, startActionsEngine } from '../../../src/tenant/actions/actions-engine.ts';
import { linkAccounts } from '../../../src/tenant/management/users/identity-link.ts';
import { Browser } from './browser.ts';
import { authorize, exchange, logIn, payloadOf, requestToken, userinfo } from './login-steps.ts';
import { PASSWORD, type RunningTenant, startTenant } from './running-tenant.ts';

const folder = mkdtempSync(join(tmpdir(), 'primary-user-'));
afterAll(() => rmSync(folder, { recursive: true, force: true }));

let tenant: RunningTenant;
let engine: ActionsEngine;
/** Links accounts between the Actions and the end of the login, as an Action does it through the Management API. */
let whileItRuns: () => void;

beforeEach(async () => {
  whileItRuns = () => link('auth0|bob', 'auth0|ada');
  tenant = await startTenant({
    trigger: (store, log) => {
      const [dependencyCache, workFolder] = [join(folder, 'packages'), join(folder, 'work')];
      engine = startActionsEngine({ store, log, tenantName: 'test', dependencyCache, workFolder, timeoutMs: 120_000 });
      return {
        run: async (transaction) => {
          whileItRuns();
          return engine.postLogin.run(transaction);
        },
        resume: (transaction, suspended) => engine.postLogin.resume(transaction, suspended),
      };
    },
  });
});
afterEach(async () => {
  await engine.close();
  await tenant.close();
});

function link(primary: string, secondary: string): void {
  const [one, two] = [tenant.store.users.find(primary), tenant.store.users.find(secondary)];
  if (one === undefined || two === undefined) return;
  tenant.store.transaction(() => linkAccounts(tenant.store, one, two, new Date().toISOString()));
}

let created = 0;
async function bind(...bodies: string[]): Promise<void> {
  const bindings: { ref: { type: 'action_id'; value: string } }[] = [];
  for (const body of bodies) {
    created += 1;
    const code = `exports.onExecutePostLogin = async (event, api) => { ${body} };`;
    const supported_triggers = [{ id: 'post-login', version: 'v3' }];
    const { id } = await engine.lifecycle.create({ name: `primary-${created}`, supported_triggers, code });
    await engine.ready();
    engine.lifecycle.deploy(id);
    bindings.push({ ref: { type: 'action_id', value: id } });
  }
  engine.lifecycle.bind('post-login', bindings);
}

const SET = `if (event.user.user_id === 'auth0|ada') api.authentication.setPrimaryUser('auth0|bob');`;

describe('api.authentication.setPrimaryUser', () => {
  it('moves tokens, session and metadata to the user that the account was linked to', async () => {
    await bind(`${SET} api.user.setAppMetadata('seen', true); api.session.setMetadata('till', '7');`);
    const browser = new Browser();
    const { url } = await logIn(tenant, browser, { scope: 'openid email offline_access' });
    const { status, body } = await exchange(tenant, url.searchParams.get('code') ?? '');
    expect(status).toBe(200);
    expect(payloadOf(body.id_token)).toMatchObject({ sub: 'auth0|bob', email: 'bob@example.com' });
    expect(await (await userinfo(tenant, String(body.access_token))).json()).toMatchObject({ sub: 'auth0|bob' });
    expect(tenant.store.users.find('auth0|bob')?.app_metadata).toEqual({ seen: true });
    expect(tenant.logs.find(({ type }) => type === 's')?.user_id).toBe('auth0|bob');

    // Session and refresh token now belong to that user, for other applications too.
    for (const client_id of ['web', 'other']) {
      const { location } = await authorize(tenant, browser, { prompt: 'none', client_id });
      const { body: next } = await exchange(tenant, location?.searchParams.get('code') ?? '', { client_id });
      expect(payloadOf(next.id_token).sub).toBe('auth0|bob');
    }
    const refreshed = await requestToken(tenant, {
      grant_type: 'refresh_token',
      refresh_token: String(body.refresh_token),
      scope: 'openid',
    });
    expect(payloadOf(refreshed.body.id_token).sub).toBe('auth0|bob');
  });

  it('loses the user metadata that the same Action sets, as on Auth0, and keeps that of later Actions', async () => {
    await bind(
      `${SET} api.user.setUserMetadata('lost', 1).user.setAppMetadata('kept', 1);`,
      `api.user.setUserMetadata('later', event.user.user_id);`,
    );
    expect((await logIn(tenant)).url.searchParams.has('code')).toBe(true);
    const bob = tenant.store.users.find('auth0|bob');
    expect(bob?.user_metadata).toEqual({ later: 'auth0|ada' });
    expect(bob?.app_metadata).toEqual({ kept: 1 });
  });

  it('works in a password grant', async () => {
    tenant.store.settings.set('tenant_settings', { default_directory: 'Username-Password-Authentication' });
    await bind(SET);
    const { status, body } = await requestToken(tenant, {
      grant_type: 'password',
      username: 'ada@example.com',
      password: PASSWORD,
      scope: 'openid',
    });
    expect([status, body.error_description]).toEqual([200, undefined]);
    expect(payloadOf(body.id_token).sub).toBe('auth0|bob');
  });

  it.each([
    ['a user that the account is not linked to', () => undefined, 'auth0|bob'],
    ['a user that does not exist', () => undefined, 'auth0|missing'],
    ['a user other than the one that the account is linked to', () => link('auth0|bob', 'auth0|ada'), 'auth0|eve'],
  ])('refuses to continue as %s', async (_, before, primary) => {
    whileItRuns = before;
    await bind(`api.authentication.setPrimaryUser('${primary}'); api.user.setAppMetadata('seen', true);`);
    const { url } = await logIn(tenant);
    expect(url.searchParams.get('error')).toBe('access_denied');
    expect(url.searchParams.get('error_description')).toMatch(/Link the accounts first/);
    expect(url.searchParams.has('code')).toBe(false);
    expect(tenant.store.users.find('auth0|ada')?.app_metadata ?? {}).toEqual({});
  });

  it('refuses a login whose account was linked away without setPrimaryUser', async () => {
    await bind('');
    const { url } = await logIn(tenant);
    expect(url.searchParams.get('error')).toBe('access_denied');
  });

  it('works once in a login, even if another Action calls it again', async () => {
    await bind(SET, `api.authentication.setPrimaryUser('auth0|bob');`);
    const { url } = await logIn(tenant);
    expect(url.searchParams.get('error_description')).toBe('The primary user can only be altered once per transaction');
  });

  it('refuses a blocked primary user', async () => {
    await bind(SET);
    const bob = tenant.store.users.find('auth0|bob');
    if (bob !== undefined) tenant.store.users.update({ ...bob, blocked: true });
    const { url } = await logIn(tenant);
    expect(url.searchParams.get('error')).toBe('unauthorized');
  });

  it('fails the exchange of a refresh token, and reports that this is not simulated', async () => {
    whileItRuns = () => undefined;
    await bind('');
    const { url } = await logIn(tenant, new Browser(), { scope: 'openid offline_access' });
    const { body } = await exchange(tenant, url.searchParams.get('code') ?? '');
    await bind(SET);
    const { status, body: refused } = await requestToken(tenant, {
      grant_type: 'refresh_token',
      refresh_token: String(body.refresh_token),
    });
    expect(status).toBe(403);
    expect(refused.error_description).toMatch(/not simulated/);
  });
});

import { mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterAll, afterEach, beforeEach, expect, it } from 'vitest';
import type { ActionsEngine } from '../../../src/tenant/actions/actions-engine.ts';
import { listLogins } from '../../../src/tenant/console/login-list.ts';
import { type ReplayDocument, replayOf } from '../../../src/tenant/console/replayed-login.ts';
import { enableFactor } from '../../../src/tenant/factors/factor-settings.ts';
import type { LoginRecord } from '../../../src/tenant/store/records/logs/login-repository.ts';
import { Browser } from '../authentication/browser.ts';
import { logIn, requestToken } from '../authentication/login-steps.ts';
import { PASSWORD, type RunningTenant } from '../authentication/running-tenant.ts';
import { mailedCode, send } from '../authentication/tenant-with-factors.ts';
import { tenantWithJournal } from './tenant-with-journal.ts';

const folder = mkdtempSync(join(tmpdir(), 'replay-'));
afterAll(() => rmSync(folder, { recursive: true, force: true }));

let tenant: RunningTenant;
let engine: ActionsEngine;
beforeEach(async () => {
  const started = await tenantWithJournal(folder);
  ({ tenant } = started);
  engine = started.engine();
});
afterEach(async () => {
  await engine.close();
  await tenant.close();
});

const supported_triggers = [{ id: 'post-login', version: 'v3' }];

/** Deploys Actions and binds them in this order. */
async function bind(...codes: string[]): Promise<string[]> {
  const ids: string[] = [];
  for (const [index, code] of codes.entries()) {
    const secrets = [{ name: 'KEY', value: 'hunter2-hunter2' }];
    const action = await engine.lifecycle.create({ name: `Action ${index}`, supported_triggers, code, secrets });
    await engine.ready();
    engine.lifecycle.deploy(action.id);
    ids.push(action.id);
  }
  engine.lifecycle.bind(
    'post-login',
    ids.map((value) => ({ ref: { type: 'action_id', value } })),
  );
  return ids;
}

async function change(id: string, code: string): Promise<void> {
  await engine.lifecycle.update(id, { code });
  await engine.ready();
}

let lastLogin = '';

function recorded(): LoginRecord {
  const found = tenant.store.logins.find(lastLogin);
  if (found === undefined) throw new Error('No login is recorded.');
  return found;
}

async function signIn(): Promise<LoginRecord> {
  await logIn(tenant, undefined, { 'ext-shop': 'north', login_hint: 'ada@example.com' });
  lastLogin = await latest('oidc-basic-profile');
  return recorded();
}

/** The id of the latest login of a protocol. */
async function latest(protocol: string): Promise<string> {
  const { logins } = await listLogins(tenant.store, new URLSearchParams());
  return logins.find((login) => login.protocol === protocol)?.id ?? '';
}

async function replayed(drafts = false): Promise<Extract<ReplayDocument, { login: unknown }>> {
  const found = await replayOf(tenant.store, engine.replay, { id: lastLogin, drafts });
  if (found === null || !('login' in found)) throw new Error(`No replay: ${JSON.stringify(found)}`);
  return found;
}

it('shows the Actions the login that was, and comes to the same end', async () => {
  await bind(`exports.onExecutePostLogin = async (event, api) => {
    const { ip, user_agent, hostname, query } = event.request;
    api.idToken.setCustomClaim('https://x.test/seen', {
      ip, user_agent, hostname, shop: query['ext-shop'], transaction: { ...event.transaction, state: undefined },
      session: event.session.id, methods: event.authentication.methods.map(({ name }) => name),
    });
    api.idToken.setCustomClaim('https://x.test/key', event.secrets.KEY);
    console.log('with ' + event.secrets.KEY);
  };`);
  const before = await signIn();
  const { login, drafts } = await replayed();
  expect(drafts).toEqual([]);
  expect(login.effects).toEqual(before.effects);
  expect(login.effects?.idToken).toMatchObject({
    'https://x.test/seen': { shop: 'north', methods: ['pwd'], transaction: { login_hint: 'ada@example.com' } },
    'https://x.test/key': '[secret KEY]',
  });
  expect(login.passes).toMatchObject([{ outcome: 'continue' }]);
  expect(login.claimsBefore).toEqual(before.claimsBefore);
  expect(login.executions[0]?.results[0]).toMatchObject({
    action_name: 'Action 0',
    console: [{ text: 'with [secret KEY]' }],
  });
  expect(JSON.stringify([login, before])).not.toMatch(/hunter2|rp-state/);
});

it('runs drafts if asked, and only those that differ from what is deployed', async () => {
  const deployed =
    "exports.onExecutePostLogin = async (event, api) => api.idToken.setCustomClaim('https://x.test/one', 1);";
  const [first = ''] = await bind(deployed, 'exports.onExecutePostLogin = async () => {};');
  await signIn();
  for (const reason of ['Not today', 'Not tomorrow']) {
    await change(first, `exports.onExecutePostLogin = async (event, api) => api.access.deny('${reason}');`);
    const { login, drafts } = await replayed(true);
    expect(drafts).toEqual(['Action 0']);
    expect(login.passes).toMatchObject([{ outcome: 'deny', note: reason }]);
    expect(login.effects).toBeUndefined();
  }
  expect((await replayed()).login.passes).toMatchObject([{ outcome: 'continue' }]);
  await change(first, 'exports.onExecutePostLogin = async () => { throw new TypeError("broken"); };');
  expect((await replayed(true)).login.passes).toMatchObject([{ outcome: 'error', note: 'broken' }]);
});

it('stores, logs and changes nothing', async () => {
  await bind(`exports.onExecutePostLogin = async (event, api) => {
    api.user.setAppMetadata('runs', (event.user.app_metadata.runs ?? 0) + 1);
    api.cache.set('seen', String(Number(api.cache.get('seen')?.value ?? 0) + 1));
    api.session.setExpiresAt?.(Date.now() + 1000);
    console.log('cache ' + api.cache.get('seen').value);
  };`);
  await signIn();
  const { store } = tenant;
  const state = () => ({
    user: store.users.find('auth0|ada'),
    logs: store.logs.list({}, { page: 0, perPage: 100 }).total,
    executions: store.executions.latestRunTimes(100).length,
    login: store.logins.find(lastLogin),
  });
  const before = state();
  const heard: unknown[] = [];
  const stop = engine.onExecution((execution) => heard.push(execution));
  for (let time = 0; time < 2; time += 1) {
    const { login } = await replayed();
    // The cache is as the login left it, each time.
    expect(login.executions[0]?.results[0]?.console[0]?.text).toBe('cache 2');
  }
  stop();
  expect(heard).toEqual([]);
  expect(state()).toEqual(before);
  expect(before.user?.app_metadata).toEqual({ runs: 1 });
});

it('goes on after factors that the user has passed, and stops at a redirect', async () => {
  const [first = ''] = await bind(
    "exports.onExecutePostLogin = async (event, api) => api.authentication.challengeWith({ type: 'email' });",
    `exports.onExecutePostLogin = async (event, api) =>
      api.idToken.setCustomClaim('https://x.test/methods', event.authentication.methods.map(({ name }) => name));`,
  );
  enableFactor(tenant.store, 'email', true);
  const browser = new Browser();
  const page = await logIn(tenant, browser);
  lastLogin = await latest('oidc-basic-profile');
  expect((await replayed()).login.passes).toMatchObject([{ outcome: 'factors' }]);
  await send(browser, page.url, { code: mailedCode(tenant) });
  expect(recorded().passes).toMatchObject([{ outcome: 'factors' }, { outcome: 'continue' }]);
  const { login } = await replayed();
  expect(login.passes).toMatchObject([{ outcome: 'continue' }]);
  expect(login.effects).toEqual(recorded().effects);
  expect(login.effects?.idToken).toEqual({ 'https://x.test/methods': ['pwd', 'mfa'] });
  expect(login.executions[0]?.results).toHaveLength(2);
  await change(
    first,
    "exports.onExecutePostLogin = async (event, api) => api.redirect.sendUserTo('https://x.test/terms');",
  );
  expect((await replayed(true)).login.passes).toMatchObject([{ outcome: 'redirect', note: 'https://x.test/terms' }]);
});

it('refuses to go on as a user without the signed-in identity, as the login does', async () => {
  const [first = ''] = await bind('exports.onExecutePostLogin = async () => {};');
  await signIn();
  await change(
    first,
    "exports.onExecutePostLogin = async (event, api) => api.authentication.setPrimaryUser('auth0|bob');",
  );
  const { login } = await replayed(true);
  expect(login.passes).toMatchObject([{ outcome: 'error', note: expect.stringMatching(/^The primary user/) }]);
  expect(login.effects).toBeUndefined();
});

it('says why a login cannot be replayed', async () => {
  await bind('exports.onExecutePostLogin = async () => {};');
  const login = await signIn();
  const { store } = tenant;
  const reason = async (id: unknown = lastLogin) => replayOf(store, engine.replay, { id });
  expect(await reason('another')).toBeNull();
  expect(await reason(7)).toBeNull();
  const { circumstances: _, ...older } = login;
  store.logins.update(older);
  expect(await reason()).toEqual({ impossible: expect.stringMatching(/earlier version/) });
  store.logins.update(login);
  store.users.remove('auth0|ada');
  expect(await reason()).toEqual({ impossible: expect.stringMatching(/user .* does not exist/) });
});

it('is a password grant again, too', async () => {
  await bind(`exports.onExecutePostLogin = async (event, api) => {
    api.accessToken.setCustomClaim('https://x.test/protocol', event.transaction.protocol);
    api.accessToken.setCustomClaim('https://x.test/body', Object.keys(event.request.body));
  };`);
  const fields = { grant_type: 'password', username: 'ada@example.com', password: PASSWORD, scope: 'openid' };
  expect((await requestToken(tenant, fields)).status).toBe(200);
  lastLogin = await latest('oauth2-password');
  const { login } = await replayed();
  // The form that was posted is not kept: it has the password.
  expect(login.effects?.accessToken).toEqual({
    'https://x.test/protocol': 'oauth2-password',
    'https://x.test/body': [],
  });
  expect(JSON.stringify(recorded())).not.toContain(PASSWORD);
});

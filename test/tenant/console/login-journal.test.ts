import { mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterAll, afterEach, describe, expect, it, vi } from 'vitest';
import type { LoginDocument } from '../../../src/tenant/console/login-journal.ts';
import { LoginJournal } from '../../../src/tenant/console/login-journal.ts';
import { listLogins } from '../../../src/tenant/console/login-list.ts';
import { openStore } from '../../../src/tenant/store/open-store.ts';
import type { LoginRecord } from '../../../src/tenant/store/records/logs/login-repository.ts';
import type { Store } from '../../../src/tenant/store/store.ts';
import { watchCommits } from '../../reliability/commits.ts';
import { Browser } from '../authentication/browser.ts';
import { authorizeUrl, exchange, logIn, requestToken } from '../authentication/login-steps.ts';
import { PASSWORD, type RunningTenant } from '../authentication/running-tenant.ts';
import { type TenantWithJournal, tenantWithJournal } from './tenant-with-journal.ts';

const folder = mkdtempSync(join(tmpdir(), 'journal-'));
afterAll(() => rmSync(folder, { recursive: true, force: true }));

let tenant: RunningTenant;
let started: TenantWithJournal;
let files = 0;
async function start(): Promise<void> {
  files += 1;
  started = await tenantWithJournal(folder, `${files}.sqlite`);
  ({ tenant } = started);
}
afterEach(async () => {
  await started.engine().close();
  await tenant.close();
});

async function bind(code: string, secrets: { name: string; value: string }[] = []): Promise<void> {
  const supported_triggers = [{ id: 'post-login', version: 'v3' }];
  const action = await started.engine().lifecycle.create({ name: 'gate', supported_triggers, code, secrets });
  await started.engine().ready();
  started.engine().lifecycle.deploy(action.id);
  started.engine().lifecycle.bind('post-login', [{ ref: { type: 'action_id', value: action.id } }]);
}

const list = async (query: Record<string, string> = {}) => listLogins(tenant.store, new URLSearchParams(query));

async function recordedLogins(): Promise<LoginDocument[]> {
  const journal = new LoginJournal(tenant.store);
  return (await list()).logins.map(({ id }) => journal.find(id)).filter((login) => login !== undefined);
}

const outcomes = ({ passes }: LoginRecord) =>
  passes.map(({ outcome, note }) => (note ? `${outcome}: ${note}` : outcome));

describe('the journal records a login', () => {
  it('without any Action; a wrong password is not a login', async () => {
    await start();
    await logIn(tenant);
    const wrong = { grant_type: 'password', username: 'ada@example.com', scope: 'openid' };
    expect((await requestToken(tenant, { ...wrong, password: 'wrong' })).status).toBe(403);
    const [login, ...others] = await recordedLogins();
    expect(others).toEqual([]);
    expect(login).toMatchObject({ user: { email: 'ada@example.com' }, protocol: 'oidc-basic-profile', executions: [] });
    expect(login && outcomes(login)).toEqual(['continue']);
    expect(login?.logs.map(({ type }) => type)).toEqual(['s']);
    expect((await requestToken(tenant, { ...wrong, password: PASSWORD })).status).toBe(200);
    expect((await recordedLogins()).map(({ protocol }) => protocol)).toEqual(['oauth2-password', 'oidc-basic-profile']);
  });

  it('with its own log entries, even if the user signs in elsewhere in the same moment', async () => {
    await start();
    await bind(`exports.onExecutePostLogin = async (event, api) => {
      if (event.transaction.protocol === 'oauth2-password') return;
      if (event.user.app_metadata.unwanted) api.redirect.sendUserTo('${tenant.issuer}v2/logout?client_id=web');
    };
    exports.onContinuePostLogin = async () => {};`);
    // The time of an entry does not say which of two logins in the same moment it belongs to.
    vi.useFakeTimers({ toFake: ['Date'] });
    try {
      const types = async () => (await recordedLogins()).map(({ logs }) => logs.map(({ type }) => type));
      const browser = new Browser();
      const { url } = await logIn(tenant, browser);
      expect((await exchange(tenant, url.searchParams.get('code') ?? '')).status).toBe(200);
      expect(await types()).toEqual([['s', 'seacft']]);
      const fields = { grant_type: 'password', username: 'ada@example.com', password: PASSWORD, scope: 'openid' };
      expect((await requestToken(tenant, fields)).status).toBe(200);
      await logIn(tenant, browser);
      expect(await types()).toEqual([['s'], ['sepft'], ['s', 'seacft']]);
      const ada = tenant.store.users.find('auth0|ada');
      if (ada !== undefined) tenant.store.users.update({ ...ada, app_metadata: { unwanted: true } });
      await logIn(tenant, browser);
      expect((await requestToken(tenant, fields)).status).toBe(200);
      // The Action's redirect leads to the logout.
      expect(await types()).toEqual([['sepft'], ['slo'], ['s'], ['sepft'], ['s', 'seacft']]);
      const signedIn = (await recordedLogins()).map(({ session }) => session?.signedIn);
      expect(signedIn).toEqual([undefined, false, false, undefined, true]);
    } finally {
      vi.useRealTimers();
    }
  });

  it('that the tenant refuses before the Actions run', async () => {
    await start();
    await bind("exports.onExecutePostLogin = async () => { console.log('not reached'); };");
    const browser = new Browser();
    await logIn(tenant, browser);
    const ada = tenant.store.users.find('auth0|ada');
    if (ada !== undefined) tenant.store.users.update({ ...ada, blocked: true });
    const { url } = await browser.follow(authorizeUrl(tenant));
    expect(url.searchParams.get('error')).toBe('unauthorized');
    const [refused, first] = await recordedLogins();
    expect(refused && outcomes(refused)).toEqual(['refused: user is blocked']);
    expect(refused?.effects).toBeUndefined();
    expect(first && outcomes(first)).toEqual(['continue']);
  });

  it('that the tenant refuses despite the Actions, and only once if the Actions refuse it themselves', async () => {
    await start();
    await bind(`exports.onExecutePostLogin = async (event, api) => {
      if (event.user.app_metadata.unwanted) api.access.deny('Not today');
    };`);
    await logIn(tenant);
    const change = (members: object) => {
      const ada = tenant.store.users.find('auth0|ada');
      if (ada !== undefined) tenant.store.users.update({ ...ada, ...members });
    };
    // Blocked while the Actions run.
    const stop = started.engine().onExecution(() => change({ blocked: true }));
    const fields = { grant_type: 'password', username: 'ada@example.com', password: PASSWORD, scope: 'openid' };
    expect((await requestToken(tenant, fields)).body.error).toBe('unauthorized');
    stop();
    change({ blocked: false, app_metadata: { unwanted: true } });
    expect((await requestToken(tenant, fields)).body.error).toBe('access_denied');
    const logins = await recordedLogins();
    expect(logins.map(outcomes)).toEqual([['deny: Not today'], ['continue', 'refused: user is blocked'], ['continue']]);
    // A refused login has no tokens, and no changes to them.
    expect(logins.map(({ effects }) => effects !== undefined)).toEqual([false, false, true]);
  });

  it('with its outcome after a redirect', async () => {
    await start();
    await bind(`exports.onExecutePostLogin = async (event, api) => api.redirect.sendUserTo('https://elsewhere.example/terms');
    exports.onContinuePostLogin = async (event, api) => api.idToken.setCustomClaim('https://example.com/terms', true);`);
    const browser = new Browser();
    const { url } = await logIn(tenant, browser);
    await browser.follow(`${tenant.issuer}continue?state=${url.searchParams.get('state')}`);
    const [login, ...others] = await recordedLogins();
    expect(others).toEqual([]);
    expect(login && outcomes(login)).toEqual(['redirect: https://elsewhere.example/terms', 'continue']);
    expect(login?.effects?.idToken).toEqual({ 'https://example.com/terms': true });
    expect(login?.executions).toHaveLength(1);
  });

  it('without the secrets of Actions, tokens and passwords', async () => {
    await start();
    await bind(
      `exports.onExecutePostLogin = async (event, api) => {
        const { KEY } = event.secrets;
        api.idToken.setCustomClaim('https://example.com/key', { of: [KEY] });
        if (event.transaction.protocol === 'oauth2-password') return api.access.deny('The key is ' + KEY);
        const token = api.redirect.encodeToken({ secret: KEY, payload: { who: event.user.email } });
        api.redirect.sendUserTo('https://elsewhere.example/', { query: { key: KEY, session_token: token } });
      };
      exports.onContinuePostLogin = async () => {};`,
      [{ name: 'KEY', value: 'hunter2-hunter2-hunter2' }],
    );
    const browser = new Browser();
    const { url } = await logIn(tenant, browser);
    await browser.follow(`${tenant.issuer}continue?state=${url.searchParams.get('state')}`);
    const fields = { grant_type: 'password', username: 'ada@example.com', password: PASSWORD, scope: 'openid' };
    expect((await requestToken(tenant, fields)).body.error_description).toBe('The key is hunter2-hunter2-hunter2');
    const logins = (await list()).logins;
    const token = url.searchParams.get('session_token') ?? '';
    expect(token).toMatch(/\..+\./);
    for (const secret of ['hunter2', token, PASSWORD]) expect(JSON.stringify(logins)).not.toContain(secret);
    expect(logins.map(outcomes)).toEqual([
      ['deny: The key is [secret KEY]'],
      [expect.stringContaining('session_token=[token]'), 'continue'],
    ]);
    expect(logins[1]?.effects?.idToken).toEqual({ 'https://example.com/key': { of: ['[secret KEY]'] } });
  });

  it('across a restart, with its Actions and the log of that time', async () => {
    await start();
    await bind("exports.onExecutePostLogin = async () => { console.log('count'); };");
    await logIn(tenant);
    const [before] = await recordedLogins();
    await started.engine().close();
    tenant = await tenant.restart();
    const since = { type: 'w', description: 'Much happened since', strategy: '', strategy_type: '', details: {} };
    for (let count = 0; count < 600; count += 1) {
      tenant.log.write({ ...since, user_id: 'auth0|ada' });
    }
    const [after] = await recordedLogins();
    expect(after?.executions[0]?.results[0]?.console[0]?.text).toBe('count');
    expect(after?.logs[0]).toMatchObject({ type: 's' });
    expect(after && { ...after, logs: [] }).toEqual(before && { ...before, logs: [] });
  });

  it('in one statement; if it cannot be written, the login still succeeds', async () => {
    await start();
    const commits = watchCommits();
    const insert = vi.spyOn(tenant.store.logins, 'insert');
    const writes = async () => {
      commits.takeCount();
      await logIn(tenant);
      return commits.takeCount();
    };
    await writes();
    insert.mockClear();
    const withIt = await writes();
    expect(insert).toHaveBeenCalledTimes(1);
    const warned = vi.spyOn(process, 'emitWarning').mockImplementation(() => undefined);
    insert.mockImplementation(() => {
      throw new Error('The disk is full.');
    });
    expect(withIt - (await writes())).toBe(1);
    expect(warned).toHaveBeenCalledOnce();
    commits.stop();
    vi.restoreAllMocks();
  });
});

describe('the list of logins', () => {
  function fill(store: Store, count: number): void {
    store.transaction(() => {
      for (let number = 0; number < count; number += 1) {
        store.logins.insert({
          id: `login-${number}`,
          at: new Date(number * 1000).toISOString(),
          application: { id: `app-${number % 3}`, name: ['Orders', 'APEX', 'Straße'][number % 3] ?? '' },
          user: {
            id: `auth0|${number}`,
            name: `Person ${number}`,
            email: `P${number}@Example.com`,
            emailVerified: true,
          },
          connection: 'db',
          protocol: 'oidc-basic-profile',
          prompt: [],
          requestedScopes: [],
          methods: [],
          passes: [],
          claimsBefore: {},
        });
      }
    });
  }
  const loginIds = ({ logins }: { logins: readonly LoginRecord[] }) => logins.map(({ id }) => Number(id.slice(6)));
  const down = (from: number, count: number, step = 1) =>
    Array.from({ length: count }, (_, index) => from - index * step);

  it('is paged in both directions, and pages stay the same while other users sign in', async () => {
    const store = openStore({ memory: true });
    fill(store, 1000);
    const ask = (query: Record<string, string>) => listLogins(store, new URLSearchParams(query));
    const first = await ask({});
    expect(loginIds(first)).toEqual(down(999, 25));
    expect(first.later).toBeUndefined();
    const second = await ask({ before: String(first.earlier) });
    expect(loginIds(second)).toEqual(down(974, 25));
    const third = await ask({ before: String(second.earlier) });
    expect(loginIds(await ask({ after: String(third.later) }))).toEqual(loginIds(second));
    expect(loginIds(await ask({ after: String(second.later) }))).toEqual(loginIds(first));
    // Pages end with the last login.
    let page = third;
    let count = 75;
    while (page.earlier !== undefined) {
      page = await ask({ before: String(page.earlier) });
      count += page.logins.length;
    }
    expect(count).toBe(1000);
    // Going back from a page that is not full leads to the newest logins.
    expect(loginIds(await ask({ after: '990' }))).toEqual(loginIds(first));
    expect(loginIds(await ask({ before: 'nonsense' }))).toEqual(loginIds(first));
    store.close();
  });

  it('is searched by user and application, regardless of case, to its end', async () => {
    const store = openStore({ memory: true });
    fill(store, 25_000);
    const found = async (search: string) => loginIds(await listLogins(store, new URLSearchParams({ search })));
    expect(await found('p12@example')).toEqual([12]);
    expect(await found('apex')).toEqual(down(24_997, 25, 3));
    expect(await found('STRASSE')).toEqual([]);
    expect(await found('STRAße person')).toEqual(down(24_998, 25, 3));
    expect(await found('Person 77 APEX')).toContain(24_778);
    expect(await found("%' OR 1=1 --")).toEqual([]);
    expect(await found('auth0|24999')).toEqual([24_999]);
    const pages = await listLogins(store, new URLSearchParams({ search: 'person 1234' }));
    expect(loginIds(pages)).toEqual(down(24_999, 25_000).filter((id) => String(id).includes('1234')));
    store.close();
  });

  it('serves other requests while it is searched', async () => {
    const store = openStore({ memory: true });
    fill(store, 60_000);
    const order: string[] = [];
    const searching = listLogins(store, new URLSearchParams({ search: 'no-such-name' })).then(() =>
      order.push('search'),
    );
    setImmediate(() => order.push('another'));
    await searching;
    expect(order).toEqual(['another', 'search']);
    store.close();
  });
});

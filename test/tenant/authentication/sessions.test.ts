import { mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterEach, beforeEach, describe, expect, it } from 'vitest';
import { until } from '../../until.ts';
import { Browser, locationOf } from './browser.ts';
import { authorize, authorizeUrl, exchange, logIn, payloadOf, requestToken } from './login-steps.ts';
import {
  CALLBACK,
  continueOutcome,
  PASSWORD,
  type RunningTenant,
  redirectOutcome,
  startTenant,
  userRecord,
} from './running-tenant.ts';

let tenant: RunningTenant;
let browser: Browser;
beforeEach(async () => {
  tenant = await startTenant();
  browser = new Browser();
});
afterEach(() => tenant.close());

/** Another browser with the same cookies. */
function copyOf(original: Browser): Browser {
  const copy = new Browser();
  for (const [name, cookie] of original.cookies) copy.cookies.set(name, cookie);
  return copy;
}

describe('a session', () => {
  it('serves every application of the tenant, with one sid and a cookie called auth0', async () => {
    const first = await logIn(tenant, browser);
    const set = await browser.get(authorizeUrl(tenant));
    expect(set.headers.getSetCookie().find((cookie) => cookie.startsWith('auth0='))).toMatch(
      /^auth0=[^;]{20,}; path=\/;.*samesite=lax; httponly/,
    );
    const { location } = await authorize(tenant, browser, { client_id: 'other' });
    const a = await exchange(tenant, first.url.searchParams.get('code') ?? '');
    const b = await exchange(tenant, location?.searchParams.get('code') ?? '', { client_id: 'other' });
    expect(payloadOf(a.body.id_token).sid).toBe(payloadOf(b.body.id_token).sid);
    expect(payloadOf(b.body.id_token).aud).toBe('other');
  });

  it('is required for prompt=none, which otherwise fails with login_required', async () => {
    const { location } = await authorize(tenant, browser, { prompt: 'none' });
    expect(Object.fromEntries(location?.searchParams ?? [])).toEqual({
      error: 'login_required',
      error_description: 'Login required',
      state: 'rp-state',
    });
    expect(tenant.logs).toMatchObject([{ type: 'fsa', client_id: 'web', description: 'Login required' }]);
  });

  it.each([{ prompt: 'login' }, { prompt: 'select_account' }, { max_age: '0' }])(
    'is not sufficient for %o',
    async (parameters) => {
      await logIn(tenant, browser);
      const { location } = await authorize(tenant, browser, parameters as unknown as Record<string, string>);
      expect(location?.pathname).toBe('/u/login');
      const { url } = await browser.signIn(location as URL, 'ada@example.com', PASSWORD);
      expect(url.searchParams.has('code')).toBe(true);
    },
  );

  it('can be too old for max_age, with or without openid', async () => {
    await logIn(tenant, browser);
    expect((await authorize(tenant, browser, { max_age: '100' })).location?.searchParams.has('code')).toBe(true);
    signedInAgo(3);
    for (const scope of ['openid', 'email']) {
      expect((await authorize(tenant, browser, { max_age: '1', scope })).location?.pathname).toBe('/u/login');
    }
    const silent = await authorize(tenant, browser, { max_age: '1', prompt: 'none' });
    expect(silent.location?.searchParams.get('error')).toBe('login_required');
  });

  it('is replaced when another user signs in', async () => {
    await logIn(tenant, browser);
    const before = browser.cookies.get('auth0')?.value;
    const { url } = await logIn(tenant, browser, { prompt: 'login' }, 'bob@example.com');
    const { body } = await exchange(tenant, url.searchParams.get('code') ?? '');
    expect(payloadOf(body.id_token).sub).toBe('auth0|bob');
    expect(browser.cookies.get('auth0')?.value).not.toBe(before);
    const next = await authorize(tenant, browser, { prompt: 'none' });
    const silent = await exchange(tenant, next.location?.searchParams.get('code') ?? '');
    expect(payloadOf(silent.body.id_token).sub).toBe('auth0|bob');
  });

  it('changes its cookie at every login, and the old cookie no longer works', async () => {
    await logIn(tenant, browser);
    const thief = copyOf(browser);
    await logIn(tenant, browser, { prompt: 'login' });
    const { location } = await authorize(tenant, thief, { prompt: 'none' });
    expect(location?.searchParams.get('error')).toBe('login_required');
  });

  it('never begins under an identifier that the browser sent', async () => {
    const attacker = new Browser();
    await logIn(tenant, attacker);
    const before = copyOf(attacker);
    await attacker.get(new URL('v2/logout?client_id=web', tenant.issuer));
    // An anonymous session, which the tenant creates for a cookie whose session has ended.
    await before.get(authorizeUrl(tenant));
    const planted = ['auth0', 'auth0.sig'];
    for (const name of planted) {
      const cookie = before.cookies.get(name);
      if (cookie !== undefined) browser.cookies.set(name, cookie);
    }
    expect(browser.cookies.has('auth0')).toBe(true);
    const page = await browser.follow(authorizeUrl(tenant));
    const thief = copyOf(browser);
    const state = page.url.searchParams.get('state') ?? '';
    const proven = await browser.post(page.url, { state, username: 'ada@example.com', password: PASSWORD });
    const peek = await authorize(tenant, thief, { prompt: 'none' });
    expect(peek.location?.searchParams.get('error')).toBe('login_required');
    const { url } = await browser.follow(locationOf(proven, page.url) as URL);
    expect(url.searchParams.has('code')).toBe(true);
    expect((await authorize(tenant, thief, { prompt: 'none' })).location?.searchParams.has('code')).toBe(false);
  });

  it('ends at a logout under all its identifiers', async () => {
    await logIn(tenant, browser);
    tenant.actions.onRun = () => redirectOutcome('https://forms.example.com/ask');
    const states = [await authorize(tenant, browser), await authorize(tenant, browser)].map(
      ({ location }) => location?.searchParams.get('state') ?? '',
    );
    // Both continue in parallel, so each answer has an identifier of its own.
    let waiting = 0;
    let releaseBoth = () => {};
    const together = new Promise<void>((resolve) => {
      releaseBoth = resolve;
    });
    tenant.actions.onResume = async () => {
      waiting += 1;
      if (waiting === 2) releaseBoth();
      await together;
      return continueOutcome();
    };
    const tabs = [copyOf(browser), copyOf(browser)];
    await Promise.all(tabs.map((tab, at) => tab.get(new URL(`continue?state=${states[at]}`, tenant.issuer))));
    const [one = browser, two = browser] = tabs;
    await one.get(new URL('v2/logout?client_id=web', tenant.issuer));
    tenant.actions.onRun = () => continueOutcome();
    for (const tab of [one, two, browser]) {
      expect((await authorize(tenant, tab, { prompt: 'none' })).location?.searchParams.get('error')).toBe(
        'login_required',
      );
    }
  });

  it('is refused to a blocked user, and ends with a deleted user', async () => {
    const { url } = await logIn(tenant, browser, { scope: 'openid offline_access' });
    const { body } = await exchange(tenant, url.searchParams.get('code') ?? '');
    const refresh = { grant_type: 'refresh_token', refresh_token: String(body.refresh_token) };
    tenant.store.users.update(userRecord({ user_id: 'auth0|ada', blocked: true }));
    for (const parameters of [{}, { prompt: 'none' }]) {
      const { location } = await authorize(tenant, browser, parameters as Record<string, string>);
      expect(location?.searchParams.get('error')).toBe('unauthorized');
      expect(location?.searchParams.get('error_description')).toBe('user is blocked');
    }
    expect(await requestToken(tenant, refresh)).toEqual({
      status: 403,
      body: { error: 'unauthorized', error_description: 'user is blocked' },
    });
    tenant.store.users.remove('auth0|ada');
    expect((await authorize(tenant, browser)).location?.pathname).toBe('/u/login');
    expect((await authorize(tenant, browser, { prompt: 'none' })).location?.searchParams.get('error')).toBe(
      'login_required',
    );
    expect((await requestToken(tenant, refresh)).body.error).toBe('invalid_grant');
    expect(tenant.actions.runs).toHaveLength(1);
  });

  it('is replaced if its user was deleted and another user signs in', async () => {
    await logIn(tenant, browser);
    tenant.store.users.remove('auth0|ada');
    const { url } = await logIn(tenant, browser, {}, 'bob@example.com');
    expect(url.searchParams.has('code')).toBe(true);
  });

  it('does not work for an application without its connection, nor for a request for another connection', async () => {
    await logIn(tenant, browser);
    const requested = await authorize(tenant, browser, { connection: 'google-oauth2' });
    expect(requested.location?.pathname).toBe('/u/social/google-oauth2');
    const database = tenant.store.connections.find('con_db');
    if (database === undefined) throw new Error('no connection');
    tenant.store.connections.update({ ...database, enabled_clients: ['other'] });
    expect((await authorize(tenant, browser)).location?.pathname).toBe('/u/login');
    const unknown = await authorize(tenant, browser, { connection: 'nothing' });
    expect(unknown.location?.searchParams.get('error')).toBe('invalid_request');
  });

  it('allows logins in two tabs at once', async () => {
    const one = await browser.follow(authorizeUrl(tenant, { state: 'one' }));
    const two = await browser.follow(authorizeUrl(tenant, { state: 'two' }));
    const first = await browser.signIn(one.url, 'ada@example.com', PASSWORD);
    const second = await browser.signIn(two.url, 'bob@example.com', PASSWORD);
    expect(first.url.searchParams.get('state')).toBe('one');
    expect(second.url.searchParams.get('state')).toBe('two');
    const { body } = await exchange(tenant, second.url.searchParams.get('code') ?? '');
    expect(payloadOf(body.id_token).sub).toBe('auth0|bob');
  });

  it('is not replaced by an earlier login if another user has signed in since', async () => {
    const one = await browser.follow(authorizeUrl(tenant));
    const state = one.url.searchParams.get('state') ?? '';
    const proven = await browser.post(one.url, { state, username: 'ada@example.com', password: PASSWORD });
    await logIn(tenant, browser, { prompt: 'login' }, 'bob@example.com');
    expect((await browser.get(locationOf(proven, one.url) as URL)).status).toBe(400);
    const { location } = await authorize(tenant, browser, { prompt: 'none' });
    const { body } = await exchange(tenant, location?.searchParams.get('code') ?? '');
    expect(payloadOf(body.id_token).sub).toBe('auth0|bob');
  });

  it('does not let a finished login be resumed', async () => {
    const page = await browser.follow(authorizeUrl(tenant));
    const state = page.url.searchParams.get('state') ?? '';
    await browser.signIn(page.url, 'ada@example.com', PASSWORD);
    for (const path of ['u/login', 'u/signup', 'u/social/google-oauth2', 'authorize/resume']) {
      const response = await browser.get(new URL(`${path}?state=${state}`, tenant.issuer));
      expect(response.status).toBe(400);
      expect(response.headers.get('location')).toBeNull();
    }
    const replay = await browser.post(page.url, { state, username: 'ada@example.com', password: PASSWORD });
    expect(replay.status).toBe(400);
    expect(tenant.actions.runs).toHaveLength(1);
  });

  it('is not created from a login after the browser has logged out, nor in another browser', async () => {
    const page = await browser.follow(authorizeUrl(tenant));
    const state = page.url.searchParams.get('state') ?? '';
    const proven = await browser.post(page.url, { state, username: 'ada@example.com', password: PASSWORD });
    const resume = locationOf(proven, page.url) as URL;
    expect(resume.pathname).toBe('/authorize/resume');
    expect((await new Browser().get(resume)).status).toBe(400);
    await browser.get(new URL('v2/logout?client_id=web', tenant.issuer));
    expect((await browser.get(resume)).status).toBe(400);
    expect(tenant.actions.runs).toHaveLength(0);
  });
});

/** Sets how many seconds ago the user of the browser's session signed in. */
function signedInAgo(seconds: number): void {
  const id = browser.cookies.get('auth0')?.value ?? '';
  const session = tenant.store.artifacts.find('Session', id);
  if (session === undefined) throw new Error('no session');
  const loginTs = Math.floor(Date.now() / 1000) - seconds;
  tenant.store.artifacts.upsert('Session', id, { ...session, loginTs }, Number(session.exp));
}

describe('the order of things', () => {
  it('starts the session first and runs the Actions second', async () => {
    const page = await browser.follow(authorizeUrl(tenant));
    const state = page.url.searchParams.get('state') ?? '';
    const proven = await browser.post(page.url, { state, username: 'ada@example.com', password: PASSWORD });
    expect(tenant.actions.runs).toHaveLength(0);
    expect(proven.headers.getSetCookie().some((cookie) => cookie.startsWith('auth0='))).toBe(true);
    expect((await authorize(tenant, browser, { prompt: 'none' })).location?.searchParams.has('code')).toBe(true);
  });

  it.each(['logs out', 'signs another user in', 'signs the same user in again'])(
    'refuses a login whose browser %s while the Actions run',
    async (what) => {
      await logIn(tenant, browser);
      let releaseBoth = () => {};
      const waiting = new Promise<void>((resolve) => {
        releaseBoth = resolve;
      });
      tenant.actions.onRun = async () => {
        await waiting;
        return continueOutcome();
      };
      const slow = authorize(tenant, browser);
      await until(() => tenant.actions.runs.length === 2);
      const other = copyOf(browser);
      if (what === 'logs out') {
        await other.get(new URL('v2/logout?client_id=web', tenant.issuer));
      } else {
        tenant.actions.onRun = () => continueOutcome();
        const username = what === 'signs another user in' ? 'bob@example.com' : 'ada@example.com';
        const { url } = await logIn(tenant, other, { prompt: 'login' }, username);
        expect(url.searchParams.has('code')).toBe(true);
      }
      releaseBoth();
      const { location } = await slow;
      expect(location?.searchParams.get('error')).toBe('access_denied');
      expect((await authorize(tenant, browser)).location?.pathname).toBe('/u/login');
    },
  );
});

describe('a restart', () => {
  const folder = mkdtempSync(join(tmpdir(), 'tenant-'));
  afterEach(() => rmSync(folder, { recursive: true, force: true }));

  it('keeps keys, sessions, refresh tokens and pending logins', async () => {
    const location = { file: join(folder, 'tenant.sqlite') };
    let first = await startTenant({ location });
    const { url } = await logIn(first, browser, { scope: 'openid offline_access' });
    const tokens = await exchange(first, url.searchParams.get('code') ?? '');
    first.actions.onRun = () => redirectOutcome('https://forms.example.com/ask');
    const suspended = await authorize(first, browser);
    const elsewhere = new Browser();
    const waiting = await elsewhere.follow(authorizeUrl(first));
    const keys = await (await fetch(new URL('.well-known/jwks.json', first.issuer))).json();

    first = await first.restart();
    try {
      expect(await (await fetch(new URL('.well-known/jwks.json', first.issuer))).json()).toEqual(keys);
      const state = suspended.location?.searchParams.get('state') ?? '';
      const back = await browser.get(new URL(`continue?state=${state}`, first.issuer));
      expect(locationOf(back, CALLBACK)?.searchParams.has('code')).toBe(true);
      expect((await authorize(first, browser, { prompt: 'none' })).location?.searchParams.has('code')).toBe(true);
      const refresh = { grant_type: 'refresh_token', refresh_token: String(tokens.body.refresh_token) };
      expect((await requestToken(first, refresh)).status).toBe(200);
      const signedIn = await elsewhere.signIn(waiting.url, 'ada@example.com', PASSWORD);
      expect(signedIn.url.searchParams.has('code')).toBe(true);
    } finally {
      await first.close();
    }
  });
});

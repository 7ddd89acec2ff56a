import { afterEach, beforeEach, describe, expect, it } from 'vitest';
import { Browser, locationOf } from './browser.ts';
import { authorize, logIn } from './login-steps.ts';
import {
  CALLBACK,
  continueOutcome,
  PASSWORD,
  type RunningTenant,
  redirectOutcome,
  startTenant,
} from './running-tenant.ts';

let tenant: RunningTenant;
let browser: Browser;
beforeEach(async () => {
  tenant = await startTenant();
  browser = new Browser();
  tenant.actions.onRun = () => redirectOutcome('https://forms.example.com/ask?lang=en');
});
afterEach(() => tenant.close());

/** Logs in until the Action redirects the browser, and returns the target. */
async function suspend(parameters: Record<string, string> = {}, username?: string): Promise<URL> {
  const { url } = await logIn(tenant, browser, parameters, username);
  expect(url.origin + url.pathname).toBe('https://forms.example.com/ask');
  return url;
}

function continueUrl(state: string | null | undefined, more: Record<string, string> = {}): URL {
  const url = new URL('continue', tenant.issuer);
  for (const [name, value] of Object.entries({ ...more, ...(state == null ? {} : { state }) })) {
    url.searchParams.set(name, value);
  }
  return url;
}

async function expectRefused(response: Response): Promise<void> {
  expect(response.status).toBe(400);
  expect(response.headers.get('location')).toBeNull();
  expect(await response.text()).toContain('invalid_request');
}

describe('/continue', () => {
  it('resumes the Action that redirected, and shows it the new request', async () => {
    const target = await suspend({ state: 'of-the-application' });
    expect(target.searchParams.get('lang')).toBe('en');
    const state = target.searchParams.get('state');
    const response = await browser.get(continueUrl(state, { answer: '42' }));
    const back = locationOf(response, tenant.issuer);
    expect(back?.href.startsWith(`${CALLBACK}?`)).toBe(true);
    expect(back?.searchParams.get('state')).toBe('of-the-application');
    expect(back?.searchParams.has('code')).toBe(true);
    expect(tenant.actions.runs).toHaveLength(1);
    expect(tenant.actions.resumed).toHaveLength(1);
    const [resumed] = tenant.actions.resumed;
    expect(resumed?.transaction.id).toBe(tenant.actions.runs[0]?.id);
    expect(resumed?.transaction.request).toMatchObject({ method: 'GET', query: { answer: '42', state }, body: {} });
    expect(resumed?.transaction.state).toBe('of-the-application');
    expect(resumed?.transaction.user.logins_count).toBe(1);
    expect(resumed?.suspended.executionId).toBe('exec-suspended');
    expect(tenant.logs.find((log) => log.type === 's')?.details?.actions).toEqual({
      executions: ['exec-suspended', 'exec-run'],
    });
  });

  it('accepts a POST', async () => {
    const state = (await suspend()).searchParams.get('state') ?? '';
    const response = await browser.post(continueUrl(state), { session_token: 'abc' });
    expect(locationOf(response, tenant.issuer)?.searchParams.has('code')).toBe(true);
    expect(tenant.actions.resumed[0]?.transaction.request).toMatchObject({
      method: 'POST',
      body: { session_token: 'abc' },
    });
  });

  it('denies if onContinuePostLogin denies, and redirects again if it redirects again', async () => {
    let state = (await suspend()).searchParams.get('state');
    tenant.actions.onResume = () => redirectOutcome('https://forms.example.com/more');
    const more = locationOf(await browser.get(continueUrl(state)), tenant.issuer);
    expect(more?.pathname).toBe('/more');
    state = more?.searchParams.get('state') ?? null;
    tenant.actions.onResume = () => ({ kind: 'deny', reason: 'still no', executions: [] });
    const back = locationOf(await browser.get(continueUrl(state)), tenant.issuer);
    expect(back?.searchParams.get('error_description')).toBe('still no');
    expect(back?.searchParams.has('code')).toBe(false);
  });

  it('keeps prompt=login satisfied', async () => {
    const state = (await suspend({ prompt: 'login' })).searchParams.get('state');
    const back = locationOf(await browser.get(continueUrl(state)), tenant.issuer);
    expect(back?.searchParams.has('code')).toBe(true);
  });

  it('works for a user with a session, who saw no login page', async () => {
    tenant.actions.onRun = () => continueOutcome();
    await logIn(tenant, browser);
    tenant.actions.onRun = () => redirectOutcome('https://forms.example.com/ask');
    const { location } = await authorize(tenant, browser);
    const back = locationOf(await browser.get(continueUrl(location?.searchParams.get('state'))), tenant.issuer);
    expect(back?.searchParams.has('code')).toBe(true);
  });

  it('refuses a missing, an invented and a repeated state', async () => {
    const state = (await suspend()).searchParams.get('state');
    await expectRefused(await browser.get(continueUrl(undefined)));
    await expectRefused(await browser.get(continueUrl('invented')));
    await expectRefused(await browser.post(continueUrl(state), { state: 'another' }));
    expect(tenant.actions.resumed).toHaveLength(0);
    expect(tenant.logs.map((log) => [log.type, log.details?.error])).toEqual(
      Array.from({ length: 3 }, () => ['f', expect.objectContaining({ oauthError: 'invalid_request' })]),
    );
  });

  it('refuses a state that was already used, even in parallel requests', async () => {
    const state = (await suspend()).searchParams.get('state');
    const answers = await Promise.all(Array.from({ length: 5 }, () => browser.get(continueUrl(state))));
    expect(answers.filter((answer) => answer.status === 302)).toHaveLength(1);
    await expectRefused(await browser.get(continueUrl(state)));
    expect(tenant.actions.resumed).toHaveLength(1);
  });

  it('refuses another browser, with or without a session of its own', async () => {
    const state = (await suspend()).searchParams.get('state');
    await expectRefused(await new Browser().get(continueUrl(state)));
    const mine = browser;
    browser = new Browser();
    await suspend({}, 'bob@example.com');
    await expectRefused(await browser.get(continueUrl(state)));
    // Even with the first browser's session, this browser cannot use the state.
    const [session, signature] = [mine.cookies.get('auth0'), mine.cookies.get('auth0.sig')];
    if (session === undefined || signature === undefined) throw new Error('no session');
    browser.cookies.set('auth0', session).set('auth0.sig', signature);
    await expectRefused(await browser.get(continueUrl(state)));
    expect(tenant.actions.resumed).toHaveLength(0);
  });

  it('refuses a forged browser cookie', async () => {
    const state = (await suspend()).searchParams.get('state');
    const did = browser.cookies.get('did');
    if (did === undefined) throw new Error('no cookie');
    browser.cookies.delete('did.sig');
    await expectRefused(await browser.get(continueUrl(state)));
  });

  it('refuses after a logout, and if the session has ended or another user is signed in', async () => {
    const state = (await suspend()).searchParams.get('state');
    const cookiesBefore = new Map(browser.cookies);
    await browser.get(new URL('v2/logout?client_id=web', tenant.issuer));
    await expectRefused(await browser.get(continueUrl(state)));
    // The cookies from before the logout do not work either.
    for (const [name, cookie] of cookiesBefore) browser.cookies.set(name, cookie);
    await expectRefused(await browser.get(continueUrl(state)));

    const second = (await suspend()).searchParams.get('state');
    browser.cookies.delete('auth0');
    await expectRefused(await browser.get(continueUrl(second)));

    const third = (await suspend()).searchParams.get('state');
    tenant.actions.onRun = () => continueOutcome();
    await logIn(tenant, browser, { prompt: 'login' }, 'bob@example.com');
    await expectRefused(await browser.get(continueUrl(third)));
    expect(tenant.actions.resumed).toHaveLength(0);
  });

  it('refuses a state of the login page, and the login page refuses a state of an Action', async () => {
    const page = (await browser.follow(new URL(authorizeHref()))).url;
    await expectRefused(await browser.get(continueUrl(page.searchParams.get('state'))));
    const { url } = await browser.signIn(page, 'ada@example.com', PASSWORD);
    const state = url.searchParams.get('state') ?? '';
    await expectRefused(await browser.get(new URL(`u/login?state=${state}`, tenant.issuer)));
    await expectRefused(await browser.get(new URL(`authorize/resume?state=${state}`, tenant.issuer)));
    expect(tenant.actions.runs).toHaveLength(1);
    expect(tenant.actions.resumed).toHaveLength(0);
  });

  it('cannot be bypassed through the paths of the library', async () => {
    const state = (await suspend()).searchParams.get('state') ?? '';
    for (const path of [`authorize/${state}`, `AUTHORIZE/${state}`, `authorize/${state}/`, `authorize//${state}`]) {
      const response = await browser.get(new URL(path, tenant.issuer), { 'x-forwarded-prefix': '/' });
      expect(response.status).toBe(404);
    }
    browser.cookies.set('auth0_resume', { value: state, path: '/' });
    browser.cookies.set('auth0_interaction', { value: state, path: '/' });
    await expectRefused(await browser.get(new URL('authorize/resume', tenant.issuer)));
    expect(tenant.actions.resumed).toHaveLength(0);
  });

  it('refuses a callback URL or a grant type that the application no longer allows', async () => {
    const web = tenant.store.clients.find('web');
    if (web === undefined) throw new Error('no client');
    const first = (await suspend()).searchParams.get('state');
    tenant.store.clients.update({ ...web, callbacks: ['http://localhost:9999/elsewhere'] });
    const gone = await browser.get(continueUrl(first));
    expect(gone.status).toBe(403);
    expect(gone.headers.get('location')).toBeNull();
    tenant.store.clients.update(web);
    const second = (await suspend()).searchParams.get('state');
    tenant.store.clients.update({ ...web, grant_types: ['client_credentials'] });
    const back = locationOf(await browser.get(continueUrl(second)), tenant.issuer);
    expect(back?.searchParams.get('error')).toBe('unauthorized_client');
    expect(back?.searchParams.has('code')).toBe(false);
    expect(tenant.actions.resumed).toHaveLength(0);
  });

  it('refuses an expired state, and a user who was blocked in the meantime', async () => {
    const state = (await suspend()).searchParams.get('state') ?? '';
    const user = tenant.store.users.find('auth0|ada');
    if (user === undefined) throw new Error('no user');
    tenant.store.users.update({ ...user, blocked: true });
    const back = locationOf(await browser.get(continueUrl(state)), tenant.issuer);
    expect(back?.searchParams.get('error')).toBe('unauthorized');
    expect(tenant.actions.resumed).toHaveLength(0);
    tenant.store.users.update({ ...user, blocked: false });

    const late = (await suspend()).searchParams.get('state') ?? '';
    tenant.store.artifacts.removeExpired(Math.floor(Date.now() / 1000) + 2 * 60 * 60);
    await expectRefused(await browser.get(continueUrl(late)));
  });
});

function authorizeHref(): string {
  const url = new URL('authorize', tenant.issuer);
  url.search = String(
    new URLSearchParams({ client_id: 'web', response_type: 'code', redirect_uri: CALLBACK, scope: 'openid' }),
  );
  return url.href;
}

import { afterEach, beforeEach, describe, expect, it } from 'vitest';
import { issuePasswordTicket } from '../../../src/tenant/authentication/accounts/password-reset/password-tickets.ts';
import { Browser } from './browser.ts';
import { authorize, authorizeUrl, exchange, freshCode, logIn, requestToken } from './login-steps.ts';
import { continueOutcome, PASSWORD, type RunningTenant, startTenant } from './running-tenant.ts';

let tenant: RunningTenant;
beforeEach(async () => {
  tenant = await startTenant();
});
afterEach(() => tenant.close());

const NEW = 'Another-Horse-7';
const DATABASE = 'Username-Password-Authentication';

const change = (fields: Record<string, string>, headers: Record<string, string> = {}) =>
  fetch(new URL('dbconnections/change_password', tenant.issuer), {
    method: 'POST',
    headers: { 'content-type': 'application/json', ...headers },
    body: JSON.stringify({ client_id: 'web', connection: DATABASE, ...fields }),
  });

const mails = () => tenant.store.outbox.list({ page: 0, perPage: 50 }).rows;

async function link(email = 'ada@example.com'): Promise<string> {
  await change({ email });
  return mails()[0]?.links[0] ?? '';
}

const choose = (url: string, password = NEW, again = password) =>
  new Browser().post(url, { 'password-reset': password, 're-enter-password': again, action: 'default' });

const signsIn = async (password: string) =>
  (await requestToken(tenant, { grant_type: 'password', username: 'ada@example.com', password })).status === 200;

describe('POST /dbconnections/change_password', () => {
  it('gives every caller the same answer, and sends mail only to users with an account', async () => {
    const known = await change({ email: 'Ada@Example.com' });
    const unknown = await change({ email: 'unknown@example.com' });
    for (const response of [known, unknown]) {
      expect(response.status).toBe(200);
      expect(await response.text()).toBe("We've just sent you an email to reset your password.");
    }
    const headersOf = (response: Response) => [...response.headers].filter(([name]) => name !== 'date');
    expect(headersOf(known)).toEqual(headersOf(unknown));
    expect(mails().map((mail) => mail.to)).toEqual(['ada@example.com']);
    expect(tenant.logs.map((log) => log.type)).toEqual(['scpr', 'fcpr']);
    expect(JSON.stringify(tenant.logs)).not.toContain('ticket=');
  });

  it('links to the tenant, regardless of the request’s Host header', async () => {
    const response = await change(
      { email: 'ada@example.com' },
      { 'x-forwarded-host': 'evil.example', forwarded: 'host=evil.example' },
    );
    expect(response.status).toBe(200);
    expect(mails()[0]?.links[0]).toMatch(new RegExp(`^${tenant.issuer}u/reset-password\\?ticket=[\\w-]{43}$`));
    expect(mails()[0]?.text).toContain(mails()[0]?.links[0]);
  });

  it.each([
    ['client_id', { client_id: '' }, 'client_id is required'],
    ['connection', { connection: '' }, 'connection is required'],
    ['email', {}, 'email is required'],
    ['a known client', { client_id: 'unknown', email: 'a@b.example' }, 'Unknown client'],
    [
      'a database that the client may use',
      { connection: 'google-oauth2', email: 'a@b.example' },
      'connection is disabled (client_id: web - connection: google-oauth2)',
    ],
  ])('requires %s', async (_name, fields, description) => {
    const response = await change(fields);
    expect(response.status).toBe(400);
    expect(await response.json()).toEqual({ error: 'invalid_request', error_description: description });
  });
});

describe('the link to a new password', () => {
  it('works once, and only the new password is valid afterwards', async () => {
    const url = await link();
    const page = await new Browser().get(url);
    expect(page.status).toBe(200);
    expect(page.headers.get('referrer-policy')).toBe('same-origin');
    expect(page.headers.get('cache-control')).toBe('no-store');
    expect((await choose(url)).status).toBe(200);
    expect(await signsIn(PASSWORD)).toBe(false);
    expect(await signsIn(NEW)).toBe(true);
    expect((await choose(url, 'A-Third-Horse-5')).status).toBe(400);
    expect((await new Browser().get(url)).status).toBe(400);
    expect(await signsIn(NEW)).toBe(true);
    expect(tenant.store.users.find('auth0|ada')?.last_password_reset).toBeDefined();
    expect(tenant.logs.map((log) => log.type)).toContain('scp');
  });

  it('works for one of many parallel requests', async () => {
    const url = await link();
    const all = await Promise.all(Array.from({ length: 8 }, (_, index) => choose(url, `Another-Horse-${index}`)));
    expect(all.filter(({ status }) => status === 200)).toHaveLength(1);
    expect(all.filter(({ status }) => status === 400)).toHaveLength(7);
  });

  it('applies the rules of the database, and asks for the password twice', async () => {
    const url = await link();
    const weak = await choose(url, 'short');
    expect(weak.status).toBe(400);
    const html = await weak.text();
    expect(html).toContain('data-error-code="password-policy-length-at-least"');
    expect(html).not.toContain('short"');
    const different = await choose(url, NEW, `${NEW}x`);
    expect(different.status).toBe(400);
    expect(await different.text()).toContain('data-error-code="password-mismatch"');
    expect((await choose(url, '')).status).toBe(400);
    expect(await signsIn(PASSWORD)).toBe(true);
    expect((await choose(url)).status).toBe(200);
  });

  it('is invalid if it has expired, if it is guessed, and if the user was deleted', async () => {
    const ticket = { userId: 'auth0|ada', marksEmailAsVerified: false };
    expect((await choose(issuePasswordTicket(tenant.store, tenant.issuer, ticket, -1))).status).toBe(400);
    for (const guess of ['u/reset-password', 'u/reset-password?ticket=', `u/reset-password?ticket=${'a'.repeat(43)}`]) {
      expect((await choose(`${tenant.issuer}${guess}`)).status).toBe(400);
    }
    const url = await link();
    tenant.store.users.remove('auth0|ada');
    expect((await choose(url)).status).toBe(400);
  });

  it('is invalid if the password or the address has changed in another way', async () => {
    const [first, second] = [await link(), await link()];
    expect((await choose(first)).status).toBe(200);
    expect((await choose(second, 'A-Third-Horse-5')).status).toBe(400);
    const third = await link();
    const user = tenant.store.users.find('auth0|ada');
    if (user === undefined) throw new Error('no user');
    tenant.store.users.update({ ...user, email: 'ada@elsewhere.example' });
    expect((await choose(third, 'A-Third-Horse-5')).status).toBe(400);
  });

  it('is not stored in plain text', async () => {
    const secret = new URL(await link()).searchParams.get('ticket') ?? '';
    expect(secret).not.toBe('');
    expect(tenant.store.artifacts.find('PasswordTicket', secret)).toBeUndefined();
  });

  it('ends the sessions and refresh tokens of that user only', async () => {
    const [ada, bob] = [new Browser(), new Browser()];
    await logIn(tenant, ada);
    await logIn(tenant, bob, {}, 'bob@example.com');
    const code = await freshCode(tenant, { scope: 'openid offline_access' });
    const { body } = await exchange(tenant, code);
    const refresh = { grant_type: 'refresh_token', refresh_token: String(body.refresh_token) };
    expect((await requestToken(tenant, refresh)).status).toBe(200);
    expect((await choose(await link())).status).toBe(200);
    expect((await requestToken(tenant, refresh)).body.error).toBe('invalid_grant');
    expect((await authorize(tenant, ada, { prompt: 'none' })).location?.searchParams.get('error')).toBe(
      'login_required',
    );
    expect((await authorize(tenant, bob, { prompt: 'none' })).location?.searchParams.get('code')).toBeTruthy();
  });

  it('makes a pending password grant fail', async () => {
    const url = await link();
    tenant.actions.onRun = async () => {
      expect((await choose(url)).status).toBe(200);
      return continueOutcome();
    };
    expect(await signsIn(PASSWORD)).toBe(false);
  });

  it('ends a block after wrong passwords, and verifies the address', async () => {
    for (let count = 0; count < 10; count += 1) await signsIn('wrong');
    expect(await signsIn(PASSWORD)).toBe(false);
    const user = tenant.store.users.find('auth0|ada');
    if (user === undefined) throw new Error('no user');
    tenant.store.users.update({ ...user, email_verified: false });
    expect((await choose(await link())).status).toBe(200);
    expect(await signsIn(NEW)).toBe(true);
    expect(tenant.store.users.find('auth0|ada')?.email_verified).toBe(true);
  });

  it('does not let a blocked user in', async () => {
    const user = tenant.store.users.find('auth0|ada');
    if (user === undefined) throw new Error('no user');
    tenant.store.users.update({ ...user, blocked: true });
    await choose(await link());
    expect(await signsIn(NEW)).toBe(false);
  });

  it('redirects only to the page of the ticket', async () => {
    const url = issuePasswordTicket(tenant.store, tenant.issuer, {
      userId: 'auth0|ada',
      marksEmailAsVerified: false,
      resultUrl: 'https://app.example/done?x=1',
      includeEmailInRedirect: true,
    });
    const response = await choose(`${url}&resultUrl=https://evil.example&result_url=https://evil.example`);
    expect(response.status).toBe(302);
    const location = new URL(response.headers.get('location') ?? '');
    expect(location.origin + location.pathname).toBe('https://app.example/done');
    expect(Object.fromEntries(location.searchParams)).toMatchObject({
      x: '1',
      success: 'true',
      email: 'ada@example.com',
    });
  });
});

describe('the page for a forgotten password', () => {
  async function openPage(): Promise<{ browser: Browser; url: URL }> {
    const browser = new Browser();
    const { response, url } = await browser.follow(authorizeUrl(tenant));
    const found = /href="([^"]*)">Forgot password\?/.exec(await response.text())?.[1] ?? '';
    return { browser, url: new URL(found.replaceAll('&amp;', '&'), url) };
  }

  it('opens from the login page, and gives every user the same answer', async () => {
    const { browser, url } = await openPage();
    expect(url.pathname).toBe('/u/reset-password/request');
    expect((await browser.get(url)).status).toBe(200);
    const state = url.searchParams.get('state') ?? '';
    const answers: string[] = [];
    for (const email of ['ada@example.com', 'eve@example.com']) {
      const response = await browser.post(url, { state, email, action: 'default' });
      expect(response.status).toBe(200);
      answers.push((await response.text()).replaceAll(email, ''));
    }
    expect(answers[0]).toBe(answers[1]);
    expect(mails().map((mail) => mail.to)).toEqual(['ada@example.com']);
    expect((await choose(mails()[0]?.links[0] ?? '')).status).toBe(200);
    const loginPage = new URL(`/u/login?state=${state}`, url);
    const { url: end } = await browser.signIn(loginPage, 'ada@example.com', NEW);
    expect(end.searchParams.get('code')).toBeTruthy();
  });

  it('requires a login of this browser, and an address', async () => {
    const { browser, url } = await openPage();
    const state = url.searchParams.get('state') ?? '';
    expect((await new Browser().post(url, { state, email: 'ada@example.com' })).status).toBe(400);
    expect((await browser.post(url, { state, email: '' })).status).toBe(400);
    const answer = await browser.post(url, { state, email: '"><script>alert(1)</script>' });
    expect(await answer.text()).not.toContain('<script>');
    expect(mails()).toEqual([]);
  });
});

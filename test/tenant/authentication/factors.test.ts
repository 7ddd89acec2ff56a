import fc from 'fast-check';
import { afterAll, beforeAll, beforeEach, describe, expect, it } from 'vitest';
import { Browser } from './browser.ts';
import { authorize, exchange, logIn, payloadOf } from './login-steps.ts';
import {
  codeOfApp,
  mailedCode,
  send,
  type TenantWithFactors,
  tenantWithFactors,
  textOf,
} from './tenant-with-factors.ts';

let tenant: TenantWithFactors;
beforeAll(async () => {
  tenant = await tenantWithFactors();
});
beforeEach(() => tenant.reset());
afterAll(() => tenant.close());

const CHALLENGE_OTP = `api.authentication.challengeWith({ type: 'otp' });`;
const COPY_EVENT = `api.idToken.setCustomClaim('https://test/event', {
  methods: event.authentication.methods, factors: event.user.enrolledFactors, multifactor: event.user.multifactor });`;

interface EventClaim {
  methods: { name: string; type?: string; timestamp: string }[];
  factors: { type: string }[];
  multifactor: string[];
}

async function eventClaimOf(url: URL): Promise<EventClaim> {
  const { body } = await exchange(tenant, url.searchParams.get('code') ?? '');
  return payloadOf(body.id_token)['https://test/event'] as EventClaim;
}

const types = () => tenant.logs.map(({ type }) => type).filter((type) => type.startsWith('gd_'));

describe('challengeWith', () => {
  it('asks for the app’s code after the Action has run, and continues with the next Action', async () => {
    const began = Math.floor(Date.now() / 1000) * 1000;
    tenant.enable('otp');
    const secret = tenant.enrolApp();
    await tenant.bind(`${CHALLENGE_OTP} api.idToken.setCustomClaim('https://test/first', true);`, COPY_EVENT);
    const browser = new Browser();
    const page = await logIn(tenant, browser);
    expect(page.url.pathname).toBe('/u/mfa-otp-challenge');
    expect(page.response.status).toBe(200);
    expect(page.response.headers.get('content-security-policy')).toContain("default-src 'none'");
    expect(tenant.logs.some(({ type }) => type === 's')).toBe(false);

    const { url } = await send(browser, page.url, { code: codeOfApp(secret) });
    expect(url.searchParams.get('error')).toBeNull();
    expect(url.searchParams.get('state')).toBe('rp-state');
    const { body } = await exchange(tenant, url.searchParams.get('code') ?? '');
    const token = payloadOf(body.id_token);
    expect(token['https://test/first']).toBe(true);
    const { methods, factors, multifactor } = token['https://test/event'] as EventClaim;
    expect(methods.map(({ name, type }) => [name, type])).toEqual([
      ['pwd', undefined],
      ['mfa', 'otp'],
    ]);
    expect(Date.parse(methods[1]?.timestamp ?? '')).toBeGreaterThanOrEqual(began);
    expect(Date.parse(methods[1]?.timestamp ?? '')).toBeLessThanOrEqual(Date.now());
    expect(factors).toEqual([{ type: 'otp' }]);
    expect(multifactor).toEqual(['guardian']);
    expect(token.amr).toEqual(['mfa']);
    expect(types()).toEqual(['gd_start_auth', 'gd_auth_succeed']);
    expect(JSON.stringify(tenant.logs)).not.toContain(secret);

    const executions = tenant.logs.find(({ type }) => type === 's')?.details?.actions as { executions: string[] };
    expect(executions.executions).toHaveLength(1);
    const execution = tenant.store.executions.find(executions.executions[0] ?? '');
    expect(execution?.status).toBe('final');
    // Each Action ran once.
    expect(execution?.results.map(({ action_name, handler }) => [action_name, handler])).toEqual([
      ['action-1', 'onExecutePostLogin'],
      ['action-2', 'onExecutePostLogin'],
    ]);
    expect(execution?.results[0]?.calls[0]).toEqual({
      method: 'authentication.challengeWith',
      arguments: [{ type: 'otp' }],
    });
  });

  it('refuses a code that was already used in any login', async () => {
    tenant.enable('otp');
    const secret = tenant.enrolApp();
    await tenant.bind(CHALLENGE_OTP);
    const code = codeOfApp(secret);
    for (const expected of ['callback', 'u/mfa-otp-challenge']) {
      const browser = new Browser();
      const page = await logIn(tenant, browser);
      const { url } = await send(browser, page.url, { code });
      expect(url.pathname).toBe(`/${expected}`);
    }
    // Only one of two parallel forms succeeds.
    const browsers = [new Browser(), new Browser()];
    const pages = await Promise.all(browsers.map((browser) => logIn(tenant, browser)));
    const next = codeOfApp(secret, 1);
    const ends = await Promise.all(
      browsers.map((browser, index) => send(browser, pages[index]?.url ?? new URL('about:blank'), { code: next })),
    );
    expect(ends.filter(({ url }) => url.pathname === '/callback')).toHaveLength(1);
  });

  it('continues once, and only in the browser and the session in which it began', async () => {
    tenant.enable('otp');
    const secret = tenant.enrolApp();
    await tenant.bind(CHALLENGE_OTP);
    const browser = new Browser();
    const page = await logIn(tenant, browser);
    const state = page.url.searchParams.get('state') ?? '';

    // The login cannot continue without the code.
    for (const path of ['continue', 'authorize/resume', `authorize/${state}`]) {
      const { url, response } = await browser.follow(new URL(`${path}?state=${state}`, tenant.issuer));
      expect(url.searchParams.has('code')).toBe(false);
      expect(response.status === 200 ? url.pathname : '').toBe(
        path === 'authorize/resume' ? '/u/mfa-otp-challenge' : '',
      );
    }
    const elsewhere = new Browser();
    expect((await elsewhere.get(page.url)).status).toBe(400);
    await logIn(tenant, elsewhere);
    expect((await elsewhere.post(page.url, { state, code: codeOfApp(secret) })).status).toBe(400);
    // A form without the state came from another site.
    expect((await browser.post(page.url, { code: codeOfApp(secret) })).status).toBe(400);
    expect((await browser.post(page.url, { state: 'other', code: codeOfApp(secret) })).status).toBe(400);

    const { url } = await send(browser, page.url, { code: codeOfApp(secret) });
    expect(url.searchParams.has('code')).toBe(true);
    expect((await browser.get(page.url)).status).toBe(400);
    expect((await browser.get(new URL(`authorize/resume?state=${state}`, tenant.issuer))).status).toBe(400);
  });

  it('ends when the browser logs out', async () => {
    tenant.enable('otp');
    const secret = tenant.enrolApp();
    await tenant.bind(CHALLENGE_OTP);
    const browser = new Browser();
    const page = await logIn(tenant, browser);
    await browser.get(new URL('v2/logout', tenant.issuer));
    expect((await send(browser, page.url, { code: codeOfApp(secret) })).response.status).toBe(400);
  });

  it('fails the login after ten wrong codes, and checks no further code for some time', async () => {
    tenant.enable('otp');
    const secret = tenant.enrolApp();
    await tenant.bind(CHALLENGE_OTP);
    const browser = new Browser();
    let page = await logIn(tenant, browser);
    const wrong = () => String((Number(codeOfApp(secret)) + 500_000) % 1_000_000).padStart(6, '0');
    expect((await send(browser, page.url, { code: 'abc' })).response.status).toBe(400);
    for (let tries = 1; tries < 10; tries += 1) {
      const { response } = await send(browser, page.url, { code: wrong() });
      expect(response.status).toBe(400);
      expect(await textOf(response)).toContain('The code you entered is invalid');
    }
    const { url } = await send(browser, page.url, { code: wrong() });
    expect(url.searchParams.get('error')).toBe('access_denied');
    expect(url.searchParams.get('error_description')).toMatch(/^Too many wrong codes/);
    expect(types().filter((type) => type === 'gd_auth_failed')).toHaveLength(10);
    expect(types().at(-1)).toBe('gd_otp_rate_limit_exceed');

    // Another login of the same user does not help: even the right code is not checked.
    const other = new Browser();
    page = await logIn(tenant, other);
    const again = await send(other, page.url, { code: codeOfApp(secret) });
    expect(again.url.searchParams.get('error')).toBe('access_denied');
  });

  it('accepts only six digits, for any input', async () => {
    tenant.enable('otp');
    tenant.enrolApp();
    await tenant.bind(CHALLENGE_OTP);
    const browser = new Browser();
    const page = await logIn(tenant, browser);
    const state = page.url.searchParams.get('state') ?? '';
    const field = fc.constantFrom('code', 'action', 'rememberBrowser', 'saved', 'constructor', '__proto__');
    const fields = fc.dictionary(fc.oneof(field, fc.string()), fc.string({ unit: 'grapheme' }));
    await fc.assert(
      fc.asyncProperty(fields, async (sent) => {
        fc.pre(!/^\d{6}$/.test((sent.code ?? '').replace(/\s/g, '')));
        expect((await browser.post(page.url, { ...sent, state })).status).toBe(400);
      }),
      { numRuns: 40 },
    );
    expect(types()).toEqual(['gd_start_auth']);
  });

  it.each([
    ['not enabled', [], true, '"otp" is not enabled on the tenant'],
    ['not enrolled', ['otp'], false, 'the user is not enrolled in "otp"'],
  ] as const)('fails the login where the factor is %s', async (_name, enabled, enrolled, reason) => {
    tenant.enable(...enabled);
    if (enrolled) tenant.enrolApp();
    await tenant.bind(CHALLENGE_OTP);
    const { url } = await logIn(tenant);
    expect(url.searchParams.get('error')).toBe('access_denied');
    expect(url.searchParams.get('error_description')).toContain(reason);
  });

  it('reports that a factor is not simulated by this tenant', async () => {
    tenant.enable('otp');
    for (const type of ['phone', 'push-notification', 'webauthn-roaming', 'webauthn-platform']) {
      await tenant.bind(`api.authentication.challengeWith({ type: '${type}' });`);
      const { url } = await logIn(tenant);
      expect(url.searchParams.get('error_description')).toContain(`"${type}" is not simulated by this tenant`);
    }
    await tenant.bind(`api.authentication.challengeWith();`);
    expect((await logIn(tenant)).url.searchParams.get('error')).toBe('access_denied');
  });

  it('counts a factor once in a login, and asks again in the next', async () => {
    tenant.enable('otp');
    const secret = tenant.enrolApp();
    await tenant.bind(CHALLENGE_OTP, CHALLENGE_OTP, `api.multifactor.enable('any');`);
    const browser = new Browser();
    const first = await logIn(tenant, browser);
    expect((await send(browser, first.url, { code: codeOfApp(secret) })).url.searchParams.has('code')).toBe(true);
    const { url } = await logIn(tenant, browser);
    expect(url.pathname).toBe('/u/mfa-otp-challenge');
    // The session still has the factor from before.
    expect((await send(browser, url, { code: codeOfApp(secret, 1) })).url.searchParams.has('code')).toBe(true);
    expect(types().filter((type) => type === 'gd_auth_succeed')).toHaveLength(2);
  });

  it('does not ask if an Action denies the login', async () => {
    tenant.enable('otp');
    const secret = tenant.enrolApp();
    await tenant.bind(`${CHALLENGE_OTP} api.access.deny('no');`);
    expect((await logIn(tenant)).url.searchParams.get('error_description')).toBe('no');
    await tenant.bind(CHALLENGE_OTP, `api.access.deny('no ' + event.authentication.methods.length);`);
    const browser = new Browser();
    const page = await logIn(tenant, browser);
    const { url } = await send(browser, page.url, { code: codeOfApp(secret) });
    expect(url.searchParams.get('error_description')).toBe('no 2');
  });

  it('cannot be combined with a redirect of the same Action', async () => {
    tenant.enable('otp');
    tenant.enrolApp();
    await tenant.bind(`${CHALLENGE_OTP} api.redirect.sendUserTo('https://forms.example.com/');`);
    expect((await logIn(tenant)).url.searchParams.get('error_description')).toContain('not simulated');
  });

  it('can be combined with a redirect of an earlier or later Action', async () => {
    tenant.enable('otp');
    const secret = tenant.enrolApp();
    const handler = (body: string) => `exports.onExecutePostLogin = async (event, api) => { ${body} };`;
    const redirect = `${handler(`api.redirect.sendUserTo('https://forms.example.com/');`)}
      exports.onContinuePostLogin = async () => {};`;
    const last = handler(`api.multifactor.enable('any'); ${COPY_EVENT}`);
    await tenant.bindCode(redirect, handler(CHALLENGE_OTP), redirect, last);
    const browser = new Browser();
    const away = await logIn(tenant, browser);
    expect(away.url.host).toBe('forms.example.com');
    const go = (url: URL) =>
      browser.follow(new URL(`continue?state=${url.searchParams.get('state') ?? ''}`, tenant.issuer));
    const page = await go(away.url);
    expect(page.url.pathname).toBe('/u/mfa-otp-challenge');
    const once = await send(browser, page.url, { code: codeOfApp(secret) });
    expect(once.url.host).toBe('forms.example.com');
    const { url } = await go(once.url);
    expect((await eventClaimOf(url)).methods.map(({ name }) => name)).toEqual(['pwd', 'mfa']);
  });
});

describe('a code by mail', () => {
  it('is sent to a verified address, and works once, for this login only', async () => {
    tenant.enable('email');
    // The operator's own text names the address as the page does.
    // biome-ignore lint/suspicious/noTemplateCurlyInString: the placeholder of Auth0.
    const value = { 'mfa-email-challenge': { title: 'Mail to ${email}' } };
    tenant.store.records.put({ kind: '/prompts/{prompt}/custom-text/{language}' }, 'mfa-email/en', { value });
    const mails = () => tenant.store.outbox.list({ page: 0, perPage: 1 }).total;
    const before = mails();
    await tenant.bind(`api.authentication.challengeWith({ type: 'email' });`, COPY_EVENT);
    const browser = new Browser();
    const page = await logIn(tenant, browser);
    expect(page.url.pathname).toBe('/u/mfa-email-challenge');
    const text = await textOf(page.response);
    expect(text).toMatch(/Mail to \*\*\*\*@exam\*{7} We’ve sent/);
    expect(text).not.toContain('ada@example.com');
    const code = mailedCode(tenant);
    expect(text).not.toContain(code);
    // Opening the page again sends nothing. Requesting another code makes the first one invalid.
    await browser.get(page.url);
    expect(mails()).toBe(before + 1);
    await send(browser, page.url, { action: 'resend-code' });
    const another = mailedCode(tenant);
    if (another !== code) expect((await send(browser, page.url, { code })).response.status).toBe(400);

    const thief = new Browser();
    const elsewhere = await logIn(tenant, thief);
    expect((await send(thief, elsewhere.url, { code: another })).response.status).toBe(400);

    const { url } = await send(browser, page.url, { code: another });
    const { methods, factors } = await eventClaimOf(url);
    expect(methods.map(({ type }) => type)).toEqual([undefined, 'email']);
    expect(factors).toEqual([{ type: 'email' }]);
    expect(JSON.stringify(tenant.logs)).not.toContain(another);
    expect(types()).toContain('gd_send_email');
  });

  it('is not sent to an address that is not verified', async () => {
    tenant.enable('email');
    const ada = tenant.store.users.find('auth0|ada');
    if (ada === undefined) throw new Error('Ada is gone.');
    tenant.store.users.update({ ...ada, email_verified: false });
    await tenant.bind(`api.authentication.challengeWithAny([{ type: 'email' }, { type: 'otp' }]);`);
    expect((await logIn(tenant)).url.searchParams.get('error')).toBe('access_denied');
    await tenant.bind(`api.multifactor.enable('any');`);
    expect((await logIn(tenant)).url.searchParams.get('error_description')).toBe(
      'No MFA factors enabled for enrollment',
    );
  });
});

describe('challengeWithAny', () => {
  it('lets the user choose one of their factors', async () => {
    tenant.enable('otp', 'email');
    tenant.enrolApp();
    await tenant.bind(
      `api.authentication.challengeWithAny([{ type: 'otp' }, { type: 'email' }, { type: 'phone' }, { type: 'x' }]);`,
      COPY_EVENT,
    );
    const browser = new Browser();
    const page = await logIn(tenant, browser);
    expect(page.url.pathname).toBe('/u/mfa-login-options');
    const html = await page.response.text();
    expect([...html.matchAll(/<button [^>]*value="([^"]*)"/g)].map(([, value]) => value)).toEqual(['otp', 'email']);
    expect((await send(browser, page.url, { action: 'phone' })).url.pathname).toBe('/u/mfa-login-options');
    const mail = await send(browser, page.url, { action: 'email' });
    expect(mail.url.pathname).toBe('/u/mfa-email-challenge');
    expect(await textOf(mail.response)).toContain('Try another method');
    const { url } = await send(browser, mail.url, { code: mailedCode(tenant) });
    expect((await eventClaimOf(url)).methods.at(-1)?.type).toBe('email');
  });

  it('shows no choice if there is only one factor', async () => {
    tenant.enable('otp', 'email');
    await tenant.bind(`api.authentication.challengeWithAny([{ type: 'otp' }, { type: 'email' }]);`);
    const { url } = await logIn(tenant);
    expect(url.pathname).toBe('/u/mfa-email-challenge');
  });
});

describe('a session', () => {
  it('shows its factors to the Actions of later logins until it ends', async () => {
    tenant.enable('otp');
    const secret = tenant.enrolApp();
    await tenant.bind(CHALLENGE_OTP, COPY_EVENT);
    const browser = new Browser();
    const page = await logIn(tenant, browser);
    const first = (await eventClaimOf((await send(browser, page.url, { code: codeOfApp(secret) })).url)).methods;
    // As in Auth0's own samples, a user who has passed a factor in this session is not asked again.
    const sample = `if (!event.authentication.methods.some(({ name }) => name === 'mfa')) {
      api.multifactor.enable('any', { allowRememberBrowser: false }); }`;
    await tenant.bind(sample, COPY_EVENT);
    const { url } = await logIn(tenant, browser);
    const { body } = await exchange(tenant, url.searchParams.get('code') ?? '');
    const token = payloadOf(body.id_token);
    expect((token['https://test/event'] as EventClaim).methods).toEqual(first);
    expect(token.amr).toEqual(['mfa']);
    await browser.get(new URL('v2/logout', tenant.issuer));
    expect((await logIn(tenant, browser)).url.pathname).toBe('/u/mfa-otp-challenge');
    // Another user who signs in over the session does not have the factor.
    await browser.get(new URL('v2/logout', tenant.issuer));
    await tenant.bind(COPY_EVENT);
    const bob = await logIn(tenant, browser, {}, 'bob@example.com');
    expect((await eventClaimOf(bob.url)).methods.map(({ name }) => name)).toEqual(['pwd']);
  });

  it('refuses a pending login whose user was blocked or deleted in the meantime', async () => {
    tenant.enable('otp');
    const secret = tenant.enrolApp();
    await tenant.bind(CHALLENGE_OTP);
    const browser = new Browser();
    const page = await logIn(tenant, browser);
    const ada = tenant.store.users.find('auth0|ada');
    if (ada === undefined) throw new Error('Ada is gone.');
    tenant.store.users.update({ ...ada, blocked: true });
    const { url } = await send(browser, page.url, { code: codeOfApp(secret) });
    expect(url.searchParams.get('error')).toBe('unauthorized');
    tenant.store.users.update({ ...ada, blocked: false });
    const again = await logIn(tenant, new Browser());
    tenant.store.users.remove('auth0|ada');
    expect((await browser.get(again.url)).status).toBe(400);
  });

  it('stores a mailed code only as a digest', async () => {
    tenant.enable('email');
    await tenant.bind(`api.authentication.challengeWith({ type: 'email' });`);
    const browser = new Browser();
    const page = await logIn(tenant, browser);
    expect(tenant.store.artifacts.find('FactorDialog', page.url.searchParams.get('state') ?? '')).toMatchObject({
      userId: 'auth0|ada',
      mails: 1,
    });
    expect(JSON.stringify(tenant.store.artifacts.listByAccount('FactorDialog', 'auth0|ada'))).not.toContain(
      mailedCode(tenant),
    );
  });
});

describe('prompt=none', () => {
  it('succeeds in a remembered browser', async () => {
    tenant.enable('otp');
    const secret = tenant.enrolApp();
    await tenant.bind(`api.multifactor.enable('any', { allowRememberBrowser: true });`);
    const browser = new Browser();
    const page = await logIn(tenant, browser);
    expect((await authorize(tenant, browser, { prompt: 'none' })).location?.searchParams.get('error')).toBe(
      'login_required',
    );
    await send(browser, page.url, { code: codeOfApp(secret), rememberBrowser: 'true' });
    expect((await authorize(tenant, browser, { prompt: 'none' })).location?.searchParams.has('code')).toBe(true);
    // A user without factors is not remembered either.
    tenant.store.authenticationMethods.removeAll('auth0|ada');
    expect((await authorize(tenant, browser, { prompt: 'none' })).location?.searchParams.get('error')).toBe(
      'login_required',
    );
  });

  it('fails with login_required and Auth0’s message if a factor is required', async () => {
    tenant.enable('otp');
    tenant.enrolApp();
    const browser = new Browser();
    await logIn(tenant, browser);
    await tenant.bind(CHALLENGE_OTP);
    const { location } = await authorize(tenant, browser, { prompt: 'none' });
    expect(location?.searchParams.get('error')).toBe('login_required');
    expect(location?.searchParams.get('error_description')).toBe('Multifactor authentication required');
    expect(tenant.logs.at(-1)).toMatchObject({ type: 'fsa', description: 'Multifactor authentication required' });
  });
});

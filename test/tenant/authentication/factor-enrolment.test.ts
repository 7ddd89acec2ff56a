import { afterAll, beforeAll, beforeEach, describe, expect, it } from 'vitest';
import { Browser } from './browser.ts';
import { exchange, logIn, payloadOf, requestToken } from './login-steps.ts';
import { PASSWORD } from './running-tenant.ts';
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

const types = () => tenant.logs.map(({ type }) => type).filter((type) => type.startsWith('gd_'));

/** The secret that the page shows as text. */
async function secretOn(response: Response): Promise<string> {
  const secret = /id="otp-secret">([^<]*)</.exec(await response.text())?.[1] ?? '';
  return secret.replace(/ /g, '');
}

describe('enrollWith', () => {
  it('enrols an app by QR code, link or text, after the user has typed a right code', async () => {
    tenant.enable('otp');
    await tenant.bind(
      `api.authentication.enrollWith({ type: 'otp' });`,
      `api.idToken.setCustomClaim('https://test/event', [event.user.enrolledFactors, event.authentication.methods]);`,
    );
    const browser = new Browser();
    const page = await logIn(tenant, browser);
    expect(page.url.pathname).toBe('/u/mfa-otp-enrollment-qr');
    const html = await page.response.text();
    const secret = /id="otp-secret">([^<]*)</.exec(html)?.[1]?.replace(/ /g, '') ?? '';
    expect(secret).toMatch(/^[A-Z2-7]{32}$/);
    expect(html).toContain(`otpauth://totp/test:ada%40example.com?secret=${secret}&amp;issuer=test`);
    expect(html).toContain('<svg class="code-picture"');
    // The secret stays the same if the user opens the page again or mistypes.
    expect(await secretOn(await browser.get(page.url))).toBe(secret);
    const wrong = await send(browser, page.url, {
      code: String((Number(codeOfApp(secret)) + 1) % 1e6).padStart(6, '0'),
    });
    expect(wrong.response.status).toBe(400);
    expect(tenant.store.authenticationMethods.list('auth0|ada')).toEqual([]);

    const code = codeOfApp(secret);
    const { url } = await send(browser, page.url, { code });
    const { body } = await exchange(tenant, url.searchParams.get('code') ?? '');
    expect(payloadOf(body.id_token)['https://test/event']).toEqual([
      [{ type: 'otp' }],
      [expect.objectContaining({ name: 'pwd' }), expect.objectContaining({ name: 'mfa', type: 'otp' })],
    ]);
    expect(tenant.store.authenticationMethods.list('auth0|ada')).toMatchObject([
      { type: 'totp', id: expect.stringMatching(/^totp\|dev_\w{16}$/), details: { totp_secret: secret } },
    ]);
    expect(types()).toEqual(['gd_start_enroll', 'gd_auth_failed', 'gd_enrollment_complete']);
    expect(JSON.stringify(tenant.logs)).not.toContain(secret);

    // The code of the enrolment cannot be used again.
    await tenant.bind(`api.authentication.challengeWith({ type: 'otp' });`);
    const again = new Browser();
    const challenge = await logIn(tenant, again);
    expect((await send(again, challenge.url, { code })).response.status).toBe(400);
    expect((await send(again, challenge.url, { code: codeOfApp(secret, 1) })).url.pathname).toBe('/callback');
  });

  it('fails the login if the user is already enrolled, or if the Action names no usable factor', async () => {
    tenant.enable('otp', 'email');
    tenant.enrolApp();
    for (const [call, reason] of [
      [`enrollWith({ type: 'otp' })`, 'already enrolled in "otp"'],
      [`enrollWithAny([{ type: 'email' }])`, 'users do not enrol in "email"'],
      [`enrollWithAny([{ type: 'phone' }])`, 'not simulated'],
      [`enrollWithAny('otp')`, 'names none'],
    ] as const) {
      await tenant.bind(`api.authentication.${call};`);
      expect((await logIn(tenant)).url.searchParams.get('error_description')).toContain(reason);
    }
  });

  it('shows a recovery code once, which works once and is then replaced', async () => {
    tenant.enable('otp', 'recovery-code');
    await tenant.bind(`api.authentication.enrollWith({ type: 'otp' });`);
    const browser = new Browser();
    const page = await logIn(tenant, browser);
    const recoveryPage = await send(browser, page.url, { code: codeOfApp(await secretOn(page.response)) });
    expect(recoveryPage.url.pathname).toBe('/u/mfa-recovery-code-enrollment');
    const codeOn = async (response: Response) => /id="recovery-code">([^<]*)</.exec(await response.text())?.[1] ?? '';
    const code = await codeOn(recoveryPage.response);
    expect(code).toMatch(/^[A-HJ-NP-Z1-9]{24}$/);
    // The login does not continue until the user confirms the code.
    expect((await send(browser, recoveryPage.url, {})).response.status).toBe(400);
    const state = recoveryPage.url.searchParams.get('state') ?? '';
    const around = await browser.follow(new URL(`authorize/resume?state=${state}`, tenant.issuer));
    expect(around.url.pathname).toBe('/u/mfa-recovery-code-enrollment');
    expect((await send(browser, recoveryPage.url, { saved: 'true' })).url.searchParams.has('code')).toBe(true);
    expect((await browser.get(recoveryPage.url)).status).toBe(400);
    const stored = JSON.stringify(tenant.store.authenticationMethods.list('auth0|ada'));
    expect(stored).toContain('recovery-code|dev_');
    expect(stored).not.toContain(code);

    await tenant.bind(
      `api.authentication.challengeWith({ type: 'otp' }, { additionalFactors: [{ type: 'recovery-code' }] });`,
    );
    const lost = new Browser();
    const challenge = await logIn(tenant, lost);
    expect(await textOf(challenge.response)).toContain('Try another method');
    const recovery = await lost.follow(new URL(`u/mfa-recovery-code-challenge${challenge.url.search}`, tenant.issuer));
    expect((await send(lost, recovery.url, { code: 'X'.repeat(24) })).response.status).toBe(400);
    const spaced = code.toLowerCase().replace(/(.{4})/g, '$1 ');
    const replaced = await send(lost, recovery.url, { code: spaced });
    expect(replaced.url.pathname).toBe('/u/mfa-recovery-code-enrollment');
    expect(await codeOn(replaced.response)).not.toBe(code);
    expect((await send(lost, replaced.url, { saved: 'true' })).url.searchParams.has('code')).toBe(true);
    expect(types()).toContain('gd_recovery_failed');
    expect(types()).toContain('gd_recovery_succeed');
    expect(JSON.stringify(tenant.logs)).not.toContain(code);

    const again = new Browser();
    const once = await logIn(tenant, again);
    const page2 = await again.follow(new URL(`u/mfa-recovery-code-challenge${once.url.search}`, tenant.issuer));
    expect((await send(again, page2.url, { code })).response.status).toBe(400);
  });

  it('enrols only a recovery code if an Action asks for that', async () => {
    tenant.enable('recovery-code');
    await tenant.bind(`api.authentication.enrollWithAny([{ type: 'recovery-code' }, { type: 'otp' }]);`);
    const browser = new Browser();
    const page = await logIn(tenant, browser);
    expect(page.url.pathname).toBe('/u/mfa-recovery-code-enrollment');
    const { url } = await send(browser, page.url, { saved: 'true' });
    expect(tenant.store.authenticationMethods.list('auth0|ada')).toMatchObject([{ type: 'recovery-code' }]);
    // A code that the user has only seen is not a passed factor.
    const { body } = await exchange(tenant, url.searchParams.get('code') ?? '');
    expect(payloadOf(body.id_token).amr).toBeUndefined();
    tenant.store.authenticationMethods.removeAll('auth0|ada');
    await tenant.bind(
      `api.authentication.enrollWith({ type: 'recovery-code' });`,
      `api.authentication.challengeWith({ type: 'recovery-code' });`,
    );
    const again = await logIn(tenant, browser);
    const next = await send(browser, again.url, { saved: 'true' });
    expect(next.url.pathname).toBe('/u/mfa-recovery-code-challenge');
  });
});

describe('enrollWithAny', () => {
  it('lets the user choose the factor to enrol', async () => {
    tenant.enable('otp', 'recovery-code');
    await tenant.bind(`api.authentication.enrollWithAny([{ type: 'otp' }, { type: 'recovery-code' }]);`);
    const browser = new Browser();
    const page = await logIn(tenant, browser);
    expect(page.url.pathname).toBe('/u/mfa-begin-enroll-options');
    const { url } = await send(browser, page.url, { action: 'otp' });
    expect(url.pathname).toBe('/u/mfa-otp-enrollment-qr');
  });
});

describe('multifactor.enable', () => {
  it('takes effect after all Actions have run; the last call counts', async () => {
    tenant.enable('otp');
    tenant.enrolApp();
    await tenant.bind(`api.multifactor.enable('any');`, `api.access.deny('no');`);
    expect((await logIn(tenant)).url.searchParams.get('error_description')).toBe('no');
    await tenant.bind(`api.multifactor.enable('any');`, `api.multifactor.enable('none');`);
    expect((await logIn(tenant)).url.searchParams.has('code')).toBe(true);
    await tenant.bind(
      `api.multifactor.enable('google-authenticator').user.setAppMetadata('seen', 1);`,
      `api.idToken.setCustomClaim('https://test/methods', event.authentication.methods.length);`,
    );
    const browser = new Browser();
    const page = await logIn(tenant, browser);
    expect(page.url.pathname).toBe('/u/mfa-otp-challenge');
    const { url } = await send(browser, page.url, { code: codeOfApp('JBSWY3DPEHPK3PXPJBSWY3DPEHPK3PXP') });
    const { body } = await exchange(tenant, url.searchParams.get('code') ?? '');
    const token = payloadOf(body.id_token);
    // All Actions had run when the user was asked.
    expect(token['https://test/methods']).toBe(1);
    expect(token.amr).toEqual(['mfa']);
    expect(tenant.store.users.find('auth0|ada')?.app_metadata).toEqual({ seen: 1 });
  });

  it('enrols a user without factors, and offers e-mail as an alternative', async () => {
    tenant.enable('otp', 'email');
    await tenant.bind(`api.multifactor.enable('any');`);
    const browser = new Browser();
    const page = await logIn(tenant, browser);
    expect(page.url.pathname).toBe('/u/mfa-otp-enrollment-qr');
    expect(await textOf(page.response)).toContain('Try another method');
    const options = await browser.follow(new URL(`u/mfa-begin-enroll-options${page.url.search}`, tenant.issuer));
    const mail = await send(browser, options.url, { action: 'email' });
    expect(mail.url.pathname).toBe('/u/mfa-email-challenge');
    expect((await send(browser, mail.url, { code: mailedCode(tenant) })).url.searchParams.has('code')).toBe(true);
  });

  it('offers no new enrolment to a user who is already enrolled', async () => {
    tenant.enable('otp', 'email');
    const enrol = (type: 'email' | 'phone', details: Record<string, string>) =>
      tenant.store.authenticationMethods.insert({
        id: `${type}|dev_adasadasadasadas`,
        user_id: 'auth0|ada',
        type,
        created_at: new Date().toISOString(),
        details,
      });
    await tenant.bind(`api.multifactor.enable('any');`);
    enrol('email', { email: 'other@example.com' });
    const browser = new Browser();
    const page = await logIn(tenant, browser);
    expect(page.url.pathname).toBe('/u/mfa-email-challenge');
    expect(tenant.store.outbox.list({ page: 0, perPage: 1 }).rows[0]?.to).toBe('other@example.com');
    const around = await browser.get(new URL(`u/mfa-otp-enrollment-qr${page.url.search}`, tenant.issuer));
    expect(around.status).toBe(302);

    tenant.store.authenticationMethods.removeAll('auth0|ada');
    enrol('phone', { phone_number: '+491701234567' });
    expect((await logIn(tenant)).url.searchParams.get('error_description')).toBe(
      'The user is enrolled in "phone", which is not simulated by this tenant. On Auth0 it would be asked for.',
    );
  });

  it('remembers the browser for thirty days if the Action allows it and the user chooses it', async () => {
    tenant.enable('otp', 'email');
    const secret = tenant.enrolApp();
    await tenant.bind(`api.multifactor.enable('any', { allowRememberBrowser: true });`);
    const browser = new Browser();
    const page = await logIn(tenant, browser);
    expect(await page.response.text()).toContain('name="rememberBrowser"');
    const response = await browser.post(page.url, {
      state: page.url.searchParams.get('state') ?? '',
      code: codeOfApp(secret),
      rememberBrowser: 'true',
    });
    const cookie = response.headers.getSetCookie().find((line) => line.startsWith('auth0-mf='));
    expect(cookie).toMatch(/httponly/i);
    const days = (Date.parse(/expires=([^;]*)/i.exec(cookie ?? '')?.[1] ?? '') - Date.now()) / 86_400_000;
    expect(Math.round(days)).toBe(30);

    await browser.get(new URL('v2/logout', tenant.issuer));
    expect((await logIn(tenant, browser)).url.searchParams.has('code')).toBe(true);
    // Only for this user, only in this browser, and only while the Action allows it.
    await browser.get(new URL('v2/logout', tenant.issuer));
    expect((await logIn(tenant, browser, {}, 'bob@example.com')).url.pathname).toBe('/u/mfa-otp-enrollment-qr');
    expect((await logIn(tenant, new Browser())).url.pathname).toBe('/u/mfa-otp-challenge');
    const forged = new Browser();
    forged.cookies.set('auth0-mf', { value: 'anything', path: '/' });
    expect((await logIn(tenant, forged)).url.pathname).toBe('/u/mfa-otp-challenge');
    await browser.get(new URL('v2/logout', tenant.issuer));
    await tenant.bind(`api.multifactor.enable('any', { allowRememberBrowser: false });`);
    const remembered = await logIn(tenant, browser);
    expect(remembered.url.pathname).toBe('/u/mfa-otp-challenge');
    expect(await remembered.response.text()).not.toContain('name="rememberBrowser"');
  });

  it('fails the login for a provider that is not simulated or does not exist', async () => {
    tenant.enable('otp');
    for (const [call, reason] of [
      [`try { api.multifactor.enable('duo'); } catch {}`, 'not simulated'],
      [`api.multifactor.enable('guardian')`, 'not simulated'],
      [`api.multifactor.enable('sms')`, 'providers'],
    ] as const) {
      await tenant.bind(call);
      expect((await logIn(tenant)).url.searchParams.get('error_description')).toContain(reason);
    }
  });
});

describe('a grant without a browser', () => {
  it('succeeds if the original login had the factor', async () => {
    tenant.enable('otp');
    const secret = tenant.enrolApp();
    await tenant.bind(
      `if (!event.authentication.methods.some(({ name }) => name === 'mfa')) api.authentication.challengeWith({ type: 'otp' });
       api.idToken.setCustomClaim('https://test/methods', event.authentication.methods.map(({ name, type }) => [name, type]));`,
    );
    const browser = new Browser();
    const page = await logIn(tenant, browser, { scope: 'openid offline_access' });
    const { url } = await send(browser, page.url, { code: codeOfApp(secret) });
    const { body } = await exchange(tenant, url.searchParams.get('code') ?? '');
    // It does not depend on the session.
    await browser.get(new URL('v2/logout', tenant.issuer));
    for (const _round of [1, 2]) {
      const refreshed = await requestToken(tenant, {
        grant_type: 'refresh_token',
        refresh_token: String(body.refresh_token),
      });
      expect(refreshed.status).toBe(200);
      const token = payloadOf(refreshed.body.id_token);
      expect(token.amr).toEqual(['mfa']);
      expect(token['https://test/methods']).toEqual([
        ['pwd', null],
        ['mfa', 'otp'],
      ]);
    }
  });

  it('is refused if a factor is required', async () => {
    tenant.enable('otp');
    const browser = new Browser();
    const { url } = await logIn(tenant, browser, { scope: 'openid offline_access' });
    const { body } = await exchange(tenant, url.searchParams.get('code') ?? '');
    tenant.enrolApp();
    const calls = [`api.authentication.challengeWith({ type: 'otp' })`, `api.multifactor.enable('any')`];
    for (const call of calls) {
      await tenant.bind(call);
      for (const fields of [
        { grant_type: 'password', username: 'ada@example.com', password: PASSWORD },
        { grant_type: 'refresh_token', refresh_token: String(body.refresh_token) },
      ]) {
        const answer = await requestToken(tenant, fields as Record<string, string>);
        expect(answer.status).toBe(403);
        expect(answer.body).toMatchObject({
          error: 'mfa_required',
          error_description: 'Multifactor authentication required',
        });
        // The exchange of a refresh token has no mfa_token: this tenant has no grant that would accept one.
        expect('mfa_token' in answer.body).toBe(fields.grant_type === 'password');
      }
    }
    expect(tenant.logs.filter(({ type }) => type === 'fepft' || type === 'fertft')).toHaveLength(4);
  });
});

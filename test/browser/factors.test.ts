import { createServer, type Server } from 'node:http';
import type { AddressInfo } from 'node:net';
import type { ManagementClient } from 'auth0';
import type { BrowserContext, Page } from 'playwright-core';
import { afterAll, afterEach, beforeAll, beforeEach, describe, expect, it } from 'vitest';
import { oneTimePassword, stepOf } from '../../src/tenant/factors/one-time-password.ts';
import type { Tenant } from '../../src/tenant/tenant.ts';
import { bindAction, startLocalTenant } from '../local-tenant.ts';
import { openContext } from './shared-browser.ts';

const email = 'ada@example.com';
const password = 'Correct-Horse-9';

describe('a user in a browser who needs a second factor', () => {
  let application: Server;
  let tenant: Tenant;
  let management: ManagementClient;
  let context: BrowserContext;
  let page: Page;
  let start: string;
  let callback: string;
  const mails: { to: string; subject: string }[] = [];

  beforeAll(async () => {
    application = createServer((_request, response) => response.end('<!DOCTYPE html><title>Application</title>'));
    await new Promise<void>((resolve) => application.listen(0, '127.0.0.1', resolve));
    callback = `http://localhost:${(application.address() as AddressInfo).port}/callback`;
  });
  afterAll(async () => {
    application.closeAllConnections();
    await new Promise((resolve) => application.close(resolve));
  });
  beforeEach(async () => {
    ({ tenant, management } = await startLocalTenant());
    mails.length = 0;
    tenant.onMail((mail) => mails.push(mail));
    const { client_id = '' } = await management.clients.create({
      name: 'Orders',
      app_type: 'regular_web',
      callbacks: [callback],
    });
    const [database] = (await management.connections.list({ strategy: ['auth0'] })).data;
    await management.connections.clients.update(database?.id ?? '', [{ client_id, status: true }]);
    await management.users.create({
      connection: database?.name ?? '',
      email,
      password,
      email_verified: true,
    });
    const query = new URLSearchParams({ client_id, response_type: 'code', redirect_uri: callback, scope: 'openid' });
    start = `${tenant.loopbackUrl}authorize?${query}`;
    context = await openContext();
    page = await context.newPage();
  });
  afterEach(async () => {
    await context.close();
    await tenant.close();
  });

  async function signIn(): Promise<void> {
    await page.goto(start);
    await page.fill('input[name=username]', email);
    await page.fill('input[name=password]', password);
    await page.click('button[name=action][value=default]');
  }

  /** Checks that the page's style sheet applies, and that every input has a label. */
  async function checkPage(): Promise<void> {
    const unnamed = await page
      .locator('input:not([type=hidden])')
      .evaluateAll(
        (inputs) =>
          inputs.filter((input) => ((input as { labels?: { length: number } }).labels?.length ?? 0) === 0).length,
      );
    expect(unnamed).toBe(0);
    expect(await page.locator('h1').count()).toBe(1);
    expect(await page.evaluate("getComputedStyle(document.querySelector('.card')).borderTopStyle")).toBe('solid');
  }

  const codeOf = (secret: string, later = 0) => oneTimePassword(secret, stepOf(Date.now()) + later);
  const atCallback = (url: URL) => url.pathname === '/callback';

  it('enrols an app, confirms the recovery code, and then signs in with codes of the app', async () => {
    const violations: string[] = [];
    page.on('console', (message) => message.type() === 'error' && violations.push(message.text()));
    await management.guardian.factors.set('otp', { enabled: true });
    await management.guardian.factors.set('recovery-code', { enabled: true });
    await bindAction(
      management,
      'Second factor',
      `exports.onExecutePostLogin = async (event, api) => {
        if (event.user.enrolledFactors.some(({ type }) => type === 'otp')) api.authentication.challengeWith({ type: 'otp' });
        else api.authentication.enrollWith({ type: 'otp' });
      };`,
    );
    await signIn();
    await page.waitForURL((url) => url.pathname === '/u/mfa-otp-enrollment-qr');
    await checkPage();
    const box = await page.locator('svg.code-picture').boundingBox();
    expect(box?.width).toBeGreaterThan(150);
    const secret = ((await page.textContent('#otp-secret')) ?? '').replace(/\s/g, '');
    await page.fill('input[name=code]', codeOf(secret));
    await page.keyboard.press('Enter');

    await page.waitForURL((url) => url.pathname === '/u/mfa-recovery-code-enrollment');
    await checkPage();
    expect(await page.textContent('#recovery-code')).toMatch(/^\w{24}$/);
    await page.check('text=I have safely recorded this code');
    await page.click('button[name=action][value=default]');
    await page.waitForURL(atCallback);
    expect(new URL(page.url()).searchParams.get('code')).toBeTruthy();

    const [user] = await management.users.listUsersByEmail({ email });
    const methods = (await management.users.authenticationMethods.list(user?.user_id ?? '')).data;
    expect(methods.map(({ type }) => type)).toEqual(['totp', 'recovery-code']);
    expect(JSON.stringify(methods)).not.toContain(secret);

    await context.clearCookies();
    await signIn();
    await page.waitForURL((url) => url.pathname === '/u/mfa-otp-challenge');
    await checkPage();
    expect(await page.evaluate('document.activeElement.id')).toBe('code');
    // The code of the enrolment cannot be used again.
    await page.fill('input[name=code]', '000000');
    await page.keyboard.press('Enter');
    await page.waitForSelector('[role=alert]');
    expect(await page.textContent('[role=alert]')).toContain('The code you entered is invalid');
    expect(await page.getAttribute('#code', 'aria-describedby')).toBe('error-element-code');
    await page.fill('input[name=code]', codeOf(secret, 1));
    await page.keyboard.press('Enter');
    await page.waitForURL(atCallback);
    expect(new URL(page.url()).searchParams.get('code')).toBeTruthy();
    // The browser's console reports the response with status 400, and nothing else.
    expect(violations.filter((text) => !/status of 400/.test(text) && !/favicon/.test(text))).toEqual([]);
  });

  it('signs in with a code by mail instead of the app', async () => {
    await management.guardian.factors.set('otp', { enabled: true });
    await management.guardian.factors.set('email', { enabled: true });
    const [user] = await management.users.listUsersByEmail({ email });
    await management.users.authenticationMethods.create(user?.user_id ?? '', {
      type: 'totp',
      totp_secret: 'JBSWY3DPEHPK3PXPJBSWY3DPEHPK3PXP',
    });
    await bindAction(
      management,
      'Any factor',
      `exports.onExecutePostLogin = async (event, api) => {
        api.multifactor.enable('any', { allowRememberBrowser: true });
      };`,
    );
    await signIn();
    await page.waitForURL((url) => url.pathname === '/u/mfa-otp-challenge');
    await page.click('text=Try another method');
    await page.waitForURL((url) => url.pathname === '/u/mfa-login-options');
    await checkPage();
    await page.click('button[value=email]');
    await page.waitForURL((url) => url.pathname === '/u/mfa-email-challenge');
    await checkPage();
    expect(await page.textContent('main')).toContain('****@exam*******');
    expect(mails.map(({ to }) => to)).toEqual([email]);
    await page.click('text=Resend the code');
    await page.waitForURL((url) => url.pathname === '/u/mfa-email-challenge');
    expect(mails).toHaveLength(2);
    await page.fill('input[name=code]', /^\d{6}/.exec(mails[1]?.subject ?? '')?.[0] ?? '');
    await page.check('text=Remember this device for 30 days');
    await page.click('button[name=action][value=default]');
    await page.waitForURL(atCallback);
    expect(new URL(page.url()).searchParams.get('code')).toBeTruthy();

    // The device is remembered, so the password is enough.
    await page.goto(`${tenant.loopbackUrl}v2/logout`);
    await signIn();
    await page.waitForURL(atCallback);
    expect(new URL(page.url()).searchParams.get('code')).toBeTruthy();
  });
});

import { afterAll, beforeAll, beforeEach, describe, expect, it } from 'vitest';
import { enableFactor } from '../../../src/tenant/factors/factor-settings.ts';
import type { JsonValue } from '../../../src/tenant/store/json-value.ts';
import { Browser } from './browser.ts';
import { authorizeUrl, exchange, logIn, payloadOf, requestToken } from './login-steps.ts';
import { PASSWORD } from './running-tenant.ts';
import { codeOfApp, send, type TenantWithFactors, tenantWithFactors } from './tenant-with-factors.ts';

let tenant: TenantWithFactors;
beforeAll(async () => {
  tenant = await tenantWithFactors();
});
beforeEach(() => {
  tenant.reset();
  policies(['all-applications']);
  enableFactor(tenant.store, 'sms', false);
});
afterAll(() => tenant.close());

const policies = (value: JsonValue) => tenant.store.records.put({ kind: '/guardian/policies' }, '', { value });
const passwordGrant = () =>
  requestToken(tenant, { grant_type: 'password', username: 'ada@example.com', password: PASSWORD });

describe('a tenant that requires a factor of every login', () => {
  it('asks for it without any Action, and completes the login with it', async () => {
    tenant.enable('otp');
    const secret = tenant.enrolApp();
    const page = await logIn(tenant, new Browser());
    expect(page.url.pathname).toBe('/u/mfa-otp-challenge');
    const browser = new Browser();
    const second = await logIn(tenant, browser);
    const { url } = await send(browser, second.url, { code: codeOfApp(secret) });
    const { body } = await exchange(tenant, url.searchParams.get('code') ?? '');
    expect(payloadOf(body.id_token).amr).toEqual(['mfa']);
  });

  it('has a user without a factor enrol', async () => {
    tenant.enable('otp');
    const page = await logIn(tenant, new Browser());
    expect(page.url.pathname).toBe('/u/mfa-otp-enrollment-qr');
  });

  it('asks after the Actions, whose claims stay', async () => {
    tenant.enable('otp');
    const secret = tenant.enrolApp();
    await tenant.bind(`api.idToken.setCustomClaim('https://test/first', true);`);
    const browser = new Browser();
    const page = await logIn(tenant, browser);
    const { url } = await send(browser, page.url, { code: codeOfApp(secret) });
    const { body } = await exchange(tenant, url.searchParams.get('code') ?? '');
    expect(payloadOf(body.id_token)['https://test/first']).toBe(true);
  });

  it.each([
    ['that asks for none', `api.multifactor.enable('none');`],
    ['whose factor was passed', `api.authentication.challengeWith({ type: 'otp' });`],
  ])('leaves it to an Action %s', async (_, body) => {
    tenant.enable('otp');
    const secret = tenant.enrolApp();
    await tenant.bind(body);
    const browser = new Browser();
    let { url } = await logIn(tenant, browser);
    if (url.pathname !== '/callback') ({ url } = await send(browser, url, { code: codeOfApp(secret) }));
    expect(url.pathname).toBe('/callback');
    expect(url.searchParams.get('code')).toBeTruthy();
  });

  it('asks a browser that is remembered no more, and cannot ask silently', async () => {
    tenant.enable('otp');
    const secret = tenant.enrolApp();
    const browser = new Browser();
    const page = await logIn(tenant, browser);
    await send(browser, page.url, { code: codeOfApp(secret), rememberBrowser: 'true' });
    expect((await browser.follow(authorizeUrl(tenant, { prompt: 'none' }))).url.searchParams.get('code')).toBeTruthy();
    const other = new Browser();
    await logIn(tenant, other);
    const silent = await other.follow(authorizeUrl(tenant, { prompt: 'none' }));
    expect(silent.url.searchParams.get('error')).toBe('login_required');
  });

  it('asks at the token endpoint, and not for a refresh token', async () => {
    tenant.enable('otp');
    tenant.enrolApp();
    const { status, body } = await passwordGrant();
    expect([status, body.error]).toEqual([403, 'mfa_required']);
    policies([]);
    const scope = 'openid offline_access';
    const first = await requestToken(tenant, {
      grant_type: 'password',
      username: 'ada@example.com',
      password: PASSWORD,
      scope,
    });
    policies(['all-applications']);
    const refreshed = await requestToken(tenant, {
      grant_type: 'refresh_token',
      refresh_token: String(first.body.refresh_token),
    });
    expect(refreshed.status).toBe(200);
  });

  it('lets users in while no factor is enabled that they can have by itself', async () => {
    tenant.enable('email');
    expect((await passwordGrant()).status).toBe(200);
  });

  it('refuses, and says why, if only factors are enabled that are not simulated', async () => {
    enableFactor(tenant.store, 'sms', true);
    const { url } = await logIn(tenant, new Browser());
    expect(url.searchParams.get('error')).toBe('access_denied');
    expect(url.searchParams.get('error_description')).toMatch(/simulates none of those that are enabled: "sms"/);
  });
});

it.each([[[]], [['confidence-score']]])('the policies %j ask for nothing', async (value) => {
  policies(value);
  tenant.enable('otp');
  tenant.enrolApp();
  expect((await passwordGrant()).status).toBe(200);
});

import { afterEach, beforeEach, describe, expect, it, vi } from 'vitest';
import {
  isAddressThrottled,
  unblockAddress,
} from '../../../src/tenant/authentication/accounts/attack-protection/address-throttle.ts';
import type { JsonObject } from '../../../src/tenant/store/json-value.ts';
import { Browser } from './browser.ts';
import { logIn, requestToken } from './login-steps.ts';
import { PASSWORD, type RunningTenant, startTenant } from './running-tenant.ts';

let tenant: RunningTenant;
beforeEach(async () => {
  tenant = await startTenant();
  tenant.store.records.put({ kind: '/attack-protection/brute-force-protection' }, '', { value: { enabled: false } });
});
afterEach(async () => {
  vi.useRealTimers();
  await tenant.close();
});

const ADDRESS = '127.0.0.1';
const minute = 60_000;
const configure = (value: JsonObject) =>
  tenant.store.records.put({ kind: '/attack-protection/suspicious-ip-throttling' }, '', { value });
const grant = (password: string, username = 'ada@example.com') =>
  requestToken(tenant, { grant_type: 'password', username, password });
const guesses = async (count: number) => {
  for (let done = 0; done < count; done += 1)
    expect((await grant('wrong', `user${done}@example.com`)).status).toBe(403);
};
const threeAMinute = { stage: { 'pre-login': { max_attempts: 3, rate: minute } } };
const signUp = async (email: string) => {
  const response = await fetch(new URL('dbconnections/signup', tenant.issuer), {
    method: 'POST',
    headers: { 'content-type': 'application/json' },
    body: JSON.stringify({
      client_id: 'web',
      connection: 'Username-Password-Authentication',
      email,
      password: PASSWORD,
    }),
  });
  return response.status;
};

describe('sign-ins from one address', () => {
  it('are refused after too many failures of any users, even with the right password', async () => {
    configure(threeAMinute);
    await guesses(3);
    const { status, body } = await grant(PASSWORD);
    expect(status).toBe(429);
    expect(body).toEqual({
      error: 'too_many_attempts',
      error_description:
        'We have detected suspicious login behavior and further attempts will be blocked. Please contact the administrator.',
    });
    expect(isAddressThrottled(tenant.store, ADDRESS)).toBe(true);
    expect(tenant.logs.at(-1)?.type).toBe('limit_mu');
    const page = await logIn(tenant, new Browser());
    expect(page.response.status).toBe(429);
    expect(await page.response.text()).toContain('data-error-code="ip-blocked"');
  });

  it('are possible again when the address is unblocked', async () => {
    configure(threeAMinute);
    await guesses(3);
    unblockAddress(tenant.store, ADDRESS);
    expect((await grant(PASSWORD)).status).toBe(200);
  });

  it('get one attempt back in each interval', async () => {
    configure(threeAMinute);
    await guesses(3);
    vi.useFakeTimers({ toFake: ['Date'], now: Date.now() + minute + 1000 });
    expect((await grant('wrong')).status).toBe(403);
    expect((await grant(PASSWORD)).status).toBe(429);
    vi.setSystemTime(Date.now() + minute + 1000);
    expect((await grant(PASSWORD)).status).toBe(200);
  });

  it('that are tried at once are counted each', async () => {
    configure(threeAMinute);
    const statuses = await Promise.all(Array.from({ length: 12 }, async () => (await grant('wrong')).status));
    expect(statuses.filter((status) => status === 403)).toHaveLength(3);
  });

  it.each([
    ['was never configured', undefined],
    ['is off', { enabled: false, ...threeAMinute }],
    ['does not block', { shields: ['admin_notification'], ...threeAMinute }],
    ['allows the address', { allowlist: [ADDRESS], ...threeAMinute }],
    ['allows the network', { allowlist: ['127.0.0.0/8'], ...threeAMinute }],
  ])('are not counted if the protection %s', async (_, settings) => {
    if (settings !== undefined) configure(settings);
    await guesses(4);
    expect((await grant(PASSWORD)).status).toBe(200);
  });
});

it('sign-ups from one address are refused after too many', async () => {
  configure({ stage: { 'pre-user-registration': { max_attempts: 2, rate: minute } } });
  expect(await signUp('one@example.com')).toBe(200);
  expect(await signUp('one@example.com')).toBe(400);
  expect(await signUp('two@example.com')).toBe(429);
  expect(tenant.logs.at(-1)?.type).toBe('limit_mu');
  // Sign-ins are counted separately.
  expect((await grant(PASSWORD)).status).toBe(200);
});

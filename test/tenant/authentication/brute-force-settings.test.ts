import { afterEach, beforeEach, expect, it } from 'vitest';
import type { JsonObject } from '../../../src/tenant/store/json-value.ts';
import { requestToken } from './login-steps.ts';
import { PASSWORD, type RunningTenant, startTenant } from './running-tenant.ts';

let tenant: RunningTenant;
beforeEach(async () => {
  tenant = await startTenant();
});
afterEach(() => tenant.close());

const configure = (value: JsonObject) =>
  tenant.store.records.put({ kind: '/attack-protection/brute-force-protection' }, '', { value });
const guess = async (password = 'wrong') =>
  (await requestToken(tenant, { grant_type: 'password', username: 'ada@example.com', password })).status;
const guesses = async (count: number) => {
  for (let done = 0; done < count; done += 1) expect(await guess()).toBe(403);
};
const mails = () => tenant.store.outbox.list({ page: 0, perPage: 10 }).total;

it('the tenant says how many wrong passwords are too many', async () => {
  configure({ max_attempts: 3 });
  await guesses(3);
  expect(await guess(PASSWORD)).toBe(429);
  expect(mails()).toBe(1);
});

it.each([
  ['is off', { enabled: false, max_attempts: 2 }, 0],
  ['does not block', { shields: ['user_notification'], max_attempts: 2 }, 1],
  ['allows the address', { allowlist: ['127.0.0.1'], max_attempts: 2 }, 0],
  ['allows the network', { allowlist: ['2001:db8::/32', '127.0.0.0/8'], max_attempts: 2 }, 0],
])('a protection that %s lets the right password in after wrong ones', async (_, settings, sent) => {
  configure(settings);
  await guesses(3);
  expect(await guess(PASSWORD)).toBe(200);
  expect(mails()).toBe(sent);
});

it('a protection without user notification sends no mail', async () => {
  configure({ shields: ['block'], max_attempts: 2 });
  await guesses(2);
  expect(await guess()).toBe(429);
  expect(mails()).toBe(0);
});

it('failures can be counted regardless of the address', async () => {
  configure({ mode: 'count_per_identifier', max_attempts: 2 });
  tenant.store.blocks.record('auth0|ada', '', 'ada@example.com');
  await guesses(1);
  expect(await guess(PASSWORD)).toBe(429);
  expect(tenant.store.outbox.list({ page: 0, perPage: 1 }).rows[0]?.text).toContain('your account is closed');
  expect(tenant.store.blocks.list('auth0|ada', 2)).toEqual([{ identifier: 'ada@example.com', ip: '' }]);
});

import { afterAll, beforeAll, expect, it } from 'vitest';
import { authenticationSettings } from '../../../src/tenant/authentication/provider/authentication-settings.ts';
import { type ManagementFixture, openManagement } from './management-fixture.ts';

let tenant: ManagementFixture;
beforeAll(async () => {
  tenant = await openManagement();
});
afterAll(() => tenant.close());

it('stores a session lifetime in hours, regardless of the unit in the request, and applies it', async () => {
  const minutes = { session_lifetime_in_minutes: 90, idle_session_lifetime_in_minutes: 30 };
  const { status, body } = await tenant.call('PATCH', '/tenants/settings', minutes);
  expect(status).toBe(200);
  expect(body).toMatchObject({ session_lifetime: 1.5, idle_session_lifetime: 0.5 });
  expect(Object.keys(body).filter((name) => name.endsWith('_in_minutes'))).toEqual([]);
  expect(authenticationSettings(tenant.store)).toMatchObject({ session: 5400, idleSession: 1800 });
});

it('refuses a lifetime in both units', async () => {
  const both = { session_lifetime: 1, session_lifetime_in_minutes: 60 };
  const { status, body } = await tenant.call('PATCH', '/tenants/settings', both);
  expect([status, body.errorCode]).toEqual([400, 'invalid_body']);
});

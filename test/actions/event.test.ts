import { expect, test } from 'vitest';
import { telling, tenantWithActions, told } from './tenant-with-actions.ts';

test('the event has every field that the tenant knows, by Auth0’s names, and no other', async () => {
  const tenant = await tenantWithActions();
  await tenant.bound(telling('event'));
  const event = told(await tenant.login()) as Record<string, unknown>;
  expect(event).toEqual({
    authentication: { methods: [{ name: 'pwd', timestamp: '2026-01-02T00:00:00.000Z' }] },
    authorization: { roles: ['ORG:acme'] },
    client: { client_id: 'client-1', name: 'Orders', metadata: { team: 'orders' } },
    configuration: {},
    connection: { id: 'con_1', name: 'Username-Password-Authentication', strategy: 'auth0' },
    request: {
      ip: '127.0.0.1',
      method: 'GET',
      hostname: 'tenant.test',
      query: { client_id: 'client-1', scope: 'openid' },
      body: {},
      geoip: {},
      user_agent: 'test',
    },
    secrets: {},
    session: {
      id: 'ses_1',
      user_id: 'auth0|1',
      created_at: '2026-01-02T00:00:00.000Z',
      authenticated_at: '2026-01-02T00:00:00.000Z',
    },
    stats: { logins_count: 3 },
    tenant: { id: 'test-tenant' },
    transaction: {
      id: 'txn-1',
      acr_values: [],
      locale: 'en',
      metadata: {},
      prompt: [],
      protocol: 'oidc-basic-profile',
      redirect_uri: 'https://apex.test/callback',
      requested_scopes: ['openid'],
      response_type: ['code'],
      state: 'rp-state',
      ui_locales: [],
    },
    user: {
      user_id: 'auth0|1',
      app_metadata: { plan: 'gold' },
      created_at: '2026-01-01T00:00:00.000Z',
      email: 'ada@example.com',
      email_verified: true,
      enrolledFactors: [],
      identities: [
        {
          connection: 'Username-Password-Authentication',
          provider: 'auth0',
          user_id: '1',
          userId: '1',
          isSocial: false,
        },
      ],
      multifactor: [],
      name: 'Ada',
      updated_at: '2026-01-01T00:00:00.000Z',
      user_metadata: { colour: 'blue' },
    },
  });

  const { session: _, ...withoutSession } = tenant.transaction();
  const more = await tenant.engine.postLogin.run({
    ...withoutSession,
    protocol: 'oauth2-refresh-token',
    customDomain: 'login.test',
    resourceServer: 'https://api.test/',
    refreshToken: { id: 'rt_1', createdAt: '2026-01-02T00:00:00.000Z' },
  });
  const second = told(more) as Record<string, unknown>;
  expect(second).not.toHaveProperty('session');
  expect(second).toMatchObject({
    custom_domain: { domain: 'login.test' },
    resource_server: { identifier: 'https://api.test/' },
    refresh_token: { id: 'rt_1', client_id: 'client-1', user_id: 'auth0|1', created_at: '2026-01-02T00:00:00.000Z' },
  });
  await tenant.close();
});

const geoip = { countryCode: 'DE', countryName: 'Germany', cityName: 'Hamburg', latitude: 53.55 };

test.each([
  ['127.0.0.1', geoip],
  ['127.8.8.8', geoip],
  ['::1', geoip],
  ['::ffff:127.0.0.1', geoip],
  ['192.0.2.1', {}],
  ['2001:db8::1', {}],
  ['nowhere', {}],
])('the geo data of %s are %j where the tenant was told where this machine is', async (ip, expected) => {
  const tenant = await tenantWithActions({ loopbackGeoip: geoip });
  await tenant.bound(telling('event.request.geoip'));
  const { request } = tenant.transaction();
  expect(told(await tenant.login({ request: { ...request, ip } }))).toEqual(expected);
  await tenant.close();
});

test('policies of the application’s refresh tokens are told where it has some', async () => {
  const tenant = await tenantWithActions();
  await tenant.bound(telling('event.client.refresh_token ?? null'));
  expect(told(await tenant.login())).toBeNull();
  const policies = [{ audience: 'https://api.test/', scope: ['read:orders'] }];
  const { client } = tenant.transaction();
  const asked = { ...client, refresh_token: { ...client.refresh_token, policies } };
  expect(told(await tenant.login({ client: asked }))).toEqual({ policies });
  await tenant.close();
});

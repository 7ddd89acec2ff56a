import { readFileSync } from 'node:fs';
import { expect, test } from 'vitest';
import { fieldPaths } from '../../scripts/actions/field-paths.ts';
import { fullestLogin } from '../../scripts/actions/fullest-login.ts';
import { OPAQUE } from '../../scripts/actions/published-post-login.ts';
import { EXAMPLE_GEOIP } from '../../src/tenant/actions/triggers/event-template.ts';
import type { JsonObject } from '../../src/tenant/store/json-value.ts';
import { claimAction, claimValue, tenantWithActions } from './tenant-with-actions.ts';

test('the event has every field that the tenant knows, by Auth0’s names, and no other', async () => {
  const tenant = await tenantWithActions();
  await tenant.bound(claimAction('event'));
  const event = claimValue(await tenant.login()) as Record<string, unknown>;
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
  const second = claimValue(more) as Record<string, unknown>;
  expect(second).not.toHaveProperty('session');
  expect(second).toMatchObject({
    custom_domain: { domain: 'login.test' },
    resource_server: { identifier: 'https://api.test/' },
    refresh_token: { id: 'rt_1', client_id: 'client-1', user_id: 'auth0|1', created_at: '2026-01-02T00:00:00.000Z' },
  });
  await tenant.close();
});

test('the event of a complete login has every field that the tenant can know', async () => {
  const tenant = await tenantWithActions({ loopbackGeoip: EXAMPLE_GEOIP });
  const transaction = fullestLogin(tenant.store, tenant.transaction());
  tenant.store.authenticationMethods.insert({
    id: 'totp|dev_1',
    user_id: transaction.user.user_id,
    type: 'totp',
    created_at: '2026-01-01T00:00:00.000Z',
    details: {},
  });
  await tenant.bound({ code: claimAction('event'), secrets: [{ name: 'KEY', value: 'hunter2-hunter2' }] });
  const event = claimValue(await tenant.engine.postLogin.run(transaction));
  const at = '2026-01-02T00:00:00.000Z';
  const device = {
    initial_ip: '127.0.0.1',
    initial_user_agent: 'browser/1',
    last_ip: '127.0.0.1',
    last_user_agent: 'browser/1',
  };
  expect(event).toEqual({
    authentication: {
      methods: [
        { name: 'pwd', timestamp: at },
        { name: 'mfa', timestamp: at, type: 'otp' },
      ],
    },
    authorization: { roles: ['ORG:acme'] },
    client: {
      client_id: 'client-1',
      name: 'Orders',
      metadata: { team: 'orders' },
      refresh_token: { policies: [{ audience: 'https://api.test/', scope: ['read:orders'] }] },
    },
    configuration: {},
    connection: {
      id: 'con_1',
      name: 'Username-Password-Authentication',
      strategy: 'auth0',
      metadata: { region: 'north' },
    },
    custom_domain: { domain: 'login.test', domain_metadata: {} },
    organization: { id: 'org_1', name: 'acme', display_name: 'Acme', metadata: { plan: 'gold' } },
    refresh_token: {
      id: expect.any(String),
      client_id: 'client-1',
      user_id: 'auth0|1',
      created_at: at,
      device,
      expires_at: '2100-01-01T00:00:00.000Z',
      idle_expires_at: '2100-01-01T00:00:00.000Z',
      last_exchanged_at: '2099-12-31T23:59:50.000Z',
      metadata: { till: '8' },
      resource_servers: [{ audience: 'https://api.test/', scopes: 'openid read:orders' }],
      rotating: true,
      session_id: 'ses_full',
    },
    request: {
      ip: '127.0.0.1',
      method: 'GET',
      hostname: 'tenant.test',
      query: { 'ext-shop': '7' },
      body: { answer: 'yes' },
      geoip: EXAMPLE_GEOIP,
      language: 'de',
      user_agent: 'browser/1',
    },
    resource_server: { identifier: 'https://api.test/' },
    secrets: { KEY: 'hunter2-hunter2' },
    session: {
      id: 'ses_full',
      user_id: 'auth0|1',
      authenticated_at: at,
      clients: [{ client_id: 'client-1' }],
      cookie: { mode: 'persistent' },
      created_at: at,
      device,
      expires_at: '2100-01-01T00:00:00.000Z',
      idle_expires_at: '2100-01-01T00:00:00.000Z',
      last_interacted_at: at,
      metadata: { till: '7' },
      updated_at: at,
    },
    stats: { logins_count: 3 },
    tenant: { id: 'test-tenant' },
    transaction: {
      id: 'txn_full',
      acr_values: ['urn:acr'],
      locale: 'de',
      login_hint: 'ada',
      metadata: {},
      prompt: ['login'],
      protocol: 'oidc-basic-profile',
      redirect_uri: 'https://apex.test/callback',
      requested_scopes: ['openid'],
      response_mode: 'form_post',
      response_type: ['code'],
      state: 'rp-state',
      ui_locales: ['de'],
    },
    user: {
      user_id: 'auth0|1',
      app_metadata: { plan: 'gold' },
      created_at: '2026-01-01T00:00:00.000Z',
      email: 'ada@example.com',
      email_verified: true,
      enrolledFactors: [{ type: 'otp' }],
      family_name: 'Lovelace',
      given_name: 'Ada',
      identities: [
        {
          connection: 'Username-Password-Authentication',
          provider: 'auth0',
          user_id: '1',
          userId: '1',
          isSocial: false,
          profileData: { email: 'ada@example.com' },
        },
      ],
      last_password_reset: at,
      multifactor: ['guardian'],
      name: 'Ada',
      nickname: 'ada',
      phone_number: '+4940123456',
      phone_verified: true,
      picture: 'https://example.com/ada.png',
      updated_at: '2026-01-01T00:00:00.000Z',
      user_metadata: { colour: 'blue' },
      username: 'ada',
    },
  });
  // The fields that docs/actions.md calls filled are the ones that an Action sees here.
  const absent = (field: string) => !fieldPaths(event as JsonObject, OPAQUE).includes(field);
  const page = readFileSync(new URL('../../docs/actions.md', import.meta.url), 'utf8');
  const filled = [...page.matchAll(/^\| `event\.(\S+)` \| filled/gm)].map(([, field]) => field ?? '');
  expect(filled.length).toBeGreaterThan(100);
  expect(filled.filter(absent)).toEqual([]);
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
])('the geo data of %s are %j if the location of this machine is configured', async (ip, expected) => {
  const tenant = await tenantWithActions({ loopbackGeoip: geoip });
  await tenant.bound(claimAction('event.request.geoip'));
  const { request } = tenant.transaction();
  expect(claimValue(await tenant.login({ request: { ...request, ip } }))).toEqual(expected);
  await tenant.close();
});

test('policies of the application’s refresh tokens are in the event if it has any', async () => {
  const tenant = await tenantWithActions();
  await tenant.bound(claimAction('event.client.refresh_token ?? null'));
  expect(claimValue(await tenant.login())).toBeNull();
  const policies = [{ audience: 'https://api.test/', scope: ['read:orders'] }];
  const { client } = tenant.transaction();
  const withPolicies = { ...client, refresh_token: { ...client.refresh_token, policies } };
  expect(claimValue(await tenant.login({ client: withPolicies }))).toEqual({ policies });
  await tenant.close();
});

import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { managementScopes } from '../../../src/tenant/management/management-scopes.ts';
import { seedTenant } from '../../../src/tenant/seed-tenant.ts';
import { audience, database, goodPassword, type ManagementFixture, openManagement } from './management-fixture.ts';

let tenant: ManagementFixture;
beforeAll(async () => {
  tenant = await openManagement();
});
afterAll(() => tenant.close());

describe('a new tenant', () => {
  it('has the Management API with every scope, an application that may use all of it, and two connections', async () => {
    const { body: api } = await tenant.call('GET', `/resource-servers/${encodeURIComponent(audience)}`);
    expect(api).toMatchObject({ identifier: audience, is_system: true, signing_alg: 'RS256' });
    expect(api.scopes.map(({ value }: { value: string }) => value)).toEqual(managementScopes);
    const { body: grants } = await tenant.call('GET', '/client-grants');
    expect(grants).toMatchObject([{ client_id: tenant.managementClient.client_id, audience, scope: managementScopes }]);
    const { body: connections } = await tenant.call('GET', '/connections?fields=name,strategy');
    expect(connections).toMatchObject([
      { name: database, strategy: 'auth0' },
      { name: 'google-oauth2', strategy: 'google-oauth2' },
    ]);
    expect((await tenant.call('GET', '/clients')).body).toMatchObject([
      { name: 'All Applications', global: true },
      { name: 'Portcullis Tenant Management' },
    ]);
  });

  it('has the scopes that no operation names, each with the description of real tenants', async () => {
    const { body: api } = await tenant.call('GET', `/resource-servers/${encodeURIComponent(audience)}`);
    expect(api.scopes).toContainEqual({ value: 'read:users', description: 'Read Users' });
    expect(api.scopes).toContainEqual({
      value: 'update:event_deliveries',
      description: 'Redeliver event(s) to an event stream',
    });
    expect(api.scopes).toContainEqual({ value: 'read:current_user' });
    const { client_id } = (await tenant.call('POST', '/clients', { name: 'Exported' })).body;
    const scope = ['read:users_app_metadata', 'create:client_keys', 'blacklist:tokens', 'read:security_metrics'];
    expect(await tenant.call('POST', '/client-grants', { client_id, audience, scope })).toMatchObject({
      status: 201,
      body: { scope },
    });
  });

  it('is seeded once, and moves its grants when it starts at another address', async () => {
    const other = await openManagement();
    const { store } = other;
    const { body: client } = await other.call('POST', '/clients', { name: 'M' });
    await other.call('POST', '/client-grants', { client_id: client.client_id, audience, scope: ['read:users'] });
    await other.call('DELETE', `/connections/${store.connections.findByName('google-oauth2')?.id}`);
    const again = seedTenant(store, { audience });
    expect(again.managementClient.client_id).toBe(other.managementClient.client_id);
    expect(store.clients.list({}, { page: 0, perPage: 10 }).total).toBe(3);
    expect(store.connections.findByName('google-oauth2')).toBeUndefined();

    const moved = 'https://localhost:5000/api/v2/';
    seedTenant(store, { audience: moved });
    expect(store.resourceServers.findByIdentifier(audience)).toBeUndefined();
    expect(store.clientGrants.findFor(client.client_id, moved)?.scope).toEqual(['read:users']);
    expect(store.clientGrants.findFor(other.managementClient.client_id, moved)?.scope).toEqual(managementScopes);
    await other.close();
  });

  it('keeps nothing of an API that was created under its address before', async () => {
    const other = await openManagement();
    const moved = 'https://localhost:5000/api/v2/';
    await other.call('POST', '/resource-servers', {
      identifier: moved,
      signing_alg: 'HS256',
      signing_secret: 'known to its creator',
      allow_offline_access: true,
    });
    seedTenant(other.store, { audience: moved });
    const { body } = await other.call('GET', `/resource-servers/${encodeURIComponent(moved)}`);
    expect(body).toMatchObject({ is_system: true, signing_alg: 'RS256', allow_offline_access: false });
    expect(body).not.toHaveProperty('signing_secret');
    await other.close();
  });
});

describe('a resource server', () => {
  it('has Auth0’s defaults, is found by id and by identifier, and is changed', async () => {
    const identifier = 'https://api.example.com/things';
    const created = await tenant.call('POST', '/resource-servers', { name: 'Things', identifier });
    expect(created.status).toBe(201);
    expect(created.body).toEqual({
      id: expect.stringMatching(/^[0-9a-f]{24}$/),
      name: 'Things',
      identifier,
      signing_alg: 'RS256',
      allow_offline_access: false,
      token_lifetime: 86_400,
      token_lifetime_for_web: 7_200,
      skip_consent_for_verifiable_first_party_clients: false,
      subject_type_authorization: { client: { policy: 'require_client_grant' }, user: { policy: 'allow_all' } },
    });
    const path = `/resource-servers/${encodeURIComponent(identifier)}`;
    const encodedTwice = `/resource-servers/${encodeURIComponent(encodeURIComponent(identifier))}`;
    expect((await tenant.call('GET', encodedTwice)).body).toMatchObject({ identifier });
    expect((await tenant.call('GET', '/resource-servers/%25E0%25A4%25A')).status).toBe(404);
    expect((await tenant.call('GET', path)).body).toEqual(created.body);
    const scopes = [{ value: 'read:things', description: 'Read' }];
    const patched = await tenant.call('PATCH', path, { scopes, authorization_details: null });
    expect(patched).toMatchObject({ status: 200, body: { ...created.body, scopes } });
    expect((await tenant.call('POST', '/resource-servers', { identifier })).body).toMatchObject({
      statusCode: 409,
      message: 'A resource server with the same identifier already exists.',
    });
    expect((await tenant.call('DELETE', `/resource-servers/${created.body.id}`)).status).toBe(204);
    expect((await tenant.call('GET', path)).body).toEqual({
      statusCode: 404,
      error: 'Not Found',
      message: 'The resource server does not exist',
      errorCode: 'inexistent_resource_server',
    });
  });

  it('is deleted with its grants; the Management API itself stays', async () => {
    const { body: api } = await tenant.call('POST', '/resource-servers', { identifier: 'https://b/', scopes: [] });
    const client_id = tenant.managementClient.client_id;
    const { body: grant } = await tenant.call('POST', '/client-grants', { client_id, audience: api.identifier });
    await tenant.call('DELETE', `/resource-servers/${api.id}`);
    expect((await tenant.call('GET', `/client-grants/${grant.id}`)).status).toBe(404);
    const path = `/resource-servers/${encodeURIComponent(audience)}`;
    expect((await tenant.call('DELETE', path)).status).toBe(400);
    expect((await tenant.call('PATCH', path, { scopes: [] })).status).toBe(400);
    expect(tenant.store.resourceServers.findByIdentifier(audience)?.scopes.length).toBe(managementScopes.length);
  });
});

describe('a connection', () => {
  it('of a database strategy has Auth0’s defaults', async () => {
    const { status, body } = await tenant.call('POST', '/connections', { name: 'staff', strategy: 'auth0' });
    expect(status).toBe(201);
    expect(body).toEqual({
      id: expect.stringMatching(/^con_\w{16}$/),
      name: 'staff',
      strategy: 'auth0',
      options: {
        mfa: { active: true, return_enroll_settings: true },
        passwordPolicy: 'good',
        strategy_version: 2,
        authentication_methods: {
          password: { enabled: true, api_behavior: 'required', signup_behavior: 'allow' },
          passkey: { enabled: false },
        },
        passkey_options: { challenge_ui: 'both', progressive_enrollment_enabled: true, local_enrollment_enabled: true },
        brute_force_protection: true,
      },
      is_domain_connection: false,
      authentication: { active: true },
      connected_accounts: { active: false },
      enabled_clients: [],
      realms: ['staff'],
    });
    expect((await tenant.call('GET', '/connections?name=staff')).body).toEqual([body]);
    const chosen = await tenant.call('GET', `/connections/${body.id}?fields=name&include_fields=true`);
    expect(Object.keys(chosen.body).sort()).toEqual(
      ['authentication', 'connected_accounts', 'id', 'is_domain_connection', 'name', 'strategy'].sort(),
    );
  });

  const attribute = (active: boolean) => ({ identifier: { active }, profile_required: true });

  it.each([
    [
      { requires_username: true, attributes: { email: attribute(true) } },
      'Cannot set both options.attributes and options.requires_username',
    ],
    [
      { validation: { username: { max: 5, min: 1 } }, attributes: { email: attribute(true) } },
      'Cannot set both options.attributes and options.validation',
    ],
    [{ attributes: { email: attribute(false) } }, 'attributes must contain one active identifier'],
  ])('with options %j is refused', async (options, message) => {
    const { body } = await tenant.call('POST', '/connections', { name: 'bad', strategy: 'auth0', options });
    expect(body).toEqual({ statusCode: 400, error: 'Bad Request', message, errorCode: 'invalid_body' });
  });

  it('replaces its options, except how users sign in', async () => {
    const { body: created } = await tenant.call('POST', '/connections', { name: 'options', strategy: 'auth0' });
    const { body } = await tenant.call('PATCH', `/connections/${created.id}`, { options: { passwordPolicy: 'fair' } });
    expect(body.options).toEqual({
      passwordPolicy: 'fair',
      brute_force_protection: true,
      authentication_methods: created.options.authentication_methods,
      passkey_options: created.options.passkey_options,
    });
  });

  it('shows and changes its options only for callers with the scopes', async () => {
    const options = { client_id: 'known', client_secret: 'hidden' };
    const { body: created } = await tenant.call('POST', '/connections', {
      name: 'private',
      strategy: 'github',
      options,
    });
    const path = `/connections/${created.id}`;
    for (const [method, sent, scopes] of [
      ['GET', undefined, ['read:connections']],
      ['PATCH', { display_name: 'Private' }, ['update:connections']],
    ] as const) {
      const { status, body } = await tenant.call(method, path, sent, { scopes });
      expect([status, body.name]).toEqual([200, 'private']);
      expect(body).not.toHaveProperty('options');
    }
    const listed = await tenant.call('GET', '/connections?name=private', undefined, { scopes: ['read:connections'] });
    expect(listed.body).toMatchObject([{ name: 'private' }]);
    expect(listed.body[0]).not.toHaveProperty('options');
    const refused = await tenant.call('PATCH', path, { options: {} }, { scopes: ['update:connections'] });
    expect(refused.body).toMatchObject({
      statusCode: 403,
      message: 'Insufficient scope, expected any of: update:connections_options',
    });
    const scopes = ['read:connections', 'read:connections_options'];
    expect((await tenant.call('GET', path, undefined, { scopes })).body.options).toEqual({ ...options, scope: [] });
  });

  it('is enabled for applications and disabled again', async () => {
    const { body: created } = await tenant.call('POST', '/connections', { name: 'clients', strategy: 'auth0' });
    await tenant.call('PATCH', '/tenants/settings', { flags: { enable_client_connections: false } });
    const ids: string[] = [];
    for (const name of ['A', 'B', 'C']) ids.push((await tenant.call('POST', '/clients', { name })).body.client_id);
    const path = `/connections/${created.id}/clients`;
    const open = ids.map((client_id) => ({ client_id, status: true }));
    expect((await tenant.call('PATCH', path, open)).status).toBe(204);
    const one = await tenant.call('GET', `${path}?take=2`);
    const two = await tenant.call('GET', `${path}?take=2&from=${one.body.next}`);
    expect([...one.body.clients, ...two.body.clients]).toEqual(ids.map((client_id) => ({ client_id })));
    expect(two.body).not.toHaveProperty('next');
    await tenant.call('PATCH', path, [{ client_id: ids[0], status: false }]);
    expect((await tenant.call('GET', `/connections/${created.id}`)).body.enabled_clients).toEqual(ids.slice(1));
    expect((await tenant.call('PATCH', path, [{ client_id: 'missing', status: true }])).status).toBe(400);
    expect((await tenant.call('PATCH', path, [])).body.message).toContain('Array is too short (0), minimum 1');
  });

  it('is deleted once, with its users', async () => {
    const { body: created } = await tenant.call('POST', '/connections', { name: 'gone', strategy: 'auth0' });
    const email = 'ada@example.com';
    const { body: user } = await tenant.call('POST', '/users', { connection: 'gone', email, password: goodPassword });
    const { status, body } = await tenant.call('DELETE', `/connections/${created.id}`);
    expect(status).toBe(202);
    expect(Date.parse(body.deleted_at)).not.toBeNaN();
    expect(tenant.store.users.find(user.user_id)).toBeUndefined();
    expect((await tenant.call('DELETE', `/connections/${created.id}`)).status).toBe(204);
    expect((await tenant.call('GET', `/connections/${created.id}`)).body).toEqual({
      statusCode: 404,
      error: 'Not Found',
      message: 'The connection does not exist',
      errorCode: 'inexistent_connection',
    });
  });

  it('has a unique name', async () => {
    const { body } = await tenant.call('POST', '/connections', { name: database, strategy: 'auth0' });
    expect(body).toMatchObject({ statusCode: 409, message: 'A connection with the same name already exists' });
  });
});

describe('the tenant’s settings', () => {
  it('start with Auth0’s defaults and store changes', async () => {
    const { body: before } = await tenant.call('GET', '/tenants/settings');
    expect(before).toMatchObject({ session_lifetime: 168, sandbox_versions_available: ['22', '18'] });
    const change = {
      allowed_logout_urls: ['https://app.example/bye'],
      friendly_name: 'Test',
      flags: { enable_sso: false },
    };
    const { status, body } = await tenant.call('PATCH', '/tenants/settings', change);
    expect(status).toBe(200);
    expect(body).toMatchObject(change);
    expect(body.flags).toMatchObject({ universal_login: true, enable_sso: false });
    const one = await tenant.call('GET', '/tenants/settings?fields=friendly_name');
    expect(one.body).toEqual({ friendly_name: 'Test' });
    expect((await tenant.call('PATCH', '/tenants/settings', { session_lifetime: 0 })).status).toBe(400);
  });
});

describe('the users of a connection', () => {
  it('are deleted by e-mail address; those of other connections stay, and only database connections have any', async () => {
    const email = 'gone@example.com';
    const { body: user } = await tenant.call('POST', '/users', { connection: database, email, password: goodPassword });
    const { body: other } = await tenant.call('POST', '/connections', { name: 'other-users', strategy: 'auth0' });
    const { body: stays } = await tenant.call('POST', '/users', {
      connection: 'other-users',
      email,
      password: goodPassword,
    });
    const { id } = tenant.store.connections.findByName(database) ?? { id: '' };
    const path = (connection: string) => `/connections/${connection}/users`;
    const query = `?email=${encodeURIComponent(email.toUpperCase())}`;
    expect((await tenant.call('DELETE', path(id))).status).toBe(400);
    expect((await tenant.call('DELETE', path('con_none') + query)).status).toBe(404);
    expect((await tenant.call('DELETE', path(id) + query)).status).toBe(204);
    expect((await tenant.call('GET', `/users/${encodeURIComponent(user.user_id)}`)).status).toBe(404);
    expect((await tenant.call('GET', `/users/${encodeURIComponent(stays.user_id)}`)).status).toBe(200);
    expect((await tenant.call('DELETE', path(id) + query)).status).toBe(204);
    await tenant.call('DELETE', `/connections/${other.id}`);

    const { body: social } = await tenant.call('POST', '/connections', { name: 'people', strategy: 'google-oauth2' });
    expect(await tenant.call('DELETE', path(social.id) + query)).toMatchObject({
      status: 400,
      body: { message: 'Connection must be a database connection' },
    });
  });
});

import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { audience, database, type ManagementFixture, openManagement } from './management-fixture.ts';

let tenant: ManagementFixture;
beforeAll(async () => {
  tenant = await openManagement();
});
afterAll(() => tenant.close());

describe('a new application', () => {
  it('has the members that Auth0 gives one created through its API, and no others', async () => {
    const { status, body } = await tenant.call('POST', '/clients', { name: 'Plain', description: 'Only a test' });
    expect(status).toBe(201);
    expect(body).toEqual({
      name: 'Plain',
      description: 'Only a test',
      client_id: expect.stringMatching(/^[A-Za-z0-9]{32}$/),
      client_secret: expect.stringMatching(/^[\w-]{64}$/),
      is_first_party: true,
      encrypted: true,
      global: false,
      callback_url_template: false,
      is_token_endpoint_ip_header_trusted: false,
      oidc_conformant: false,
      jwt_configuration: { secret_encoded: false, lifetime_in_seconds: 36_000 },
      signing_keys: [],
      sso_disabled: false,
      cross_origin_authentication: false,
      grant_types: ['authorization_code', 'implicit', 'refresh_token', 'client_credentials'],
      custom_login_page_on: true,
      refresh_token: {
        rotation_type: 'non-rotating',
        expiration_type: 'non-expiring',
        leeway: 0,
        token_lifetime: 2_592_000,
        infinite_token_lifetime: true,
        infinite_idle_token_lifetime: true,
        idle_token_lifetime: 1_296_000,
      },
    });
    const { encrypted: _, ...later } = body;
    expect((await tenant.call('GET', `/clients/${body.client_id}`)).body).toEqual(later);
  });

  it('gets no client credentials without a secret, and limited tokens if they expire', async () => {
    const { body } = await tenant.call('POST', '/clients', {
      name: 'Page',
      app_type: 'spa',
      token_endpoint_auth_method: 'none',
      refresh_token: { rotation_type: 'rotating', expiration_type: 'expiring' },
    });
    expect(body.grant_types).toEqual(['authorization_code', 'implicit', 'refresh_token']);
    expect(body.refresh_token).toMatchObject({ infinite_token_lifetime: false, infinite_idle_token_lifetime: false });
  });

  it('gets longer token lifetimes with a secret, and a partial change keeps the other members', async () => {
    const { body: created } = await tenant.call('POST', '/clients', {
      name: 'Confidential',
      token_endpoint_auth_method: 'client_secret_post',
    });
    expect(created.refresh_token).toMatchObject({ token_lifetime: 31_557_600, idle_token_lifetime: 2_592_000 });
    const { body } = await tenant.call('PATCH', `/clients/${created.client_id}`, {
      jwt_configuration: { alg: 'RS256' },
    });
    expect(body.jwt_configuration).toEqual({ secret_encoded: false, lifetime_in_seconds: 36_000, alg: 'RS256' });
    const { body: other } = await tenant.call('POST', '/clients', { name: 'Alg', jwt_configuration: { alg: 'RS256' } });
    expect(other.jwt_configuration).toEqual({ secret_encoded: false, alg: 'RS256' });
  });

  it('may use the existing connections, unless the tenant’s settings forbid it', async () => {
    const one = await tenant.call('POST', '/clients', { name: 'One' });
    await tenant.call('PATCH', '/tenants/settings', { flags: { enable_client_connections: false } });
    const two = await tenant.call('POST', '/clients', { name: 'Two' });
    await tenant.call('PATCH', '/tenants/settings', { flags: { enable_client_connections: true } });
    const enabled = tenant.store.connections.findByName(database)?.enabled_clients;
    expect(enabled).toContain(one.body.client_id);
    expect(enabled).not.toContain(two.body.client_id);
  });

  it.each([
    [{ name: '<b>' }, "'String does not match pattern ^[^<>]+$: <b>' on property name"],
    [{ name: 'x', callbacks: ['javascript:alert(1)'] }, 'format callback-url'],
    [
      { name: 'x', callbacks: 'https://a.example' },
      "'Expected type array but found type string' on property callbacks",
    ],
    [
      { name: 'x', token_endpoint_auth_method: 'magic' },
      "'No enum match for: magic' on property token_endpoint_auth_method",
    ],
    [{ name: 'x', jwt_configuration: { alg: 'none' } }, 'No enum match for: none'],
    [{ name: 'x', app_type: 'regular' }, "'No enum match for: regular' on property app_type"],
    [
      { name: 'x', client_metadata: { a: 1 } },
      `'Expected type ["string","null"] but found type integer' on property client_metadata.a`,
    ],
    [{ name: 'x', client_id: 'mine' }, "'Additional properties not allowed: client_id'"],
  ])('%j is refused', async (body, message) => {
    const answer = await tenant.call('POST', '/clients', body);
    expect(answer).toMatchObject({
      status: 400,
      body: { errorCode: 'invalid_body', message: expect.stringContaining(message) },
    });
  });
});

describe('a list of URLs', () => {
  const urls = (count: number) => Array.from({ length: count }, (_, index) => `https://app-${index}.example.com/cb`);
  const lists = ['callbacks', 'allowed_logout_urls', 'allowed_origins', 'web_origins'] as const;

  it.each<[string, string, string]>([
    ...lists.map((list): [string, string, string] => ['POST', '/clients', list]),
    ...lists.map((list): [string, string, string] => ['PATCH', '/clients/{id}', list]),
    ['PATCH', '/tenants/settings', 'allowed_logout_urls'],
  ])('holds at most 100: %s %s %s', async (method, path, list) => {
    const id = path.includes('{id}') ? (await tenant.call('POST', '/clients', { name: 'Listed' })).body.client_id : '';
    const send = (count: number) =>
      tenant.call(method, path.replace('{id}', id), {
        ...(method === 'POST' && { name: 'Listed' }),
        [list]: urls(count),
      });
    expect((await send(100)).status).toBeLessThan(300);
    expect(await send(101)).toMatchObject({
      status: 400,
      body: {
        errorCode: 'invalid_body',
        message: `Payload validation error: 'Array is too long (101), maximum 100' on property ${list}.`,
      },
    });
  });
});

describe('an application', () => {
  it('is changed member by member, and null removes metadata', async () => {
    const { body: created } = await tenant.call('POST', '/clients', {
      name: 'Change',
      client_metadata: { a: '1', b: '2' },
    });
    const patch = { callbacks: [], client_metadata: { a: null, c: '3' }, sso: true };
    const { status, body } = await tenant.call('PATCH', `/clients/${created.client_id}`, patch);
    expect(status).toBe(200);
    const { encrypted: _, ...later } = created;
    expect(body).toEqual({ ...later, callbacks: [], client_metadata: { b: '2', c: '3' }, sso: true });
  });

  it('keeps the members of an object that a change does not name', async () => {
    const { body: created } = await tenant.call('POST', '/clients', {
      name: 'Parts',
      mobile: { android: { app_package_name: 'com.example' }, ios: { team_id: '1' } },
      session_transfer: { enforce_device_binding: 'asn' },
      oidc_logout: {
        backchannel_logout_urls: ['https://app.example/all'],
        backchannel_logout_initiators: { mode: 'all' },
      },
    });
    expect(created).toMatchObject({
      session_transfer: {
        can_create_session_transfer_token: false,
        allowed_authentication_methods: [],
        enforce_device_binding: 'asn',
        allow_refresh_token: false,
        enforce_online_refresh_tokens: true,
        enforce_cascade_revocation: true,
      },
      oidc_backchannel_logout: { backchannel_logout_urls: ['https://app.example/all'] },
    });
    const patch = {
      mobile: { ios: { team_id: '2' } },
      session_transfer: { allow_refresh_token: true, delegation: null },
      oidc_logout: { backchannel_logout_urls: ['https://app.example/other'] },
    };
    const { body } = await tenant.call('PATCH', `/clients/${created.client_id}`, patch);
    const { encrypted: _, ...rest } = created;
    expect(body).toEqual({
      ...rest,
      mobile: { android: { app_package_name: 'com.example' }, ios: { team_id: '2' } },
      session_transfer: { ...created.session_transfer, allow_refresh_token: true },
      oidc_logout: {
        backchannel_logout_urls: ['https://app.example/other'],
        backchannel_logout_initiators: { mode: 'all' },
      },
      oidc_backchannel_logout: { backchannel_logout_urls: ['https://app.example/other'] },
    });
    const without = await tenant.call('PATCH', `/clients/${created.client_id}`, {
      session_transfer: null,
      oidc_logout: null,
    });
    expect(Object.keys(without.body)).not.toContain('session_transfer');
    expect(Object.keys(without.body)).not.toContain('oidc_logout');
    expect(Object.keys(without.body)).not.toContain('oidc_backchannel_logout');
  });

  it('is read with its signing keys regardless of the chosen fields, and without a secret if it needs none', async () => {
    const { body: created } = await tenant.call('POST', '/clients', {
      name: 'Key',
      client_authentication_methods: { private_key_jwt: { credentials: [] } },
    });
    expect(created.client_secret).toBeDefined();
    const path = `/clients/${created.client_id}`;
    expect((await tenant.call('GET', path)).body).not.toHaveProperty('client_secret');
    expect((await tenant.call('PATCH', path, { name: 'Key 2' })).body).not.toHaveProperty('client_secret');
    const { body } = await tenant.call('GET', `${path}?fields=client_id`);
    expect(Object.keys(body).sort()).toEqual(['client_id', 'signing_keys']);
    const { body: back } = await tenant.call('PATCH', path, { client_authentication_methods: null });
    expect(back.client_secret).toBe(created.client_secret);
  });

  it('gets a new secret', async () => {
    const { body: created } = await tenant.call('POST', '/clients', { name: 'Rotate' });
    const { status, body } = await tenant.call('POST', `/clients/${created.client_id}/rotate-secret`);
    expect(status).toBe(200);
    expect(body.client_secret).toMatch(/^[\w-]{64}$/);
    expect(body.client_secret).not.toBe(created.client_secret);
    expect(tenant.store.clients.find(created.client_id)?.client_secret).toBe(body.client_secret);
  });

  it('shows its secret only to callers who may read keys', async () => {
    const { body: created } = await tenant.call('POST', '/clients', { name: 'Secret' });
    const path = `/clients/${created.client_id}`;
    const plain = await tenant.call('GET', path, undefined, { scopes: ['read:clients'] });
    expect(plain.body).toMatchObject({ name: 'Secret' });
    expect(plain.body).not.toHaveProperty('client_secret');
    expect(plain.body).not.toHaveProperty('signing_keys');
    const summary = await tenant.call('GET', path, undefined, { scopes: ['read:client_summary'] });
    expect(summary.body).toEqual({ name: 'Secret', client_id: created.client_id, is_first_party: true });
    const changed = await tenant.call('PATCH', path, { description: 'x' }, { scopes: ['update:clients'] });
    expect(changed.body).not.toHaveProperty('client_secret');
  });

  it.each([
    [{ client_secret: 'a secret of the caller' }, ['update:clients'], 'update:client_keys'],
    [{ client_authentication_methods: null }, ['update:clients'], 'update:client_credentials'],
    [{ name: 'Other' }, ['update:client_credentials'], 'update:clients'],
  ])('cannot be changed with %j by a caller with only %j', async (patch, scopes, expected) => {
    const before = tenant.store.clients.find(tenant.managementClient.client_id);
    const { body } = await tenant.call('PATCH', `/clients/${before?.client_id}`, patch, { scopes });
    expect(body).toMatchObject({
      statusCode: 403,
      errorCode: 'insufficient_scope',
      message: `Insufficient scope, expected any of: ${expected}`,
    });
    expect(tenant.store.clients.find(before?.client_id ?? '')).toEqual(before);
  });

  it('shows its keys only to callers who may read keys or credentials', async () => {
    const { body: created } = await tenant.call('POST', '/clients', { name: 'Keys' });
    const path = `/clients/${created.client_id}`;
    const keys = {
      encryption_key: { pub: 'p', cert: 'c', subject: 's' },
      client_authentication_methods: { private_key_jwt: { credentials: [] } },
    };
    await tenant.call('PATCH', path, keys);
    for (const scopes of [['read:clients'], ['read:client_summary']]) {
      const { body } = await tenant.call('GET', path, undefined, { scopes });
      for (const member of Object.keys(keys)) expect(body).not.toHaveProperty(member);
    }
    expect((await tenant.call('GET', path)).body).toMatchObject(keys);
    const credentials = await tenant.call('GET', path, undefined, { scopes: ['read:client_credentials'] });
    expect(credentials.body).toMatchObject({ name: 'Keys', ...keys });
    expect(credentials.body).not.toHaveProperty('client_secret');
  });

  it('is deleted, and not found afterwards', async () => {
    const { body: created } = await tenant.call('POST', '/clients', { name: 'Gone' });
    expect(await tenant.call('DELETE', `/clients/${created.client_id}`)).toMatchObject({ status: 204, body: '' });
    for (const [method, path] of [
      ['GET', ''],
      ['PATCH', ''],
      ['POST', '/rotate-secret'],
    ] as const) {
      const body = method === 'PATCH' ? { name: 'Gone too' } : undefined;
      expect((await tenant.call(method, `/clients/${created.client_id}${path}`, body)).body).toEqual({
        statusCode: 404,
        error: 'Not Found',
        message: 'The client does not exist',
        errorCode: 'inexistent_client',
      });
    }
  });

  it('is listed bare, with totals, by checkpoint, and with chosen fields', async () => {
    const bare = await tenant.call('GET', '/clients');
    const total = bare.body.length;
    expect(total).toBeGreaterThan(3);
    const page = await tenant.call('GET', '/clients?include_totals=true&per_page=2&page=1&fields=client_id');
    expect(page.body).toEqual({
      clients: bare.body
        .slice(2, 4)
        .map(({ tenant: of, client_id }: Record<string, unknown>) => ({ tenant: of, client_id })),
      start: 2,
      limit: 2,
      total,
    });
    const collected: unknown[] = [];
    let from = '';
    do {
      const { body } = await tenant.call('GET', `/clients?take=3${from && `&from=${from}`}`);
      collected.push(...body.clients);
      expect(body).not.toHaveProperty('total');
      from = body.next ?? '';
    } while (from !== '');
    expect(collected).toEqual(bare.body);
    const without = await tenant.call('GET', '/clients?fields=client_secret,signing_keys&include_fields=false');
    expect(without.body[0]).not.toHaveProperty('client_secret');
    expect(without.body[0]).toHaveProperty('name');
    expect((await tenant.call('GET', '/clients?take=3&from=nonsense')).status).toBe(400);
  });
});

describe('a client grant', () => {
  it('is created once, changed, found and listed', async () => {
    const { body: client } = await tenant.call('POST', '/clients', { name: 'Machine' });
    const members = { client_id: client.client_id, audience, scope: ['read:users', 'read:users'] };
    const created = await tenant.call('POST', '/client-grants', members);
    expect(created).toMatchObject({ status: 201 });
    expect(created.body).toEqual({
      id: expect.stringMatching(/^cgr_\w{16}$/),
      client_id: client.client_id,
      audience,
      scope: ['read:users'],
      subject_type: 'client',
    });
    expect((await tenant.call('POST', '/client-grants', members)).status).toBe(409);
    const patched = await tenant.call('PATCH', `/client-grants/${created.body.id}`, { scope: ['update:roles'] });
    expect(patched).toMatchObject({ status: 200, body: { scope: ['update:roles'] } });
    const listed = await tenant.call('GET', `/client-grants?client_id=${client.client_id}&include_totals=true`);
    expect(listed.body).toEqual({ client_grants: [patched.body], start: 0, limit: 50, total: 1 });
    expect((await tenant.call('DELETE', `/client-grants/${created.body.id}`)).status).toBe(204);
    expect((await tenant.call('DELETE', `/client-grants/${created.body.id}`)).status).toBe(204);
    expect((await tenant.call('GET', `/client-grants/${created.body.id}`)).body).toEqual({
      statusCode: 404,
      error: 'Not Found',
      message: 'The grant does not exist.',
      errorCode: 'inexistent_client_grant',
    });
  });

  it('goes to an application and an API that exist', async () => {
    const client_id = tenant.managementClient.client_id;
    expect((await tenant.call('POST', '/client-grants', { client_id, audience: 'https://none/' })).status).toBe(404);
    expect((await tenant.call('POST', '/client-grants', { client_id: 'missing', audience })).status).toBe(404);
  });

  it('is refused to applications of types that cannot have one', async () => {
    const { body: client } = await tenant.call('POST', '/clients', { name: 'E', app_type: 'express_configuration' });
    const { body } = await tenant.call('POST', '/client-grants', { client_id: client.client_id, audience });
    expect(body).toEqual({
      statusCode: 400,
      error: 'Bad Request',
      message: 'Client of type express_configuration cannot be used',
      errorCode: 'validation_error',
    });
  });
});

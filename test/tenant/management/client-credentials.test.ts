import { createHash, generateKeyPairSync } from 'node:crypto';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { audience, type ManagementFixture, openManagement } from './management-fixture.ts';

let tenant: ManagementFixture;
beforeAll(async () => {
  tenant = await openManagement();
});
afterAll(() => tenant.close());

const pair = generateKeyPairSync('rsa', { modulusLength: 2048 });
const pem = pair.publicKey.export({ type: 'spki', format: 'pem' }).toString();
const { e, kty, n } = pair.publicKey.export({ format: 'jwk' });
const thumbprint = createHash('sha256').update(JSON.stringify({ e, kty, n })).digest('base64url');
const publicKey = { credential_type: 'public_key', name: 'first', pem };

const make = async (body: object = {}) => (await tenant.call('POST', '/clients', { name: 'App', ...body })).body;
const add = (clientId: string, body: object) => tenant.call('POST', `/clients/${clientId}/credentials`, body);

describe('a public key', () => {
  it('is identified by its thumbprint, and is never returned itself', async () => {
    const { client_id } = await make();
    const { status, body } = await add(client_id, { ...publicKey, expires_at: '2095-05-13T09:33:13Z' });
    expect(status).toBe(201);
    expect(body).toEqual({
      id: expect.stringMatching(/^cred_[A-Za-z0-9]{22}$/),
      credential_type: 'public_key',
      name: 'first',
      kid: thumbprint,
      alg: 'RS256',
      created_at: expect.any(String),
      updated_at: expect.any(String),
      expires_at: '2095-05-13T09:33:13.000Z',
    });
    expect((await tenant.call('GET', `/clients/${client_id}/credentials/${body.id}`)).body).toEqual(body);
    const later = await tenant.call('PATCH', `/clients/${client_id}/credentials/${body.id}`, {
      expires_at: '2096-05-13T09:33:13Z',
    });
    expect(later.body.expires_at).toBe('2096-05-13T09:33:13.000Z');
    const second = await add(client_id, { ...publicKey, name: 'second' });
    const { body: list } = await tenant.call('GET', `/clients/${client_id}/credentials`);
    expect(list.map((one: { id: string }) => one.id)).toEqual([second.body.id, body.id]);
  });

  it('is refused if it is not a key, is too short, or is private', async () => {
    const { client_id } = await make();
    const short = generateKeyPairSync('rsa', { modulusLength: 1024 }).publicKey.export({ type: 'spki', format: 'pem' });
    const elliptic = generateKeyPairSync('ec', { namedCurve: 'P-256' }).publicKey.export({
      type: 'spki',
      format: 'pem',
    });
    const secret = pair.privateKey.export({ type: 'pkcs8', format: 'pem' });
    for (const bad of [short, elliptic, secret, 'nothing']) {
      const { status, body } = await add(client_id, { ...publicKey, pem: String(bad) });
      expect([status, body.errorCode]).toEqual([400, 'invalid_body']);
    }
    expect((await add(client_id, { credential_type: 'public_key' })).status).toBe(400);
    expect((await add(client_id, { credential_type: 'x509_cert', pem })).status).toBe(400);
    expect((await add(client_id, { credential_type: 'cert_subject_dn' })).status).toBe(400);
    expect((await tenant.call('GET', `/clients/${client_id}/credentials`)).body).toEqual([]);
  });
});

describe('an application that authenticates with a key', () => {
  it('shows the whole credential at creation, only its id afterwards, and no secret', async () => {
    const methods = { private_key_jwt: { credentials: [publicKey] } };
    const created = await make({ client_authentication_methods: methods });
    const [credential] = created.client_authentication_methods.private_key_jwt.credentials;
    expect(credential).toMatchObject({ kid: thumbprint, name: 'first' });
    const { body } = await tenant.call('GET', `/clients/${created.client_id}`);
    expect(body.client_authentication_methods).toEqual({ private_key_jwt: { credentials: [{ id: credential.id }] } });
    expect(body.client_secret).toBeUndefined();
    expect((await tenant.call('DELETE', `/clients/${created.client_id}/credentials/${credential.id}`)).status).toBe(
      204,
    );
    const { body: without } = await tenant.call('GET', `/clients/${created.client_id}`);
    expect(without.client_authentication_methods).toEqual({ private_key_jwt: { credentials: [] } });
  });

  it('cannot use the credential of another application', async () => {
    const [one, other] = [await make(), await make()];
    const { body } = await add(other.client_id, publicKey);
    const patch = (clientId: string) =>
      tenant.call('PATCH', `/clients/${clientId}`, { signed_request_object: { credentials: [{ id: body.id }] } });
    expect((await patch(one.client_id)).status).toBe(400);
    expect((await patch(other.client_id)).status).toBe(200);
    expect((await tenant.call('GET', `/clients/${one.client_id}/credentials/${body.id}`)).status).toBe(404);
  });

  it('stores nothing if one of its credentials is not valid', async () => {
    const before = (await tenant.call('GET', '/clients')).body.length;
    const methods = { private_key_jwt: { credentials: [publicKey, { ...publicKey, pem: 'x' }] } };
    const { status } = await tenant.call('POST', '/clients', { name: 'Bad', client_authentication_methods: methods });
    expect(status).toBe(400);
    expect((await tenant.call('GET', '/clients')).body.length).toBe(before);
  });
});

it('of the Okta Integration Network gets its callback and its grant', async () => {
  const created = await make({ app_type: 'express_configuration' });
  expect(created).toMatchObject({ oidc_conformant: true, organization_usage: 'require' });
  expect(created.client_secret).toBeUndefined();
  const { body: grants } = await tenant.call('GET', `/client-grants?client_id=${created.client_id}`);
  expect(grants).toMatchObject([{ audience, is_system: true }]);
});

it('links an API with its application until the application is deleted', async () => {
  const identifier = 'https://api.example/';
  const { body: api } = await tenant.call('POST', '/resource-servers', { identifier });
  const linked = { app_type: 'resource_server', resource_server_identifier: identifier };
  const created = await make(linked);
  expect((await tenant.call('GET', `/resource-servers/${api.id}`)).body.client_id).toBe(created.client_id);
  expect((await tenant.call('POST', '/clients', { name: 'Second', ...linked })).status).toBe(400);
  await tenant.call('DELETE', `/clients/${created.client_id}`);
  expect((await tenant.call('GET', `/resource-servers/${api.id}`)).body.client_id).toBeUndefined();
});

it('two flags of the tenant are returned only when settings are changed, and unknown settings are refused', async () => {
  const { body } = await tenant.call('PATCH', '/tenants/settings', { country_codes: { list: ['FR'], mode: 'deny' } });
  expect(body.flags.enforce_client_authentication_on_passwordless_start).toBe(true);
  const read = (await tenant.call('GET', '/tenants/settings')).body;
  expect(read.flags.enforce_client_authentication_on_passwordless_start).toBeUndefined();
  expect(read.country_codes).toEqual({ list: ['FR'], mode: 'deny' });
  for (const bad of [
    { country_codes: { list: ['fr'], mode: 'deny' } },
    { flags: { nothing: true } },
    { session_cookie: { mode: 'x' } },
    { default_redirection_uri: 'http://a.example' },
  ]) {
    expect((await tenant.call('PATCH', '/tenants/settings', bad)).body.errorCode).toBe('invalid_body');
  }
  await tenant.call('PATCH', '/tenants/settings', { country_codes: null });
  expect((await tenant.call('GET', '/tenants/settings')).body.country_codes).toBeUndefined();
});

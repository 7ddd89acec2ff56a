import { constants, createCipheriv, publicEncrypt, randomBytes } from 'node:crypto';
import { afterAll, beforeAll, expect, it } from 'vitest';
import { type ManagementFixture, openManagement } from './management-fixture.ts';

let tenant: ManagementFixture;
beforeAll(async () => {
  tenant = await openManagement();
});
afterAll(() => tenant.close());

const call: ManagementFixture['call'] = (...parameters) => tenant.call(...parameters);

it('a connection to a directory is offline, since no connector reaches a local tenant', async () => {
  const { body: directory } = await call('POST', '/connections', { name: 'directory', strategy: 'ad' });
  expect(await call('GET', `/connections/${directory.id}/status`)).toMatchObject({ status: 404 });
  const { body: database } = await call('POST', '/connections', { name: 'database', strategy: 'auth0' });
  expect(await call('GET', `/connections/${database.id}/status`)).toMatchObject({ status: 404 });
});

it('a test message of a phone provider or template is in the outbox', async () => {
  const { body: provider } = await call('POST', '/branding/phone/providers', {
    name: 'custom',
    configuration: { delivery_methods: ['text', 'voice'] },
    credentials: {},
  });
  await call('POST', `/branding/phone/providers/${provider.id}/try`, { to: '+15550100' });
  expect(tenant.store.outbox.list({ page: 0, perPage: 1 }).rows[0]).toMatchObject({ to: '+15550100' });
  const { body: template } = await call('POST', '/branding/phone/templates', {
    type: 'otp_verify',
    content: { from: '+15550199', body: { text: 'The code is {{ code }}', voice: 'Your code: {{ code }}' } },
  });
  const path = `/branding/phone/templates/${template.id}/try`;
  expect((await call('POST', path, { to: '+15550101', delivery_method: 'voice' })).status).toBe(202);
  expect(tenant.store.outbox.list({ page: 0, perPage: 1 }).rows[0]).toMatchObject({
    to: '+15550101',
    text: 'Your code: {{ code }}',
  });
});

it('groups are listed in the form that is requested, and none is there', async () => {
  expect((await call('GET', '/groups')).body).toEqual([]);
  expect((await call('GET', '/groups?include_totals=true')).body).toMatchObject({ groups: [], total: 0 });
  expect((await call('GET', '/groups?take=10')).body).toEqual({ groups: [] });
});

it('an encryption key is imported with the wrapping key, and anything else is refused', async () => {
  const { body: key } = await call('POST', '/keys/encryption', { type: 'customer-provided-root-key' });
  const path = `/keys/encryption/${key.kid}`;
  const { body: wrapping } = await call('POST', `${path}/wrapping-key`);
  expect(await call('GET', path)).toMatchObject({ body: { state: 'pre-activation' } });
  expect((await call('GET', path)).body).not.toHaveProperty('wrapping_key');
  const wrapped = (hash: string, material: Buffer) => {
    const aes = randomBytes(32);
    const cipher = createCipheriv('id-aes256-wrap-pad', aes, Buffer.from('A65959A6', 'hex'));
    return Buffer.concat([
      publicEncrypt({ key: wrapping.public_key, padding: constants.RSA_PKCS1_OAEP_PADDING, oaepHash: hash }, aes),
      cipher.update(material),
      cipher.final(),
    ]).toString('base64');
  };
  const refused = { status: 400, body: { errorCode: 'invalid_body' } };
  expect(await call('POST', path, { wrapped_key: 'bm90IG9uZQ==' })).toMatchObject(refused);
  expect(await call('POST', path, { wrapped_key: wrapped('sha256', randomBytes(16)) })).toMatchObject(refused);
  for (const hash of ['sha256', 'sha1']) {
    const imported = await call('POST', path, { wrapped_key: wrapped(hash, randomBytes(32)) });
    expect(imported).toMatchObject({ status: 201, body: { kid: key.kid, state: 'active' } });
    expect(Object.keys(imported.body)).not.toContain('wrapping_key');
  }
});

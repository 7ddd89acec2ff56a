import 'reflect-metadata';
import * as x509 from '@peculiar/x509';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { tenantName } from '../../../src/tenant/management/tenant-name.ts';
import { type ManagementFixture, openManagement } from './management-fixture.ts';

let tenant: ManagementFixture;
let certificate: x509.X509Certificate;
beforeAll(async () => {
  tenant = await openManagement();
  const keys = await crypto.subtle.generateKey({ name: 'ECDSA', namedCurve: 'P-256' }, true, ['sign', 'verify']);
  certificate = await x509.X509CertificateGenerator.createSelfSigned({ name: 'CN=acme.example', keys });
  tenant.store.signingKeys.insert({
    kid: 'key1',
    private_jwk: { kty: 'EC', d: 'hidden' },
    certificate: certificate.toString('base64'),
    state: 'current',
    created_at: '2026-01-01T00:00:00.000Z',
  });
});
afterAll(() => tenant.close());

describe('an application', () => {
  it('shows the certificate of the key that signs its tokens in both forms, and never the key', async () => {
    const { body } = await tenant.call('POST', '/clients', { name: 'Signed' });
    expect(body).toMatchObject({ global: false, callback_url_template: false });
    const { body: found } = await tenant.call('GET', `/clients/${body.client_id}`);
    expect(found).toMatchObject({ global: false, callback_url_template: false, signing_keys: body.signing_keys });
    const [key] = body.signing_keys;
    expect(Object.keys(key).sort()).toEqual(['cert', 'pkcs7', 'subject']);
    expect(key.subject).toBe('/CN=acme.example');
    expect(new x509.X509Certificate(key.cert).equal(certificate)).toBe(true);
    const bundle = new x509.X509Certificates(key.pkcs7.replace(/-----[A-Z0-9 ]+-----|\s/g, ''));
    expect(bundle.map((one) => one.equal(certificate))).toEqual([true]);
    expect(JSON.stringify(body)).not.toContain('hidden');
  });

  it('shows its tenant in a list, regardless of the requested fields, and the older name of one member', async () => {
    const { body: plain } = await tenant.call('POST', '/clients', { name: 'Older', cross_origin_authentication: true });
    const { body: listed } = await tenant.call('GET', '/clients?per_page=100');
    const one = listed.find(({ client_id }: { client_id: string }) => client_id === plain.client_id);
    expect(one).toMatchObject({ tenant: tenantName, cross_origin_auth: true, cross_origin_authentication: true });
    const { body: named } = await tenant.call('GET', '/clients?fields=name&include_fields=true');
    expect(named).toContainEqual({ tenant: tenantName, name: 'Older' });
    expect(plain).not.toHaveProperty('cross_origin_auth');
  });

  it('shows no key to a caller who may not read keys', async () => {
    const { body } = await tenant.call('GET', '/clients', undefined, { scopes: ['read:clients'] });
    expect(body.length).toBeGreaterThan(0);
    for (const one of body) expect(one).not.toHaveProperty('signing_keys');
  });
});

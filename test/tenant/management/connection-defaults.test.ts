import 'reflect-metadata';
import * as x509 from '@peculiar/x509';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { type ManagementFixture, openManagement } from './management-fixture.ts';

let tenant: ManagementFixture;
beforeAll(async () => {
  tenant = await openManagement();
});
afterAll(() => tenant.close());

let number = 0;
async function make(strategy: string, options: object = {}, members: object = {}) {
  number += 1;
  const { status, body } = await tenant.call('POST', '/connections', {
    name: `acme-${number}`,
    strategy,
    options,
    ...members,
  });
  expect(status, JSON.stringify(body)).toBe(201);
  return body;
}
const read = async (id: string) => (await tenant.call('GET', `/connections/${id}`)).body;
const change = async (id: string, options: object) =>
  (await tenant.call('PATCH', `/connections/${id}`, { options })).body;

describe('a new connection', () => {
  it.each([
    ['okta', {}, { type: 'back_channel', schema_version: 'oidc-V4', attribute_map: { mapping_mode: 'basic_profile' } }],
    ['oidc', { type: 'back_channel' }, { type: 'back_channel', connection_settings: { pkce: 'auto' } }],
    [
      'oidc',
      { oidc_metadata: { token_endpoint: 'https://idp.example/token' }, token_endpoint: null },
      { token_endpoint: 'https://idp.example/token' },
    ],
    [
      'google-oauth2',
      { gmail: true, profile: false },
      { email: true, profile: false, scope: ['email', 'https://mail.google.com/mail/feed/atom'] },
    ],
    [
      'google-apps',
      { domain: 'acme.example' },
      { email: true, handle_login_from_social: true, scope: ['email', 'profile'] },
    ],
    ['github', { email: true, read_org: true, repo: false }, { scope: ['user:email', 'read:org'] }],
    ['github', { email: true, scope: ['repo'] }, { scope: ['repo'] }],
    ['facebook', { email: true, public_profile: true }, { scope: 'email,public_profile' }],
    ['facebook', {}, { scope: '' }],
    ['linkedin', { basic_profile: true }, { profile: true, scope: ['r_liteprofile', 'r_basicprofile'] }],
    ['line', { email: true, scope: ['email', 'openid'] }, { scope: ['openid', 'email', 'profile'] }],
    ['windowslive', { graph_user: true, signin: true }, { scope: ['https://graph.microsoft.com/User.Read'] }],
    ['salesforce', {}, { scope: [] }],
    [
      'waad',
      {},
      { waad_protocol: 'openid-connect', should_trust_email_verified_connection: 'never_set_emails_as_verified' },
    ],
    ['samlp', { metadataXml: '<x/>' }, { bindingMethod: 'urn:oasis:names:tc:SAML:2.0:bindings:HTTP-Redirect' }],
    ['ad', {}, { ips: null, brute_force_protection: true }],
    ['email', {}, { brute_force_protection: true }],
    ['pingfederate', { pingFederateBaseUrl: 'https://ping.example' }, { signInEndpoint: 'https://ping.example' }],
  ])('of %s with %j has the options that Auth0 adds', async (strategy, options, expected) => {
    const { id, options: answered } = await make(strategy, options);
    expect(answered).toMatchObject(expected);
    expect((await read(id)).options).toMatchObject(expected);
  });

  it.each(['apple', 'twitter', 'custom'])('of %s has the options of the request alone', async (strategy) => {
    expect((await make(strategy, { client_id: 'id' })).options).toEqual({ client_id: 'id' });
  });

  it('of a company is no button, and says where its administrator sets it up', async () => {
    const { name, ...created } = await make('waad');
    const address = /^https:\/\/localhost:4000\/p\/waad\/\w{8}$/;
    expect(created).toMatchObject({
      show_as_button: false,
      display_name: name,
      provisioning_ticket_url: expect.stringMatching(address),
    });
    expect(await make('samlp', {}, { show_as_button: true })).toMatchObject({ show_as_button: true });
    expect(await make('github')).not.toHaveProperty('show_as_button');
    expect(await make('oidc')).not.toHaveProperty('provisioning_ticket_url');
  });

  it('can be where applications get access to other applications', async () => {
    const access = { cross_app_access_resource_app: { status: 'enabled' } };
    const { id } = await make('samlp', {}, access);
    expect(await read(id)).toMatchObject(access);
    const refused = { name: 'x', strategy: 'samlp', cross_app_access_resource_app: { status: 'perhaps' } };
    expect((await tenant.call('POST', '/connections', refused)).status).toBe(400);
  });

  it('of a company shows its applications in lists alone', async () => {
    const { id } = await make('oidc', {}, { enabled_clients: [tenant.managementClient.client_id] });
    expect(await read(id)).not.toHaveProperty('enabled_clients');
    const { body } = await tenant.call('GET', '/connections?strategy=oidc&per_page=100');
    expect(body.find((one: { id: string }) => one.id === id)).toMatchObject({
      enabled_clients: [tenant.managementClient.client_id],
    });
    expect(await read((await make('github')).id)).toMatchObject({ enabled_clients: [] });
  });

  it('shows the facts of its certificate, or none of one that cannot be read', async () => {
    const keys = await crypto.subtle.generateKey({ name: 'ECDSA', namedCurve: 'P-256' }, true, ['sign', 'verify']);
    const certificate = await x509.X509CertificateGenerator.createSelfSigned({
      name: 'CN=idp.example, O=Acme, C=DE',
      keys,
      notAfter: new Date('2040-01-02T03:04:05Z'),
    });
    const pem = certificate.toString('pem');
    const facts = {
      cert: pem,
      expires: '2040-01-02T03:04:05.000Z',
      subject: { commonName: 'idp.example', organizationName: 'Acme', countryName: 'DE' },
      thumbprints: [Buffer.from(await certificate.getThumbprint('SHA-1')).toString('hex')],
    };
    const signingCert = Buffer.from(pem).toString('base64');
    expect((await make('samlp', { signingCert })).options).toMatchObject({ signingCert, ...facts });
    const { options } = await make('pingfederate', { signingCert: pem });
    expect(options).toMatchObject(facts);
    expect(options).not.toHaveProperty('signingCert');
    expect((await make('samlp', { signingCert: 'bm90IG9uZQ==' })).options).not.toHaveProperty('thumbprints');
  });
});

describe('a changed connection', () => {
  it('has the options that Auth0 adds, and keeps those that no change has to repeat', async () => {
    const { id } = await make('oidc', { attribute_map: { mapping_mode: 'use_map' }, issuer: 'https://a.example' });
    expect((await change(id, { issuer: 'https://b.example', type: 'front_channel' })).options).toEqual({
      issuer: 'https://b.example',
      type: 'front_channel',
      schema_version: 'oidc-V4',
      attribute_map: { mapping_mode: 'bind_all' },
      connection_settings: { pkce: 'disabled' },
    });
    const { id: directory, options } = await make('waad');
    expect(options.app_domain).toBe('localhost:4000');
    expect((await change(directory, {})).options).toMatchObject({ app_domain: 'localhost:4000' });
    const { id: saml, options: first } = await make('samlp');
    expect(first).not.toHaveProperty('bindingMethod');
    expect(first.assertion_decryption_settings).toEqual({ algorithm_profile: 'v2026-1', algorithm_exceptions: [] });
    expect((await change(saml, {})).options).not.toHaveProperty('assertion_decryption_settings');
    const { id: github } = await make('github', { email: true });
    expect((await change(github, { gist: true })).options).toEqual({ gist: true, scope: ['gist'] });
    const { id: database } = await make('auth0', { brute_force_protection: false });
    expect((await change(database, { disable_signup: true })).options).toMatchObject({ brute_force_protection: true });
  });

  it('shows endpoints that were sent as null once', async () => {
    const blank = { authorizationURL: null, tokenURL: null };
    const { id, options } = await make('line', blank);
    expect(options).toMatchObject(blank);
    expect(Object.keys((await read(id)).options).sort()).toEqual(['profile', 'scope']);
    expect((await change(id, blank)).options).toMatchObject(blank);
    expect(await read(id)).toMatchObject({ options: expect.not.objectContaining(blank) });
  });
});

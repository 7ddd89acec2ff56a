import 'reflect-metadata';
import { createHash, X509Certificate } from 'node:crypto';
import * as x509 from '@peculiar/x509';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { database, goodPassword, type ManagementFixture, openManagement } from './management-fixture.ts';

let tenant: ManagementFixture;
beforeAll(async () => {
  tenant = await openManagement();
});
afterAll(() => tenant.close());

const call: ManagementFixture['call'] = (...parameters) => tenant.call(...parameters);

describe('a network ACL by curated lists', () => {
  const acl = (rule: object, priority = 1) => ({
    description: 'Curated',
    active: true,
    priority,
    rule: { action: { block: true }, scope: 'authentication', ...rule },
  });

  it('is taken in match and in not_match', async () => {
    const rule = {
      match: { auth0_managed: ['auth0.icloud_relay_proxy'] },
      not_match: { auth0_managed: ['auth0.low_reputation'] },
    };
    const { status, body } = await call('POST', '/network-acls', acl(rule));
    expect(status).toBe(201);
    expect(body.rule).toMatchObject(rule);
    const changed = await call('PUT', `/network-acls/${body.id}`, acl({ match: rule.not_match }));
    expect(changed.body.rule.match).toEqual({ auth0_managed: ['auth0.low_reputation'] });
  });

  it('is refused with a list that does not exist, or twice the same', async () => {
    const unknown = await call('POST', '/network-acls', acl({ match: { auth0_managed: ['auth0.nothing'] } }));
    expect(unknown).toMatchObject({
      status: 400,
      body: {
        message:
          'Invalid curated list name(s): auth0.nothing. Allowed curated list names are: auth0.low_reputation, auth0.icloud_relay_proxy',
      },
    });
    const twice = ['auth0.low_reputation', 'auth0.low_reputation'];
    expect((await call('POST', '/network-acls', acl({ match: { auth0_managed: twice } }))).body.message).toBe(
      "Payload validation error: 'Array items are not unique (indexes 0 and 1)' on property rule.match.auth0_managed.",
    );
  });
});

describe('provisioning of a connection', () => {
  const connection = async (strategy: string) =>
    (await call('POST', '/connections', { name: `from-${strategy}`, strategy, options: { domain: 'acme.example' } }))
      .body.id;

  it('by SCIM shows the tenant, and is deleted twice', async () => {
    const id = await connection('okta');
    const path = `/connections/${id}/scim-configuration`;
    const { body } = await call('POST', path, {});
    expect(body).toMatchObject({ tenant_name: expect.any(String), connection_id: id, strategy: 'okta' });
    expect((await call('DELETE', path)).status).toBe(204);
    expect((await call('DELETE', path)).status).toBe(204);
    expect((await call('GET', path)).status).toBe(404);
    expect((await call('DELETE', '/connections/con_0000000000000000/scim-configuration')).status).toBe(404);
  });

  it('by SCIM is refused for a database', async () => {
    const id = await connection('auth0');
    expect((await call('POST', `/connections/${id}/scim-configuration`, {})).body.message).toMatch(/inbound-scim\.$/);
  });

  it('by a directory keeps what is known of its groups, in the order of their ids', async () => {
    const id = await connection('google-apps');
    const path = `/connections/${id}/directory-provisioning`;
    const groups = `${path}/synchronized-groups`;
    await call('POST', path, { synchronize_groups: 'selected' });
    const staff = { id: 'b2', name: 'Staff', email: 'staff@acme.example', direct_members_count: 7 };
    expect((await call('PUT', groups, { groups: [staff, { id: 'a1' }] })).status).toBe(204);
    expect((await call('GET', `${groups}?take=50`)).body).toEqual({ groups: [{ id: 'a1' }, staff] });
    await call('POST', groups, { groups: [{ id: 'b2', name: 'All staff' }] });
    expect((await call('GET', `${groups}?take=50`)).body).toEqual({
      groups: [{ id: 'a1' }, { id: 'b2', name: 'All staff' }],
    });
    expect((await call('GET', `${groups}?q=name%3Aall*`)).body.groups).toHaveLength(1);
    expect((await call('GET', `${groups}?q=name%3Anothing*`)).body).toEqual({ groups: [] });
    expect((await call('POST', groups, { groups: [{ id: 'c3', email: '' }] })).body.message).toBe(
      "Payload validation error: 'Object didn't pass validation for format email: ' on property groups[0].email.",
    );
  });
});

describe('an organization', () => {
  it('shows the grant that was added to it by grant_id, and later by id', async () => {
    const { body: api } = await call('POST', '/resource-servers', { identifier: 'https://grants.example', scopes: [] });
    const { body: client } = await call('POST', '/clients', { name: 'Machine', app_type: 'non_interactive' });
    const { body: grant } = await call('POST', '/client-grants', {
      client_id: client.client_id,
      audience: api.identifier,
      scope: [],
      organization_usage: 'allow',
      allow_any_organization: true,
    });
    const { body: organization } = await call('POST', '/organizations', { name: 'granted' });
    const path = `/organizations/${organization.id}/client-grants`;
    const { body: added } = await call('POST', path, { grant_id: grant.id });
    expect(added).toEqual({
      grant_id: grant.id,
      client_id: client.client_id,
      audience: api.identifier,
      scope: [],
      organization_usage: 'allow',
      allow_any_organization: true,
    });
    expect((await call('GET', path)).body).toEqual([
      { ...added, grant_id: undefined, id: grant.id, subject_type: 'client' },
    ]);
  });

  it('loses a connection twice', async () => {
    const { body: organization } = await call('POST', '/organizations', { name: 'connected' });
    const { body: connection } = await call('POST', '/connections', { name: 'lost', strategy: 'auth0' });
    const path = `/organizations/${organization.id}/connections`;
    await call('POST', path, { connection_id: connection.id });
    expect((await call('DELETE', `${path}/${connection.id}`)).status).toBe(204);
    expect((await call('DELETE', `${path}/${connection.id}`)).status).toBe(204);
  });

  it('is listed with its association to an application, if the request names one', async () => {
    const { body: client } = await call('POST', '/clients', { name: 'Associated' });
    const { body: organization } = await call('POST', '/organizations', { name: 'associated' });
    await call('POST', `/organizations/${organization.id}/clients`, {
      clients: [{ client_id: client.client_id, use_for_member_access: true }],
    });
    const { body } = await call('GET', `/organizations?take=50&include_client_association_for=${client.client_id}`);
    expect(body.organizations.filter((one: object) => 'client' in one)).toEqual([
      expect.objectContaining({ name: 'associated', client: { use_for_member_access: true } }),
    ]);
  });

  it('lists the members that have a role in it', async () => {
    const { body: organization } = await call('POST', '/organizations', { name: 'roles' });
    const { body: role } = await call('POST', '/roles', {
      name: 'operator',
      type: 'organization',
      owner_id: organization.id,
    });
    const { body: user } = await call('POST', '/users', {
      connection: 'Username-Password-Authentication',
      email: 'operator@acme.example',
      password: 'correct Horse 1',
    });
    const path = `/organizations/${organization.id}/roles/${role.id}`;
    expect((await call('GET', `${path}/members?take=50`)).body).toEqual({ members: [] });
    await call('POST', `/organizations/${organization.id}/members`, { members: [user.user_id] });
    await call('POST', `/organizations/${organization.id}/members/${user.user_id}/roles`, { roles: [role.id] });
    expect((await call('GET', `${path}/members?take=50`)).body.members).toEqual([
      expect.objectContaining({ user_id: user.user_id, email: 'operator@acme.example' }),
    ]);
    expect((await call('GET', `${path}/groups?take=50`)).body).toEqual({ groups: [] });
    expect((await call('GET', `/organizations/${organization.id}/roles/rol_0000000000000000/members`)).status).toBe(
      404,
    );
  });
});

describe('a removal of what does not exist', () => {
  it.each([
    '/connection-profiles/cop_4hzRJPvU3WpOMPrtPs84oa',
    '/custom-domains/cd_6hxWGEsXvZyIUcoI',
    '/emails/provider',
    '/log-streams/lst_0000000000012793',
    '/rules/rul_6Jo3sm9pEwoAejSu',
    '/self-service-profiles/ssp_kRVNooW1CXsSWPmQ3nt47z',
    '/token-exchange-profiles/tep_J6in0iklGxk77b4h',
    '/user-attribute-profiles/uap_1csqsazuYYJRAXLDR6kwrN',
  ])('is answered like any other: %s', async (path) => {
    expect((await call('DELETE', path)).status).toBe(204);
  });

  it('is answered like any other for a discovery domain, unless the organization does not exist', async () => {
    const { body: organization } = await call('POST', '/organizations', { name: 'without-domains' });
    const path = 'discovery-domains/ord_1csvSKEkX1F6kcWzxCbAkm';
    expect((await call('DELETE', `/organizations/${organization.id}/${path}`)).status).toBe(204);
    expect((await call('DELETE', `/organizations/org_3rakkqQqspzYiycs/${path}`)).status).toBe(404);
  });

  it.each(['/flows/af_4hzRJPvU3WpOMPrtPs84oa', '/hooks/01ARZ3NDEKTSV4RRFFQ69G5FAV', '/roles/rol_6hxWGEsXvZyIUcoI'])(
    'is refused: %s',
    async (path) => {
      expect((await call('DELETE', path)).status).toBe(404);
    },
  );
});

describe('members that are not set', () => {
  it('are absent from a log stream without filters', async () => {
    const { body } = await call('POST', '/log-streams', {
      name: 'filtered',
      type: 'http',
      sink: { httpEndpoint: 'https://logs.example' },
      filters: [{ type: 'category', name: 'auth.login.fail' }],
    });
    expect(body.filters).toHaveLength(1);
    const { body: changed } = await call('PATCH', `/log-streams/${body.id}`, { filters: [] });
    expect(changed).not.toHaveProperty('filters');
    expect((await call('GET', `/log-streams/${body.id}`)).body).not.toHaveProperty('filters');
  });

  it('are removed from a custom domain by null', async () => {
    const { body } = await call('POST', '/custom-domains', {
      domain: 'login.acme.example',
      type: 'auth0_managed_certs',
      relying_party_identifier: 'acme.example',
      domain_metadata: { key1: 'value1', key2: 'value2' },
    });
    const path = `/custom-domains/${body.custom_domain_id}`;
    expect((await call('PATCH', path, { relying_party_identifier: null })).body).not.toHaveProperty(
      'relying_party_identifier',
    );
    const { body: changed } = await call('PATCH', path, { domain_metadata: { key1: 'value3', key2: null } });
    expect(changed.domain_metadata).toEqual({ key1: 'value3' });
  });

  it('have their defaults in the WebAuthn settings', async () => {
    const path = '/guardian/factors/webauthn-roaming/settings';
    expect((await call('PUT', path, { userVerification: 'preferred' })).status).toBe(200);
    expect((await call('GET', path)).body).toEqual({ userVerification: 'preferred', overrideRelyingParty: false });
  });

  it('let an OIDC connection of any type choose PKCE by itself', async () => {
    for (const type of ['front_channel', 'back_channel']) {
      const { body } = await call('POST', '/connections', {
        name: `oidc-${type.replace('_', '-')}`,
        strategy: 'oidc',
        options: { type, client_id: 'x', issuer: 'https://idp.example', jwks_uri: 'https://idp.example/jwks' },
      });
      expect(body.options.connection_settings).toEqual({ pkce: 'auto' });
    }
  });
});

describe('a connection with metadata', () => {
  it('of ADFS has its endpoint and the thumbprints of its certificates', async () => {
    const metadata = (certificate: string) =>
      `<EntityDescriptor><RoleDescriptor>${certificate}<fed:PassiveRequestorEndpoint><wsa:EndpointReference>` +
      '<wsa:Address>https://adfs.example/wsfed</wsa:Address></wsa:EndpointReference></fed:PassiveRequestorEndpoint>' +
      '</RoleDescriptor></EntityDescriptor>';
    const make = async (name: string, fedMetadataXml: string) =>
      (await call('POST', '/connections', { name, strategy: 'adfs', options: { fedMetadataXml } })).body.options;
    expect(await make('adfs-1', metadata(''))).toMatchObject({
      thumbprints: [],
      signInEndpoint: 'https://adfs.example/wsfed',
    });
    const [thumbprint] = (await make('adfs-2', metadata('<X509Certificate>AAAA</X509Certificate>'))).thumbprints;
    expect(thumbprint).toMatch(/^[0-9a-f]{40}$/);
  });

  it('of SAML has its endpoints instead, and one with an address of metadata has a binding', async () => {
    const service = (name: string, binding: string, location: string) =>
      `<md:${name} Binding="urn:oasis:names:tc:SAML:2.0:bindings:${binding}" Location="https://idp.example/${location}"/>`;
    const metadataXml =
      service('SingleLogoutService', 'HTTP-POST', 'out') +
      service('SingleSignOnService', 'HTTP-POST', 'post') +
      service('SingleSignOnService', 'HTTP-Redirect', 'in');
    const { body } = await call('POST', '/connections', { name: 'saml', strategy: 'samlp', options: { metadataXml } });
    const bindingMethod = 'urn:oasis:names:tc:SAML:2.0:bindings:HTTP-Redirect';
    expect(body.options).toMatchObject({
      bindingMethod,
      signInEndpoint: 'https://idp.example/in',
      signOutEndpoint: 'https://idp.example/out',
    });
    expect(body.options).not.toHaveProperty('metadataXml');
    const { body: changed } = await call('PATCH', `/connections/${body.id}`, {
      options: { metadataUrl: 'https://idp.example/metadata' },
    });
    expect(changed.options).toMatchObject({ bindingMethod });
  });
});

it('the form of the id of an event stream is checked before its length', async () => {
  expect((await call('GET', '/event-streams/est_short')).body.message).toBe(
    "Path validation error: 'Object didn't pass validation for format event-stream-id: est_short' on property id.",
  );
});

it('a changed rendering of a screen is answered as it was sent, and keeps the rest', async () => {
  const path = '/prompts/login/screen/login/rendering';
  const first = {
    rendering_mode: 'advanced',
    head_tags: [{ tag: 'script', attributes: { src: 'https://a.example' } }],
  };
  expect((await call('PATCH', path, first)).body).toEqual(first);
  expect((await call('PATCH', path, { rendering_mode: 'standard' })).body).toEqual({ rendering_mode: 'standard' });
  const { tenant: _, ...whole } = (await call('GET', path)).body;
  expect(whole).toMatchObject({ ...first, rendering_mode: 'standard' });
  expect((await call('GET', '/prompts/rendering')).body).toEqual([whole]);
});

describe('an application', () => {
  it('is answered as encrypted to the request that creates it, and to no other', async () => {
    const { body: created } = await call('POST', '/clients', { name: 'Named' });
    expect(created.encrypted).toBe(true);
    expect((await call('GET', `/clients/${created.client_id}`)).body).not.toHaveProperty('encrypted');
  });
});

describe('system APIs', () => {
  it('appear when an API with their identifier is created', async () => {
    const { status, body } = await call('POST', '/resource-servers', { identifier: 'urn:auth0:express-configure' });
    expect(status).toBe(201);
    expect(body).toMatchObject({
      name: 'Okta OIN Express Configuration API',
      scopes: [{ value: 'express_configure:sso' }, { value: 'express_configure:scim' }],
      token_lifetime: 300,
      enforce_policies: true,
      is_system: true,
      subject_type_authorization: { user: { policy: 'allow_all' }, client: { policy: 'deny_all' } },
    });
    expect((await call('PATCH', `/resource-servers/${body.id}`, { name: 'Mine' })).status).toBe(400);
    expect((await call('DELETE', `/resource-servers/${body.id}`)).status).toBe(204);
    expect((await call('GET', `/resource-servers/${body.id}`)).status).toBe(404);
  });
});

it('endpoints of an Okta connection that are sent as null are those of its domain', async () => {
  const { body } = await call('POST', '/connections', {
    name: 'okta-endpoints',
    strategy: 'okta',
    options: { domain: 'acme.okta.com', issuer: 'https://own.example', token_endpoint: null, userinfo_endpoint: null },
  });
  expect(body.options).toMatchObject({
    issuer: 'https://own.example',
    token_endpoint: 'https://acme.okta.com/oauth2/v1/token',
    userinfo_endpoint: 'https://acme.okta.com/oauth2/v1/userinfo',
  });
});

it('an invitation to an organization is in the outbox, unless the request asks for none', async () => {
  await call('PATCH', '/tenants/settings', { default_redirection_uri: 'https://acme.example/login' });
  const { body: organization } = await call('POST', '/organizations', { name: 'inviting', display_name: 'Acme' });
  const { body: client } = await call('POST', '/clients', { name: 'Inviting' });
  const invite = async (email: string, members: object = {}) =>
    (
      await call('POST', `/organizations/${organization.id}/invitations`, {
        inviter: { name: 'Ada' },
        invitee: { email },
        client_id: client.client_id,
        ...members,
      })
    ).body;
  const { invitation_url } = await invite('bob@acme.example');
  await invite('cyd@acme.example', { send_invitation_email: false });
  const [mail] = tenant.store.outbox.list({ page: 0, perPage: 1 }).rows;
  expect(mail).toMatchObject({
    to: 'bob@acme.example',
    subject: 'You are invited to Acme',
    text: expect.stringContaining('Ada'),
    links: [invitation_url],
  });
});

describe('rare requests', () => {
  it('the application that stands for all shows the members of an application', async () => {
    const [global] = (await call('GET', '/clients?is_global=true')).body;
    const { body } = await call('PATCH', `/clients/${global.client_id}`, { custom_login_page: '<html></html>' });
    expect(body).toMatchObject({
      name: 'All Applications',
      is_first_party: true,
      is_token_endpoint_ip_header_trusted: false,
      oidc_conformant: true,
      jwt_configuration: { alg: 'RS256' },
      sso: false,
      sso_disabled: false,
      custom_login_page_on: true,
      custom_login_page: '<html></html>',
    });
    expect(body).not.toHaveProperty('grant_types');
  });

  it('a strict third-party application has the strict defaults', async () => {
    const { body } = await call('POST', '/clients', {
      name: 'Theirs',
      is_first_party: false,
      third_party_security_mode: 'strict',
    });
    expect(body).toMatchObject({
      client_id: expect.stringMatching(/^tpc_/),
      oidc_conformant: true,
      grant_types: ['authorization_code'],
      jwt_configuration: { alg: 'RS256', lifetime_in_seconds: 3600 },
      refresh_token: { expiration_type: 'expiring', infinite_token_lifetime: false },
    });
    const { body: own } = await call('POST', '/clients', { name: 'Theirs', is_first_party: false });
    expect(own.client_id).not.toMatch(/^tpc_/);
  });

  it('a default organization of an application names the organization', async () => {
    const { body } = await call('POST', '/clients', { name: 'In no organization' });
    const change = { default_organization: { flows: ['client_credentials'] } };
    expect((await call('PATCH', `/clients/${body.client_id}`, change)).body).toMatchObject({
      statusCode: 400,
      message:
        "Payload validation error: 'Missing required property: organization_id' on property default_organization.",
    });
  });

  it('the key that encrypts the tokens of an API is not shown, and a certificate by its thumbprint', async () => {
    const keys = await crypto.subtle.generateKey({ name: 'ECDSA', namedCurve: 'P-256' }, true, ['sign', 'verify']);
    const certificate = (
      await x509.X509CertificateGenerator.createSelfSigned({ name: 'CN=api.example', keys })
    ).toString('pem');
    const key = { name: 'k', alg: 'RSA-OAEP-256', kid: '1' };
    const encryption = (pem: string) => ({ format: 'compact-nested-jwe', encryption_key: { ...key, pem } });
    const { body } = await call('POST', '/resource-servers', {
      identifier: 'https://encrypted.example',
      token_encryption: encryption(certificate),
    });
    expect(body.token_encryption.encryption_key).toEqual({
      ...key,
      thumbprint_sha256: createHash('sha256').update(new X509Certificate(certificate).raw).digest('base64url'),
    });
    const { body: plain } = await call('PATCH', `/resource-servers/${body.id}`, {
      token_encryption: encryption('-----BEGIN PUBLIC KEY-----\nMIIB\n-----END PUBLIC KEY-----\n'),
    });
    expect(plain.token_encryption.encryption_key).toEqual(key);
  });

  it('a change that empties metadata shows it, empty', async () => {
    const { body: user } = await call('POST', '/users', {
      connection: database,
      email: 'emptied@acme.example',
      password: goodPassword,
      user_metadata: { a: 1 },
    });
    const path = `/users/${encodeURIComponent(user.user_id)}`;
    const { body } = await call('PATCH', path, { user_metadata: {} });
    expect(body).toMatchObject({ user_metadata: {} });
    expect(body).not.toHaveProperty('app_metadata');
  });

  it('the answer to a link has the profiles of both accounts, without names that are made of addresses', async () => {
    const make = async (email: string) =>
      (await call('POST', '/users', { connection: database, email, password: goodPassword })).body.user_id;
    const [first, second] = [await make('first@acme.example'), await make('second@acme.example')];
    const { body } = await call('POST', `/users/${encodeURIComponent(first)}/identities`, {
      provider: 'auth0',
      user_id: second,
    });
    expect(body.map(({ profileData }: { profileData: { email: string } }) => profileData.email)).toEqual([
      'first@acme.example',
      'second@acme.example',
    ]);
    for (const { profileData } of body) expect(profileData).not.toHaveProperty('name');
    const { body: user } = await call('GET', `/users/${encodeURIComponent(first)}`);
    expect(user.identities[0]).not.toHaveProperty('profileData');
  });

  it('a database that contradicts itself is refused', async () => {
    const attributes = {
      phone_number: { identifier: { active: true }, profile_required: true, signup: { status: 'inactive' } },
    };
    const create = async (members: object) =>
      (await call('POST', '/connections', { name: 'contradicting', strategy: 'auth0', ...members })).body;
    expect(await create({ options: { attributes } })).toMatchObject({
      statusCode: 400,
      message: 'attribute phone_number must also be required on signup',
      errorCode: 'invalid_body',
    });
    expect(await create({ cross_app_access_requesting_app: { active: true } })).toMatchObject({
      statusCode: 400,
      message: 'Cross App Access Requesting App is not supported for this connection.',
      errorCode: 'operation_not_supported',
    });
  });
});

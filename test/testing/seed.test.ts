import { mkdirSync, mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { dirname, join } from 'node:path';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { exportTenant } from '../../src/testing/seed-export/export-tenant.ts';
import { startTenant, type TestTenant } from '../../src/testing/start-test-tenant.ts';

let folder: string;
beforeAll(() => {
  folder = mkdtempSync(join(tmpdir(), 'seed-'));
});
afterAll(() => rmSync(folder, { recursive: true, force: true }));

function write(files: Readonly<Record<string, unknown>>): void {
  for (const [path, content] of Object.entries(files)) {
    mkdirSync(dirname(join(folder, path)), { recursive: true });
    writeFileSync(join(folder, path), typeof content === 'string' ? content : JSON.stringify(content));
  }
}

const code =
  "exports.onExecutePostLogin = async (event, api) => api.idToken.setCustomClaim('https://x.test/it', '##WORD##');";

/** The same tenant in the two formats of the deploy CLI. */
const yaml = `rules: []
hooks: [{ name: old }]
tenant: { friendly_name: Acme, flags: { enable_sso: true } }
pages: []
emailProvider: {}
clients:
  - &web
    name: Web
    app_type: regular_web
    callbacks: @@CALLBACKS@@
  - { <<: *web, name: Second }
resourceServers:
  - { name: Auth0 Management API, identifier: 'https://other.eu.auth0.com/api/v2/' }
  - { name: API, identifier: 'https://api.example.com', scopes: [{ value: 'read:it', description: Read }] }
clientGrants:
  - { client_id: Web, audience: 'https://other.eu.auth0.com/api/v2/', scope: ['read:users'] }
databases:
  - { name: Username-Password-Authentication, strategy: auth0, enabled_clients: [Web, Deploy CLI], options: { brute_force_protection: true } }
connections:
  - { name: google-oauth2, strategy: google-oauth2, enabled_clients: [] }
roles:
  - { name: Reader, description: Reads, permissions: [{ permission_name: 'read:it', resource_server_identifier: 'https://api.example.com' }] }
actions:
  - { name: Word, code: ./actions/Word/code.js, runtime: node22, deployed: true, status: built, dependencies: [], secrets: [], supported_triggers: [{ id: post-login, version: v3 }] }
triggers: { post-login: [{ action_name: Word, display_name: Word }] }
organizations:
  - { name: acme, display_name: Acme, connections: [{ name: Username-Password-Authentication, assign_membership_on_login: false }] }
guardianFactors: [{ name: otp, enabled: true }]
attackProtection: { bruteForceProtection: { enabled: false } }
branding: { colors: { primary: '#123456' }, templates: [{ template: universal_login, body: ./branding_templates/universal_login.html }] }
prompts: { universal_login_experience: new, customText: { en: { login: { login: { title: Hello } } } } }
`;
const template = '<html><head>{%- auth0:head -%}</head><body>{%- auth0:widget -%}</body></html>';

/** The parts that the tests look at, by name. */
async function picture(tenant: TestTenant) {
  const management = tenant.management();
  const clients = (await management.clients.list({ is_global: false })).data;
  const nameOf = (id: string | undefined) => clients.find((one) => one.client_id === id)?.name;
  const connections = (await management.connections.list({ strategy: ['auth0'] })).data;
  const enabled = await management.connections.clients.get(connections[0]?.id ?? '');
  const roles = (await management.roles.list()).data;
  const reader = roles.find(({ name }) => name === 'Reader');
  return {
    clients: clients
      .map(({ name, callbacks }) => ({ name, callbacks }))
      .filter(({ name }) => name !== 'Portcullis Tenant Management')
      .sort((one, another) => String(one.name).localeCompare(String(another.name))),
    grants: (await management.clientGrants.list()).data
      .map(({ client_id, audience, scope }) => ({
        client: nameOf(client_id),
        own: audience?.startsWith(tenant.url),
        scope,
      }))
      .filter(({ client }) => client === 'Web'),
    enabled: enabled.data.map(({ client_id }) => nameOf(client_id)),
    roles: roles.map(({ name }) => name).sort(),
    permissions: (await management.roles.permissions.list(reader?.id ?? '')).data.map(
      ({ permission_name }) => permission_name,
    ),
    organizations: (await management.organizations.list()).data.map(({ name }) => name),
    factors: (await management.guardian.factors.list()).filter(({ enabled }) => enabled).map(({ name }) => name),
    colour: (await management.branding.get()).colors?.primary,
    text: await management.prompts.customText.get('login', 'en'),
    friendly: (await management.tenants.settings.get()).friendly_name,
  };
}

const expected = {
  clients: [
    { name: 'Second', callbacks: ['https://app.example.com/cb'] },
    { name: 'Web', callbacks: ['https://app.example.com/cb'] },
  ],
  grants: [{ client: 'Web', own: true, scope: ['read:users'] }],
  enabled: ['Web'],
  roles: ['Reader'],
  permissions: ['read:it'],
  organizations: ['acme'],
  factors: ['otp'],
  colour: '#123456',
  text: { login: { title: 'Hello' } },
  friendly: 'Acme',
};
const keywords = { CALLBACKS: ['https://app.example.com/cb'], WORD: 'gate' };
const una = { email: 'una@example.com', password: 'Open-1-gate', organizations: ['acme'], roles: ['Reader', 'New'] };

describe('a seed of the deploy CLI', () => {
  it('in its YAML format makes its tenant, and says what was not taken', async () => {
    write({
      'yaml/tenant.yaml': yaml,
      'yaml/actions/Word/code.js': code,
      'yaml/branding_templates/universal_login.html': template,
    });
    await using tenant = await startTenant({ seed: join(folder, 'yaml', 'tenant.yaml'), users: [una], keywords });
    expect(await picture(tenant)).toEqual({ ...expected, roles: ['New', 'Reader'] });
    expect(tenant.omissions).toEqual([
      { kind: 'hooks', reason: 'Auth0 has replaced Hooks by Actions.' },
      {
        kind: 'databases',
        name: 'Username-Password-Authentication',
        reason: 'The seed has no application "Deploy CLI", for which it is enabled.',
      },
    ]);
    const login = await tenant.signIn({ user: una.email, application: 'Web' });
    expect(login.claims['https://x.test/it']).toBe('gate');
    const organizations = (await tenant.management().users.organizations.list(login.claims.sub)).data;
    expect(organizations.map(({ name }) => name)).toEqual(['acme']);
    // The second application is enabled for no connection.
    expect((await tenant.signIn({ user: una.email, application: 'Second' })).denied).toBeDefined();
  });

  it('in its folder format makes the same tenant', async () => {
    write({
      'folder/tenant.json': { friendly_name: 'Acme', flags: { enable_sso: true } },
      'folder/clients/Web.json': '{"name":"Web","app_type":"regular_web","callbacks":"@@CALLBACKS@@"}',
      'folder/clients/Second.json': '{"name":"Second","app_type":"regular_web","callbacks":@@CALLBACKS@@}',
      'folder/resource-servers/API.json': {
        name: 'API',
        identifier: 'https://api.example.com',
        scopes: [{ value: 'read:it', description: 'Read' }],
      },
      'folder/grants/web.json': {
        client_id: 'Web',
        audience: 'https://other.eu.auth0.com/api/v2/',
        scope: ['read:users'],
      },
      'folder/database-connections/Users/database.json': {
        name: 'Username-Password-Authentication',
        strategy: 'auth0',
        enabled_clients: ['Web'],
        options: { brute_force_protection: true },
      },
      'folder/connections/google.json': { name: 'google-oauth2', strategy: 'google-oauth2', enabled_clients: [] },
      'folder/roles/Reader.json': {
        name: 'Reader',
        description: 'Reads',
        permissions: [{ permission_name: 'read:it', resource_server_identifier: 'https://api.example.com' }],
      },
      'folder/actions/Word.json': {
        name: 'Word',
        code: './actions/Word/code.js',
        runtime: 'node22',
        deployed: true,
        supported_triggers: [{ id: 'post-login', version: 'v3' }],
      },
      'folder/actions/Word/code.js': code,
      'folder/triggers/triggers.json': { 'post-login': [{ action_name: 'Word', display_name: 'Word' }] },
      'folder/organizations/acme.json': {
        name: 'acme',
        display_name: 'Acme',
        connections: [{ name: 'Username-Password-Authentication', assign_membership_on_login: false }],
      },
      'folder/guardian/factors/otp.json': { name: 'otp', enabled: true },
      'folder/attack-protection/brute-force-protection.json': { enabled: false },
      'folder/branding/branding.json': { colors: { primary: '#123456' } },
      'folder/branding/templates/universal_login.json': { template: 'universal_login', body: './universal_login.html' },
      'folder/branding/templates/universal_login.html': template,
      'folder/prompts/prompts.json': { universal_login_experience: 'new' },
      'folder/prompts/custom-text.json': { en: { login: { login: { title: 'Hello' } } } },
    });
    await using tenant = await startTenant({ seed: join(folder, 'folder'), keywords });
    expect(await picture(tenant)).toEqual(expected);
    expect(tenant.omissions).toEqual([]);
  });
});

describe('a seed as the deploy CLI writes it', () => {
  it('may leave out the strategy of a database, as the deploy CLI itself allows', async () => {
    await using tenant = await startTenant({ seed: { databases: [{ name: 'members' }] } as never });
    const { data } = await tenant.management().connections.list({ name: 'members' });
    expect(data.map(({ strategy }) => strategy)).toEqual(['auth0']);
  });

  it('registers a client with a metadata document by its address, with what the seed says about it', async () => {
    const client = {
      name: 'Assistant',
      external_client_id: 'https://assistant.example.com/client.json',
      callbacks: ['https://assistant.example.com/callback'],
    };
    await using tenant = await startTenant({ seed: { clients: [client] } as never });
    const { data } = await tenant.management().clients.list({ is_global: false });
    expect(data.filter(({ name }) => name === 'Assistant')).toMatchObject([client]);
  });

  it('names profiles and applications in an express configuration, and its export has the same names', async () => {
    const express_configuration = {
      initiate_login_uri_template: 'https://app.example.com/start?org={organization_name}&conn={connection_name}',
      user_attribute_profile_id: 'Reader',
      connection_profile_id: 'Branch',
      enable_client: true,
      enable_organization: true,
      okta_oin_client_id: 'Entry',
      admin_login_domain: 'login.example.com',
    };
    const user_attributes = {
      email: { label: 'E-mail', description: 'Address', profile_required: true, auth0_mapping: 'email' },
    };
    const seed = {
      clients: [
        { name: 'Entry', app_type: 'regular_web' },
        { name: 'Web', app_type: 'regular_web', express_configuration },
      ],
      connectionProfiles: [{ name: 'Branch' }],
      userAttributeProfiles: [{ name: 'Reader', user_attributes }],
    } as never;
    await using tenant = await startTenant({ seed });
    const { data } = await tenant.management().clients.list({ is_global: false });
    const idOf = (name: string) => data.find((client) => client.name === name)?.client_id;
    expect(data.find(({ name }) => name === 'Web')?.express_configuration).toMatchObject({
      user_attribute_profile_id: expect.stringMatching(/^uap_/),
      connection_profile_id: expect.stringMatching(/^cop_/),
      okta_oin_client_id: idOf('Entry'),
    });
    const ownClientId = String(tenant.env.AUTH0_MANAGEMENT_API_CLIENT_ID);
    const exported = await exportTenant(tenant.management(), { domain: tenant.domain, ownClientId, users: false });
    expect(exported.seed.clients).toContainEqual(expect.objectContaining({ name: 'Web', express_configuration }));
    const wrong = { clients: [{ name: 'Web', express_configuration: { connection_profile_id: 'None' } }] } as never;
    await expect(startTenant({ seed: wrong })).rejects.toMatchObject({
      code: 'seed_reference_missing',
      message: expect.stringContaining('clients "Web": connection_profile_id names the connection profile "None"'),
    });
  });

  it('and its export keep the API of which an application is a resource server', async () => {
    const seed = {
      resourceServers: [{ name: 'Loans', identifier: 'https://loans.example.com' }],
      clients: [
        { name: 'Loans', app_type: 'resource_server', resource_server_identifier: 'https://loans.example.com' },
      ],
    } as never;
    await using tenant = await startTenant({ seed });
    const ownClientId = String(tenant.env.AUTH0_MANAGEMENT_API_CLIENT_ID);
    const exported = await exportTenant(tenant.management(), { domain: tenant.domain, ownClientId, users: false });
    expect(exported.seed.clients).toMatchObject([{ resource_server_identifier: 'https://loans.example.com' }]);
    await using again = await startTenant({ seed: exported.seed as never });
    const { data } = await again.management().clients.list({ is_global: false });
    expect(data.find(({ name }) => name === 'Loans')).toMatchObject({
      resource_server_identifier: 'https://loans.example.com',
    });
  });

  it('says that no custom domain is the default one, and takes the domain', async () => {
    const domain = { domain: 'login.shop.example', type: 'auth0_managed_certs', is_default: true, status: 'ready' };
    await using tenant = await startTenant({ seed: { customDomains: [domain] } });
    expect(tenant.omissions).toEqual([
      {
        kind: 'customDomains',
        name: 'login.shop.example',
        reason: 'A local tenant verifies no custom domain, so this one is not the default.',
      },
    ]);
    const domains = await tenant.management().customDomains.list();
    expect(domains).toMatchObject([{ domain: 'login.shop.example', is_default: false }]);
  });

  it('associates applications with an organization, by their names', async () => {
    const clients = [{ client_id: 'Shop', use_for_member_access: true }];
    const seed = { clients: [{ name: 'Shop' }], organizations: [{ name: 'acme', clients }] };
    await using tenant = await startTenant({ seed });
    expect(tenant.omissions).toEqual([]);
    const { id } = await tenant
      .management()
      .organizations.getByName('acme')
      .then((one) => one as { id: string });
    const { data } = await tenant.management().organizations.clients.list(id);
    expect(data).toMatchObject([{ use_for_member_access: true, client: { name: 'Shop' } }]);
    const unknown = { organizations: [{ name: 'acme', clients: [{ client_id: 'Shops' }] }] };
    await expect(startTenant({ seed: unknown })).rejects.toMatchObject({
      code: 'seed_reference_missing',
      message: expect.stringContaining('clients names the application "Shops"'),
    });
  });

  it('says that an export has no credentials for privileged access to the token vault', async () => {
    const client = { name: 'Vault', token_vault_privileged_access: { ip_allowlist: [] } };
    await using tenant = await startTenant({ seed: { clients: [client] } as never });
    expect(tenant.omissions).toEqual([
      {
        kind: 'clients',
        name: 'Vault',
        reason: 'Its token_vault_privileged_access has no credentials in an export.',
      },
    ]);
    const { data } = await tenant.management().clients.list({ is_global: false });
    expect(data.map(({ name }) => name)).toContain('Vault');
  });
});

describe('several seeds', () => {
  it('add to each other: a later one changes what an earlier one created', async () => {
    const first = { clients: [{ name: 'Web', callbacks: ['https://one.example.com/'] }], roles: [{ name: 'A' }] };
    const second = {
      clients: [{ name: 'Web', callbacks: ['https://two.example.com/'] }],
      roles: [{ name: 'A', description: 'a' }],
    };
    await using tenant = await startTenant({ seed: [first, second] });
    const management = tenant.management();
    const clients = (await management.clients.list({ is_global: false })).data.filter(({ name }) => name === 'Web');
    expect(clients.map(({ callbacks }) => callbacks)).toEqual([['https://two.example.com/']]);
    expect((await management.roles.list()).data.map(({ description }) => description)).toEqual(['a']);
  });
});

describe('a seed with a mistake', () => {
  const refused = async (seed: unknown) =>
    startTenant({ seed: seed as never }).then(
      () => undefined,
      (error: { code: string; message: string; remedy: string }) => error,
    );

  it.each([
    [{ client: [] }, 'seed_invalid', /client: there is no such name\. Did you mean "clients"\?/],
    [{ clients: { name: 'x' } }, 'seed_invalid', /clients: expected a list, found a map/],
    [{ users: [{ mail: 'x' }] }, 'seed_invalid', /users\[0\]\.mail: there is no such name\. Did you mean "email"/],
    [{ users: [{ password: 'x' }] }, 'seed_invalid', /a user has an email, a username or a phone_number/],
    [[], undefined, undefined],
    [{ clients: [{ name: 'x', callback: [] }] }, 'seed_refused', /clients "x": .*callback/],
    [
      { clientGrants: [{ client_id: 'x', audience: 'y' }] },
      'seed_reference_missing',
      /client_id names the application "x"/,
    ],
    [{ users: [{ email: 'a@b.de', organizations: ['x'] }] }, 'seed_reference_missing', /organization "x"/],
    [{ users: [{ email: 'nonsense' }] }, 'seed_refused', /users\[0\]/],
    [{ users: [{ email: 'a@b.de', connection: 'x' }] }, 'seed_reference_missing', /connection "x"/],
    [
      {
        tokenExchangeProfiles: [
          { name: 'P', type: 'custom_authentication', subject_token_type: 'urn:p.example:token', action: 'Exchange' },
        ],
      },
      'seed_reference_missing',
      /tokenExchangeProfiles "P": there is no "Exchange" in actions/,
    ],
    [{ users: [{ email: 'a@b.de', password: 'x', connection: 'google-oauth2' }] }, 'seed_invalid', /google-oauth2/],
    [{ triggers: { 'post-login': [{ action_name: 'x' }] } }, 'seed_refused', /triggers "post-login"/],
    ['./nowhere', 'seed_unreadable', /There is no .*nowhere/],
  ])('%j is refused with %s', async (seed, code, message) => {
    const error = await refused(seed);
    expect(error?.code).toBe(code);
    if (message !== undefined) expect(error?.message).toMatch(message);
  });

  it('says which secrets have no value, and takes the rest', async () => {
    write({
      'valueless/greet.js': 'exports.onExecutePostLogin = async () => {};',
      'valueless/tenant.yaml': `actions:
  - { name: Greet, code: ./greet.js, secrets: [{ name: KEY }, { name: OTHER, value: x }], supported_triggers: [{ id: post-login, version: v3 }] }`,
    });
    await using tenant = await startTenant({ seed: join(folder, 'valueless') });
    expect(tenant.omissions).toEqual([
      { kind: 'actions', name: 'Greet', reason: 'Its secret KEY has no value. Write one in the seed.' },
    ]);
    const { data } = await tenant.management().actions.list();
    expect(data[0]?.secrets?.map(({ name }) => name)).toEqual(['OTHER']);
  });

  it('needs no values for the CAPTCHA providers that every export of the deploy CLI names', async () => {
    const captcha = `{ active_provider_id: auth_challenge, hcaptcha: { site_key: '', secret: '##CAPTCHA_HCAPTCHA_SECRET##' } }`;
    write({ 'captcha/tenant.yaml': `attackProtection: { captcha: ${captcha} }` });
    await using tenant = await startTenant({ seed: join(folder, 'captcha') });
    expect(tenant.omissions).toEqual([]);
    expect((await tenant.management().attackProtection.captcha.get()).active_provider_id).toBe('auth_challenge');
  });

  it('names the file and the line', async () => {
    write({ 'broken/tenant.yaml': 'clients:\n  - name: x\n bad: [\n' });
    expect(await refused(join(folder, 'broken'))).toMatchObject({ code: 'seed_unreadable', line: 3 });
    write({ 'half/tenant.yaml': `actions: [{ name: A, code: ./missing.js }]` });
    expect((await refused(join(folder, 'half')))?.message).toMatch(/There is no .*missing\.js, which the seed names/);
    write({ 'outside/tenant.yaml': `actions: [{ name: A, code: ../../etc/passwd }]` });
    expect((await refused(join(folder, 'outside')))?.message).toMatch(/outside the folder of the seed/);
    write({ 'json/clients/a.json': '{"name":' });
    expect((await refused(join(folder, 'json')))?.message).toMatch(/a\.json is no JSON/);
    write({ 'secret/tenant.yaml': `clients: [{ name: '##NAME##', client_secret: '##SECRET##' }]` });
    expect(await refused(join(folder, 'secret'))).toMatchObject({
      code: 'seed_keyword_missing',
      message: expect.stringMatching(/NAME, SECRET/),
    });
    write({ 'seed.toml': '' });
    expect((await refused(join(folder, 'seed.toml')))?.message).toMatch(/neither YAML nor JSON/);
  });
});

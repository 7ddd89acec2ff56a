// A tenant that was exported and seeded again is the same tenant.
import { mkdirSync, mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { dirname, join } from 'node:path';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { readSeed } from '../../src/testing/seed/read-seed.ts';
import type { Members } from '../../src/testing/seed/seed.ts';
import { type ExportFormat, exportFiles } from '../../src/testing/seed-export/export-files.ts';
import { type ExportedTenant, exportTenant } from '../../src/testing/seed-export/export-tenant.ts';
import { startTenant, type TestTenant } from '../../src/testing/start-test-tenant.ts';
import { secrets, writeWholeTenant } from '../tools/deploy-cli/whole-tenant.ts';

const omitNothing = ({ kind }: { readonly kind: string }) => expect.fail(`${kind} is not taken`);

let folder: string;
beforeAll(() => {
  folder = mkdtempSync(join(tmpdir(), 'seed-export-'));
});
afterAll(() => rmSync(folder, { recursive: true, force: true }));

const FORMATS: readonly ExportFormat[] = ['yaml', 'directory'];

function written(seed: Members, format: ExportFormat, users?: readonly Members[]): string {
  const out = mkdtempSync(join(folder, `${format}-`));
  for (const { path, content } of exportFiles(seed, users, format)) {
    mkdirSync(dirname(join(out, path)), { recursive: true });
    writeFileSync(join(out, path), content);
  }
  return out;
}

const exported = (tenant: TestTenant, users = true): Promise<ExportedTenant> =>
  exportTenant(tenant.management(), {
    domain: tenant.domain,
    ownClientId: String(tenant.env.AUTH0_MANAGEMENT_API_CLIENT_ID),
    users,
  });

describe('the export of a tenant with a resource of every kind', () => {
  let original: ExportedTenant;
  beforeAll(async () => {
    writeWholeTenant(join(folder, 'whole'), 'https://shop.eu.auth0.com/api/v2/');
    const users = [
      { email: 'una@example.com', username: 'una', connection: 'customers', password: 'Open-1-gate', roles: ['Clerk'] },
      { email: 'bob@example.com', username: 'bob', connection: 'customers', organizations: ['wholesale'] },
    ];
    await using tenant = await startTenant({ seed: join(folder, 'whole'), keywords: secrets, users });
    expect(tenant.omissions).toEqual([{ kind: 'rules', reason: 'Auth0 has replaced Rules by Actions.' }]);
    original = await exported(tenant);
  });

  it('has names in place of IDs, keywords in place of secrets, and nothing of the tenant itself', () => {
    const text = JSON.stringify(original);
    for (const secret of Object.values(secrets)) if (secret !== 'mailer') expect(text).not.toContain(secret);
    expect(original.keywords).toEqual([
      'CONNECTIONS_FACEBOOK_SECRET',
      'CONNECTIONS_STAFF_SECRET',
      'EMAIL_SMTP_SMTP_PASS',
      'MODULES_LEDGER_LEDGER_KEY',
      'TWILIO_AUTH_TOKEN',
    ]);
    expect(original.omissions).toEqual([]);
    expect(text).not.toMatch(/Portcullis|"(?:con|rol|org|cgr|af|ac|ap)_/);
    const { eventStreams, flows, forms, tokenExchangeProfiles, clientGrants } = original.seed as Record<
      string,
      unknown
    >;
    expect(JSON.stringify(eventStreams)).toContain('"action_id":"Note new customers"');
    expect(JSON.stringify(flows)).toContain('"connection_id":"This tenant"');
    expect(JSON.stringify(forms)).toContain('"flow_id":"Ask for the address"');
    expect(JSON.stringify(tokenExchangeProfiles)).toContain('"action":"Exchange tokens"');
    expect(JSON.stringify(clientGrants)).toContain('"client_id":"Nightly","audience":"https://localhost:4000/api/v2/"');
    // A connection that is disabled stays with its organization.
    expect(original.seed.organizations).toMatchObject([
      { name: 'wholesale', connections: [{ is_enabled: false, organization_access_level: 'limited' }] },
    ]);
    expect(original.users?.map(({ username, roles, organizations }) => ({ username, roles, organizations }))).toEqual(
      expect.arrayContaining([
        { username: 'una', roles: ['Clerk'], organizations: undefined },
        { username: 'bob', roles: undefined, organizations: ['wholesale'] },
      ]),
    );
  });

  it('seeds an empty tenant, whose export is equal', async () => {
    const keywords = Object.fromEntries(original.keywords.map((keyword) => [keyword, `value of ${keyword}`]));
    const [yaml = '', directory = ''] = FORMATS.map((format) => written(original.seed, format, original.users));
    expect(sorted(readSeed(directory, folder, keywords, omitNothing))).toEqual(
      sorted(readSeed(yaml, folder, keywords, omitNothing)),
    );
    await using tenant = await startTenant({ seed: yaml, keywords });
    expect(tenant.omissions).toEqual([]);
    expect(await exported(tenant)).toEqual(original);
  });
});

it('the export leaves out what has no meaning elsewhere, and names it', async () => {
  const policy = {
    applications: ['APEX'],
    claim: 'https://apex.test/roles',
    landingPage: 'https://apex.test/refused',
    defaultRole: 'APEX User',
  };
  const code = 'exports.onExecutePostLogin = async () => {};';
  const supported_triggers = [{ id: 'post-login', version: 'v3' }];
  const actions = [
    { name: 'Draft', code, supported_triggers },
    { name: 'Changed', code, supported_triggers, deployed: true },
  ];
  await using tenant = await startTenant({ policy, seed: { actions }, users: [{ email: 'una@example.com' }] });
  const management = tenant.management();
  const { data } = await management.actions.list({ actionName: 'Changed' });
  await management.actions.update(data[0]?.id ?? '', { code: `${code} // a draft` });
  await management.clients.create({ name: 'APEX' });
  const { seed, omissions, users } = await exported(tenant, false);
  expect(users).toBeUndefined();
  expect(seed).toMatchObject({
    clients: [{ name: 'APEX' }],
    roles: [{ name: 'APEX User' }],
    actions: [
      { name: 'Changed', code, deployed: true },
      { name: 'Draft', deployed: false },
    ],
  });
  expect(seed).not.toHaveProperty('triggers');
  expect(omissions).toEqual([
    { kind: 'clients', name: 'Portcullis Gate', reason: expect.stringContaining('--policy FILE') },
    { kind: 'clients', name: 'APEX', reason: 'Another application has the same name.' },
    { kind: 'actions', name: 'Changed', reason: 'Its draft has changes that are not deployed.' },
  ]);
});

it.each(FORMATS)('texts, and names that no file may have, survive the format %s', (format) => {
  const named = ['../up', 'con', 'Same', 'same', 'a/b\\c: *?', '...', ''];
  const seed = {
    actions: named.map((name) => ({ name, code: `// ${name}`, deployed: true })),
    clients: [
      { name: 'Web', custom_login_page: '<html>Ours</html>' },
      { name: 'No', description: '2026-01-01', client_metadata: { yes: 'no', on: '~', date: '2026-01-01T00:00:00Z' } },
    ],
    clientGrants: [
      { client_id: 'Web', audience: 'https://a.example.com/', scope: [] },
      { client_id: 'Web', audience: 'https://b.example.com/', scope: [] },
    ],
    connections: [{ name: 'email', strategy: 'email', options: { email: { body: '<p>{{ code }}</p>' } } }],
    databases: named.map((name) => ({ name, strategy: 'auth0', options: { customScripts: { login: `// ${name}` } } })),
    emailTemplates: [{ template: 'welcome_email', body: 'Hello\n' }],
    forms: [{ name: 'a/b', nodes: [] }],
    pages: [{ name: 'login', html: '<html></html>', enabled: true }],
    prompts: {
      identifier_first: true,
      customText: { en: { login: { login: { title: 'x' } } } },
      partials: { login: { login: { 'form-content-start': '<p>x</p>' } } },
      screenRenderers: [
        { prompt: 'login', screen: 'login', rendering_mode: 'advanced' },
        { prompt: 'login', screen: 'other', rendering_mode: 'standard' },
      ],
    },
    guardianFactors: [{ name: 'otp', enabled: true }],
    attackProtection: { bruteForceProtection: { enabled: true }, suspiciousIpThrottling: { enabled: false } },
    customDomains: [{ domain: 'login.example.com', type: 'auth0_managed_certs' }],
    branding: { colors: { primary: '#123456' }, templates: [{ template: 'universal_login', body: '<html></html>' }] },
  };
  const users = [{ email: 'una@example.com' }];
  const read = readSeed(written(seed, format, users), folder, {}, omitNothing);
  expect(sorted(read)).toEqual(sorted({ ...seed, users }));
});

/** The kinds with their resources in one order: a folder has none. */
function sorted(seed: object): Record<string, unknown> {
  return Object.fromEntries(
    Object.entries(seed).map(([kind, content]) => {
      if (!Array.isArray(content)) return [kind, content];
      return [kind, content.map((one) => JSON.stringify(one, Object.keys(flat(one)).sort())).sort()];
    }),
  );
}

/** Every name at any depth, so that the order of members does not matter. */
function flat(value: unknown): Record<string, true> {
  if (typeof value !== 'object' || value === null) return {};
  const own = Array.isArray(value) ? [] : Object.keys(value).map((name) => [name, true]);
  return Object.assign(Object.fromEntries(own), ...Object.values(value).map(flat));
}

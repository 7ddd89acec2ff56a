import * as client from 'openid-client';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import type { Policy } from '../../src/policy/policy.ts';
import { EXAMPLE_GEOIP } from '../../src/tenant/actions/triggers/event-template.ts';
import { createHttpBrowser, type Page } from '../../src/testing/http-browser.ts';
import { gatePolicy } from '../gate-policy.ts';
import { type RelyingParty, signIn } from '../sign-in-with-openid-client.ts';
import { type DeployedTenant, startDeployedTenant } from './deployed-tenant.ts';

const PASSWORD = 'A-long-passw0rd!';
const CALLBACK = 'https://apex.test/ords/apex_authentication.callback';
const PAGES = 'https://apex.test/ords/r/team';
const country = EXAMPLE_GEOIP.countryCode ?? '';
const { defaultRole: _, ...plain } = gatePolicy;

const company: Policy = {
  ...plain,
  applications: ['APEX', 'HR'],
  landingPage: `${PAGES}/app/refused`,
  landingPages: { HR: `${PAGES}/hr/refused` },
  organizationPrefix: '',
  organizations: [],
  reasonClaim: 'https://apex.example.com/rule',
  refuse: [
    { rule: 'left the company', when: { email: ['jo@water.example'] }, because: 'This account was closed.' },
    { rule: 'abroad', when: { not: [{ country: [country] }] } },
  ],
  admit: [
    {
      rule: 'water company',
      when: {
        emailDomain: ['water.example'],
        connection: ['Username-Password-Authentication'],
        network: ['127.0.0.0/8', '::1'],
      },
      roles: ['ORG:WATER'],
    },
    { rule: 'administrators', when: { role: ['APEX Admin'] }, roles: [], mfa: true },
    {
      rule: 'personnel',
      when: { application: ['HR'], appMetadata: { department: ['personnel'] } },
      roles: ['HR User'],
    },
  ],
  otherwise: 'refuse',
};

describe('the rules of a policy on a tenant', () => {
  let local: DeployedTenant;
  const parties: Record<string, RelyingParty> = {};
  beforeAll(async () => {
    local = await startDeployedTenant({ loopbackGeoip: EXAMPLE_GEOIP });
    const { management, tenant } = local;
    const { client_id: hr = '' } = await management.clients.create({ name: 'HR', app_type: 'regular_web' });
    for await (const connection of await management.connections.list()) {
      await management.connections.clients.update(connection.id ?? '', [{ client_id: hr, status: true }]);
    }
    await local.apply(company);
    for (const [name, id] of [
      ['APEX', local.application],
      ['HR', hr],
    ] as const) {
      const { client_secret: clientSecret = '' } = await management.clients.get(id);
      parties[name] = { issuer: tenant.url, clientId: id, clientSecret, redirectUri: CALLBACK };
    }
    for (const email of ['ann@water.example', 'jo@water.example', 'una@elsewhere.example']) await local.person(email);
    const pia = await local.person('pia@elsewhere.example');
    await management.users.update(pia, { app_metadata: { department: 'personnel' } });
    const ada = await local.person('ada@elsewhere.example');
    const { id: admin = '' } = await management.roles.create({ name: 'APEX Admin' });
    await management.roles.users.assign(admin, { users: [ada] });
  });
  afterAll(() => local.tenant.close());

  const party = (name: string): RelyingParty =>
    parties[name] ?? { issuer: '', clientId: '', clientSecret: '', redirectUri: '' };
  const claimsOf = async (application: string, username: string) =>
    (await signIn(party(application), { username, password: PASSWORD })).claims();

  /** The page or the address of APEX that a visit ends on. */
  async function visit(application: string, username: string): Promise<Page> {
    const { issuer, clientId, redirectUri } = party(application);
    const query = new URLSearchParams({
      client_id: clientId,
      response_type: 'code',
      redirect_uri: redirectUri,
      scope: 'openid',
      state: client.randomState(),
    });
    const browser = createHttpBrowser();
    const page = await browser.open(new URL(`authorize?${query}`, issuer));
    const state = page.url.searchParams.get('state') ?? '';
    const stopAt = 'https://apex.test/';
    return await browser.submit(page.url, { state, username, password: PASSWORD, action: 'default' }, { stopAt });
  }

  it('admit by domain, connection and network, with the role and the rule in the tokens', async () => {
    expect(await claimsOf('APEX', 'ann@water.example')).toMatchObject({
      [company.claim]: ['ORG:WATER'],
      'https://apex.example.com/rule': 'water company',
    });
  });

  it('admit to one application by metadata, and to no other', async () => {
    expect(await claimsOf('HR', 'pia@elsewhere.example')).toMatchObject({ [company.claim]: ['HR User'] });
    const { url } = await visit('APEX', 'pia@elsewhere.example');
    expect(url.href).toBe(`${PAGES}/app/refused?reason=no_matching_rule`);
  });

  it('refuse by a rule, at each application with its own landing page and the rule that has a sentence', async () => {
    for (const [application, page] of [
      ['APEX', 'app'],
      ['HR', 'hr'],
    ] as const) {
      const { url } = await visit(application, 'jo@water.example');
      expect(url.href).toBe(`${PAGES}/${page}/refused?reason=refuse_rule&rule=left%20the%20company`);
    }
  });

  it('ask for a factor, refuse the login if the tenant has none, and do not ask a user who is refused', async () => {
    const { url } = await visit('APEX', 'ada@elsewhere.example');
    expect(url.href).toMatch(/^https:\/\/apex\.test\/ords\/apex_authentication\.callback\?.*error=access_denied/);
    await local.management.guardian.factors.set('otp', { enabled: true });
    expect((await visit('APEX', 'ada@elsewhere.example')).url.pathname).toBe('/u/mfa-otp-enrollment-qr');
    expect((await visit('APEX', 'una@elsewhere.example')).url.pathname).toBe('/ords/r/team/app/refused');
  });

  it('refuse a user of a country that is not on the list', async () => {
    await local.apply({ ...company, refuse: [{ rule: 'abroad', when: { not: [{ country: ['AQ'] }] } }] });
    expect((await visit('APEX', 'ann@water.example')).url.href).toBe(`${PAGES}/app/refused?reason=refuse_rule`);
    await local.apply(company);
  });

  it('cost a returning user no request to the Management API', async () => {
    await claimsOf('APEX', 'ann@water.example');
    const entries = (await local.management.logs.list({ per_page: 100 })).data;
    const before = entries.filter(({ type }) => type === 'sapi' || type === 'seccft').length;
    await claimsOf('APEX', 'ann@water.example');
    const after = (await local.management.logs.list({ per_page: 100 })).data;
    expect(after.filter(({ type }) => type === 'sapi' || type === 'seccft').length).toBe(before);
  });
});

import { afterEach, beforeEach, describe, expect, it } from 'vitest';
import { Browser, locationOf } from './browser.ts';
import { authorizeUrl, exchange, payloadOf } from './login-steps.ts';
import { PASSWORD, type RunningTenant, startTenant } from './running-tenant.ts';

let tenant: RunningTenant;
let browser: Browser;
beforeEach(async () => {
  tenant = await startTenant();
  browser = new Browser();
  organize('org_one', 'one');
  organize('org_two', 'two');
  organize('org_three', 'three');
  tenant.store.organizations.addMembers('org_one', ['auth0|ada']);
  tenant.store.organizations.addMembers('org_two', ['auth0|ada']);
});
afterEach(() => tenant.close());

function ask(organization_require_behavior: string, more: Record<string, string[]> = {}) {
  const web = tenant.store.clients.find('web');
  if (web === undefined) throw new Error('no client');
  const other = { organization_usage: 'require', organization_require_behavior, ...more };
  tenant.store.clients.update({ ...web, other });
}

function organize(id: string, name: string) {
  const connection = {
    connection_id: 'con_db',
    assign_membership_on_login: false,
    show_as_button: true,
    is_signup_enabled: false,
  };
  tenant.store.organizations.insert({ id, name, display_name: name.toUpperCase(), connections: [connection] });
}

const open = (parameters: Record<string, string> = {}) => browser.follow(authorizeUrl(tenant, parameters));
const stateOf = (url: URL) => url.searchParams.get('state') ?? '';
const errorOf = (url: URL) => [url.searchParams.get('error'), url.searchParams.get('error_description')];

/** Sends the form of the page, and follows the redirects. */
async function send(page: URL, fields: Record<string, string>) {
  const response = await browser.post(page, { state: stateOf(page), ...fields });
  const next = locationOf(response, page);
  return next === undefined ? { response, url: page } : browser.follow(next);
}

async function organizationOf(url: URL): Promise<unknown> {
  const { body } = await exchange(tenant, url.searchParams.get('code') ?? '');
  return payloadOf(body.id_token).org_id;
}

describe('a login of an application that lets its users choose an organization after the sign-in', () => {
  beforeEach(() => ask('post_login_prompt'));

  it('shows the organizations of the user, and goes on with the chosen one', async () => {
    const login = await open();
    expect(login.url.pathname).toBe('/u/login');
    const picker = await browser.signIn(login.url, 'ada@example.com', PASSWORD);
    expect(picker.url.pathname).toBe('/u/organization');
    const html = await picker.response.text();
    expect([...html.matchAll(/name="organization" value="(\w+)">(\w+)</g)].map((found) => found.slice(1, 3))).toEqual([
      ['org_one', 'ONE'],
      ['org_two', 'TWO'],
    ]);
    expect(tenant.actions.runs).toHaveLength(0);
    expect(tenant.logs.map(({ type }) => type)).not.toContain('s');
    const { url } = await send(picker.url, { organization: 'org_two' });
    expect(url.searchParams.get('state')).toBe('rp-state');
    expect(await organizationOf(url)).toBe('org_two');
    expect(tenant.actions.runs.map(({ organization }) => organization?.id)).toEqual(['org_two']);
    expect(tenant.logs.filter(({ type }) => type === 's')).toHaveLength(1);
  });

  it('asks again with a session, and a user who had to sign in signs in once', async () => {
    const login = await open({ prompt: 'login' });
    const picker = await browser.signIn(login.url, 'ada@example.com', PASSWORD);
    expect((await send(picker.url, { organization: 'org_one' })).url.searchParams.has('code')).toBe(true);
    const again = await open();
    expect(again.url.pathname).toBe('/u/organization');
    expect(await organizationOf((await send(again.url, { organization: 'org_two' })).url)).toBe('org_two');
  });

  it('does not ask a user of one organization', async () => {
    tenant.store.organizations.removeMembers('org_two', ['auth0|ada']);
    const { url } = await browser.signIn((await open()).url, 'ada@example.com', PASSWORD);
    expect(await organizationOf(url)).toBe('org_one');
    expect(await organizationOf((await open({ prompt: 'none' })).url)).toBe('org_one');
  });

  it('refuses a user without an organization, in Auth0’s words', async () => {
    tenant.store.organizations.removeMembers('org_one', ['auth0|ada']);
    tenant.store.organizations.removeMembers('org_two', ['auth0|ada']);
    const { url } = await browser.signIn((await open()).url, 'ada@example.com', PASSWORD);
    expect(errorOf(url)).toEqual([
      'invalid_request',
      'client requires organization membership, but user does not belong to any organization',
    ]);
  });

  it('refuses an organization that the user is no member of, on the page and after the choice', async () => {
    const picker = await browser.signIn((await open()).url, 'ada@example.com', PASSWORD);
    for (const organization of ['org_three', 'one', '']) {
      const refused = await send(picker.url, { organization });
      expect(refused.response.status).toBe(400);
      expect(await refused.response.text()).toContain('The organization you have entered is invalid');
    }
    const response = await browser.post(picker.url, { state: stateOf(picker.url), organization: 'org_one' });
    tenant.store.organizations.removeMembers('org_one', ['auth0|ada']);
    const { url } = await browser.follow(locationOf(response, picker.url) ?? picker.url);
    expect(errorOf(url)).toEqual(['access_denied', 'user auth0|ada is not part of the org_one organization']);
  });

  it('is not continued by another browser, another state, twice, or after a logout', async () => {
    const picker = await browser.signIn((await open()).url, 'ada@example.com', PASSWORD);
    const fields = { state: stateOf(picker.url), organization: 'org_one' };
    expect((await new Browser().post(picker.url, fields)).status).toBe(400);
    expect((await browser.post(picker.url, { ...fields, state: 'x' })).status).toBe(400);
    const resume = locationOf(await browser.post(picker.url, fields), picker.url) ?? picker.url;
    expect((await new Browser().get(resume)).status).toBe(400);
    expect((await browser.follow(resume)).url.searchParams.has('code')).toBe(true);
    expect((await browser.get(resume)).status).toBe(400);
    const second = await open();
    await browser.follow(new URL('/v2/logout', tenant.issuer));
    expect((await browser.post(second.url, { ...fields, state: stateOf(second.url) })).status).toBe(400);
  });

  it('fails silently if there is a choice', async () => {
    const picker = await browser.signIn((await open()).url, 'ada@example.com', PASSWORD);
    await send(picker.url, { organization: 'org_one' });
    expect(errorOf((await open({ prompt: 'none' })).url)[0]).toBe('interaction_required');
  });

  it('needs no choice if the application names the organization', async () => {
    const { url } = await browser.signIn((await open({ organization: 'org_two' })).url, 'ada@example.com', PASSWORD);
    expect(await organizationOf(url)).toBe('org_two');
  });
});

describe('a login of an application that asks for the name of the organization first', () => {
  beforeEach(() => ask('pre_login_prompt'));

  it('asks for the name, then for the password, and goes on', async () => {
    const page = await open();
    expect(page.url.pathname).toBe('/u/organization');
    expect(await page.response.text()).toContain('name="organizationName"');
    for (const organizationName of ['nowhere', 'org_two', '']) {
      const refused = await send(page.url, { organizationName });
      expect(refused.response.status).toBe(400);
    }
    const login = await send(page.url, { organizationName: ' Two ' });
    expect(login.url.pathname).toBe('/u/login');
    const { url } = await browser.signIn(login.url, 'ada@example.com', PASSWORD);
    expect(await organizationOf(url)).toBe('org_two');
  });

  it('finds the organization by the verified domain of an address, if the application allows it', async () => {
    const domain = (id: string, members: Record<string, string | boolean>, organization = 'org_two') =>
      tenant.store.records.put(
        { kind: '/organizations/{id}/discovery-domains', parent: `organizations/${organization}` },
        id,
        members,
      );
    domain('ord_1', { domain: 'Two.example', status: 'verified' });
    domain('ord_2', { domain: 'pending.example', status: 'pending' });
    domain('ord_3', { domain: 'other.example', status: 'verified', use_for_organization_discovery: false });
    expect((await send((await open()).url, { organizationName: 'ada@two.example' })).response.status).toBe(400);
    ask('pre_login_prompt', { organization_discovery_methods: ['email'] });
    const page = await open();
    for (const organizationName of ['two', 'ada@pending.example', 'ada@other.example', 'two.example', '@two.example']) {
      expect((await send(page.url, { organizationName })).response.status, organizationName).toBe(400);
    }
    const login = await send(page.url, { organizationName: 'Ada@TWO.example' });
    expect(login.url.pathname).toBe('/u/login');
    const { url } = await browser.signIn(login.url, 'ada@example.com', PASSWORD);
    expect(await organizationOf(url)).toBe('org_two');
  });

  it('asks with a session too, and no password again', async () => {
    const login = await send((await open()).url, { organizationName: 'two' });
    await browser.signIn(login.url, 'ada@example.com', PASSWORD);
    const page = await open();
    expect(page.url.pathname).toBe('/u/organization');
    expect(await organizationOf((await send(page.url, { organizationName: 'one' })).url)).toBe('org_one');
  });

  it('refuses a user who is no member', async () => {
    const login = await send((await open()).url, { organizationName: 'three' });
    const { url } = await browser.signIn(login.url, 'ada@example.com', PASSWORD);
    expect(errorOf(url)).toEqual(['access_denied', 'user auth0|ada is not part of the org_three organization']);
  });

  it('needs a sign-in if there is no session, silently', async () => {
    expect(errorOf((await open({ prompt: 'none' })).url)[0]).toBe('login_required');
  });
});

it('an application that must name the organization is refused without one', async () => {
  ask('no_prompt');
  expect(errorOf((await open()).url)).toEqual([
    'invalid_request',
    'parameter organization is required for this client',
  ]);
});

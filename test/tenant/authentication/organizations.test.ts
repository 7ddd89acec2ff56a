import { afterEach, beforeEach, describe, expect, it } from 'vitest';
import { Browser } from './browser.ts';
import { authorizeUrl, exchange, logIn, payloadOf, requestToken, userinfo } from './login-steps.ts';
import { API, continueOutcome, PASSWORD, type RunningTenant, SECRET, startTenant } from './running-tenant.ts';

let tenant: RunningTenant;
beforeEach(async () => {
  tenant = await startTenant();
  usage('allow');
  organize('org_one', 'one');
  organize('org_two', 'two');
  tenant.store.organizations.addMembers('org_one', ['auth0|ada']);
});
afterEach(() => tenant.close());

function usage(organization_usage: string | undefined) {
  const web = tenant.store.clients.find('web');
  if (web === undefined) throw new Error('no client');
  tenant.store.clients.update({ ...web, other: organization_usage === undefined ? {} : { organization_usage } });
}

function organize(id: string, name: string, assign = false, connection_id = 'con_db') {
  const connection = {
    connection_id,
    assign_membership_on_login: assign,
    show_as_button: true,
    is_signup_enabled: false,
  };
  const record = { id, name, display_name: name.toUpperCase(), metadata: { plan: 'gold' }, connections: [connection] };
  if (tenant.store.organizations.find(id) === undefined) tenant.store.organizations.insert(record);
  else tenant.store.organizations.update(record);
}

const errorOf = (url: URL) => [url.searchParams.get('error'), url.searchParams.get('error_description')];
const notIn = (id: string, user = 'auth0|ada') => [
  'access_denied',
  `user ${user} is not part of the ${id} organization`,
];

describe('a login to an organization', () => {
  it('shows the organization in tokens and user info, to Actions, and in every refresh', async () => {
    const scope = 'openid offline_access read:orders';
    const { url } = await logIn(tenant, undefined, { organization: 'org_one', scope, audience: API });
    const { body } = await exchange(tenant, url.searchParams.get('code') ?? '');
    for (const token of [body.id_token, body.access_token]) {
      expect(payloadOf(token).org_id).toBe('org_one');
      expect(payloadOf(token)).not.toHaveProperty('org_name');
    }
    expect(tenant.actions.runs[0]?.organization?.id).toBe('org_one');
    expect(await (await userinfo(tenant, String(body.access_token))).json()).toMatchObject({ org_id: 'org_one' });
    const refresh = { grant_type: 'refresh_token', refresh_token: String(body.refresh_token) };
    const next = await requestToken(tenant, refresh);
    expect(payloadOf(next.body.access_token).org_id).toBe('org_one');
    expect(tenant.actions.runs[1]?.organization?.id).toBe('org_one');

    tenant.store.organizations.removeMembers('org_one', ['auth0|ada']);
    const refused = await requestToken(tenant, refresh);
    expect([refused.status, refused.body.error, refused.body.error_description]).toEqual([403, ...notIn('org_one')]);
    expect((await userinfo(tenant, String(body.access_token))).status).toBe(401);
  });

  it('is refused to users who are not members: on the login page, with a session and silently', async () => {
    const browser = new Browser();
    expect(errorOf((await logIn(tenant, browser, { organization: 'org_two' })).url)).toEqual(notIn('org_two'));
    expect(errorOf((await logIn(tenant, browser, { organization: 'org_two' })).url)).toEqual(notIn('org_two'));
    const silent = { organization: 'org_two', prompt: 'none' };
    expect(errorOf((await browser.follow(authorizeUrl(tenant, silent))).url)).toEqual(notIn('org_two'));
    expect(tenant.actions.runs).toHaveLength(0);
    expect((await logIn(tenant, browser, { organization: 'org_one' })).url.searchParams.has('code')).toBe(true);
  });

  it('fails if the membership ends while the Actions run', async () => {
    tenant.actions.onRun = () => {
      tenant.store.organizations.removeMembers('org_one', ['auth0|ada']);
      return continueOutcome();
    };
    expect(errorOf((await logIn(tenant, undefined, { organization: 'org_one' })).url)).toEqual(notIn('org_one'));
  });

  it('fails if the membership ends before the code is redeemed', async () => {
    const { url } = await logIn(tenant, undefined, { organization: 'org_one' });
    tenant.store.organizations.removeMembers('org_one', ['auth0|ada']);
    const { status, body } = await exchange(tenant, url.searchParams.get('code') ?? '');
    expect([status, body.error, body.error_description]).toEqual([403, ...notIn('org_one')]);
  });

  it('makes the user a member if the connection says so', async () => {
    organize('org_two', 'two', true);
    const { url } = await logIn(tenant, undefined, { organization: 'org_two' });
    expect(url.searchParams.has('code')).toBe(true);
    expect(tenant.store.organizations.isMember('org_two', 'auth0|ada')).toBe(true);
  });

  it('refuses a connection that the organization has not enabled', async () => {
    organize('org_one', 'one', false, 'con_google');
    const browser = new Browser();
    const page = await browser.follow(authorizeUrl(tenant, { organization: 'org_one' }));
    const { response } = await browser.signIn(page.url, 'ada@example.com', PASSWORD);
    expect(response.status).toBe(400);
    await logIn(tenant, browser);
    const again = await browser.follow(authorizeUrl(tenant, { organization: 'org_one' }));
    expect(again.url.pathname).toBe('/u/login');
  });

  it.each([
    [undefined, 'org_one', 'parameter organization is not allowed for this client'],
    ['deny', 'org_one', 'parameter organization is not allowed for this client'],
    ['require', '', 'parameter organization is required for this client'],
    ['allow', 'one', 'authorization request parameter organization must be an organization id'],
    ['allow', 'org_none', 'parameter organization is invalid'],
  ])('is refused with organization_usage %s and organization %j', async (set, organization, description) => {
    usage(set);
    const { url } = await logIn(tenant, undefined, { organization });
    expect(errorOf(url)).toEqual(['invalid_request', description]);
  });

  it('accepts the organization’s name if the tenant allows names', async () => {
    tenant.store.settings.set('tenant_settings', { allow_organization_name_in_authentication_api: true });
    const { url } = await logIn(tenant, undefined, { organization: 'One' });
    const { body } = await exchange(tenant, url.searchParams.get('code') ?? '');
    expect(payloadOf(body.id_token)).toMatchObject({ org_id: 'org_one', org_name: 'one' });
  });

  it('is refused with a reason by invitation, password grant and client credentials', async () => {
    const invited = await logIn(tenant, undefined, { organization: 'org_one', invitation: 'x' });
    expect(errorOf(invited.url)[0]).toBe('invalid_request');
    const machine = { grant_type: 'client_credentials', audience: tenant.managementAudience, organization: 'org_one' };
    expect((await requestToken(tenant, machine)).body.error).toBe('invalid_request');
    const password = { grant_type: 'password', username: 'ada@example.com', password: PASSWORD };
    expect((await requestToken(tenant, { ...password, organization: 'org_one' })).body.error).toBe('invalid_request');
    usage('require');
    expect((await requestToken(tenant, password)).body.error).toBe('invalid_request');
  });
});

describe('a URL with {organization_name}', () => {
  const own = (name: string, path = '/cb') => `https://${name}.apps.example.com${path}`;
  beforeEach(() => {
    const web = tenant.store.clients.find('web');
    if (web === undefined) throw new Error('no client');
    tenant.store.clients.update({
      ...web,
      callbacks: [own('{organization_name}')],
      allowed_logout_urls: [own('{organization_name}', '/bye'), 'https://bye.{organization_name}'],
      web_origins: [own('{organization_name}', '')],
    });
  });
  const ask = async (redirect_uri: string, parameters: Record<string, string>) =>
    (await fetch(authorizeUrl(tenant, { redirect_uri, ...parameters }), { redirect: 'manual' })).status;

  it('is a callback of the organization that the login is for, and of no other', async () => {
    const browser = new Browser();
    const { url } = await logIn(tenant, browser, { organization: 'org_one', redirect_uri: own('one') });
    expect(url.href).toMatch(/^https:\/\/one\.apps\.example\.com\/cb\?code=/);
    const code = url.searchParams.get('code') ?? '';
    expect((await exchange(tenant, code, { redirect_uri: own('one') })).status).toBe(200);
    expect(await ask(own('two'), { organization: 'org_one' })).toBe(403);
    expect(await ask(own('one'), {})).toBe(403);
    expect(await ask(own('{organization_name}'), { organization: 'org_one' })).toBe(403);
    expect(await ask(own('one'), { organization: 'org_unknown' })).toBe(403);
    usage(undefined);
    expect(await ask(own('one'), { organization: 'org_one' })).toBe(403);
  });

  it('is a web origin of the organization', async () => {
    const message = { response_mode: 'web_message', prompt: 'none', organization: 'org_one' };
    const answer = await fetch(authorizeUrl(tenant, { redirect_uri: own('one'), ...message }));
    expect(await answer.text()).toContain('login_required');
  });

  it('lets pages of existing organizations call the tenant', async () => {
    const allowed = async (origin: string) => {
      const body = new URLSearchParams({ grant_type: 'refresh_token', client_id: 'web', client_secret: SECRET });
      const answer = await fetch(new URL('oauth/token', tenant.issuer), { method: 'POST', headers: { origin }, body });
      return answer.headers.get('access-control-allow-origin');
    };
    for (const name of ['one', 'two']) expect(await allowed(own(name, ''))).toBe(own(name, ''));
    for (const name of ['three', 'one.two', '{organization_name}']) expect(await allowed(own(name, ''))).toBeNull();
    usage('deny');
    expect(await allowed(own('one', ''))).toBeNull();
  });

  it('is a logout URL of the organization that the user signed in to', async () => {
    const bye = (name: string) => `/v2/logout?client_id=web&returnTo=${encodeURIComponent(own(name, '/bye'))}`;
    const logOut = async (browser: Browser, path: string) =>
      (await browser.get(new URL(path, tenant.issuer).href)).status;
    const browser = new Browser();
    await logIn(tenant, browser, { organization: 'org_one', redirect_uri: own('one') });
    expect(await logOut(browser, bye('two'))).toBe(400);
    expect(await logOut(browser, bye('{organization_name}'))).toBe(400);
    expect(await logOut(browser, '/v2/logout?client_id=web&returnTo=https://bye.one')).toBe(400);
    expect(await logOut(browser, bye('one'))).toBe(302);
    expect(await logOut(browser, bye('one'))).toBe(400);
  });
});

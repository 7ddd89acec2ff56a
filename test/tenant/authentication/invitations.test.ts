import { afterEach, beforeEach, describe, expect, it } from 'vitest';
import type { JsonObject } from '../../../src/tenant/store/json-value.ts';
import { Browser, locationOf } from './browser.ts';
import { authorizeUrl, exchange, logIn, payloadOf } from './login-steps.ts';
import { PASSWORD, type RunningTenant, redirectOutcome, startTenant } from './running-tenant.ts';

let tenant: RunningTenant;
beforeEach(async () => {
  tenant = await startTenant();
  const web = tenant.store.clients.find('web');
  if (web === undefined) throw new Error('no client');
  tenant.store.clients.update({ ...web, other: { organization_usage: 'allow' } });
  tenant.store.organizations.insert({
    id: 'org_one',
    name: 'one',
    connections: [
      { connection_id: 'con_db', assign_membership_on_login: false, show_as_button: true, is_signup_enabled: true },
    ],
  });
  tenant.store.roles.insert({ id: 'rol_clerk', name: 'Clerk', description: 'Clerk' });
});
afterEach(() => tenant.close());

const place = { kind: '/organizations/{id}/invitations', parent: 'organizations/org_one' };
function invite(email: string, members: JsonObject = {}) {
  tenant.store.records.put(place, 'uinv_1', {
    ticket_id: 'ticket',
    invitee: { email },
    inviter: { name: 'Ann' },
    organization_id: 'org_one',
    expires_at: new Date(Date.now() + 60_000).toISOString(),
    ...members,
  });
}
const parameters = { organization: 'org_one', invitation: 'ticket' };
const errorOf = (url: URL) => [url.searchParams.get('error'), url.searchParams.get('error_description')];
const isMember = (user = 'auth0|ada') => tenant.store.organizations.isMember('org_one', user);
const isOpen = () => tenant.store.records.find(place, 'uinv_1') !== undefined;
const types = () => tenant.logs.map(({ type }) => type).filter((type) => ['si', 'fi'].includes(type));
const firstPageOf = async (browser: Browser, extra: Record<string, string> = {}) =>
  browser.follow(authorizeUrl(tenant, { ...parameters, ...extra }));

describe('an invitation to an organization', () => {
  it('makes the invited user a member, with its roles and metadata, once', async () => {
    invite('Ada@example.com', {
      roles: ['rol_clerk', 'rol_gone'],
      app_metadata: { department: 'sales' },
      user_metadata: { language: 'de' },
    });
    const { url } = await logIn(tenant, undefined, parameters);
    const { body } = await exchange(tenant, url.searchParams.get('code') ?? '');
    expect(payloadOf(body.id_token).org_id).toBe('org_one');
    expect(isMember()).toBe(true);
    const roles = tenant.store.organizations.memberRoles('org_one', 'auth0|ada', { page: 0, perPage: 5 }).rows;
    expect(roles.map(({ id }) => id)).toEqual(['rol_clerk']);
    expect(tenant.store.users.find('auth0|ada')).toMatchObject({
      app_metadata: { department: 'sales' },
      user_metadata: { language: 'de' },
    });
    // The Actions of this login see it already.
    expect(tenant.actions.runs[0]?.user.app_metadata).toEqual({ department: 'sales' });
    expect(types()).toEqual(['si']);
    expect(isOpen()).toBe(false);
    const again = await logIn(tenant, undefined, parameters);
    expect(errorOf(again.url)).toEqual(['invalid_request', 'invitation not found or already used']);
  });

  it('begins with the page to log in, and the invited address', async () => {
    invite('ada@example.com');
    const { url, response } = await firstPageOf(new Browser(), { login_hint: 'other@example.com' });
    expect(url.pathname).toBe('/u/login');
    expect(await response.text()).toContain('value="ada@example.com"');
  });

  it('begins with the page to sign up for a user who has no account, and for no other address', async () => {
    invite('new@example.com');
    const browser = new Browser();
    const { url, response } = await firstPageOf(browser);
    expect(url.pathname).toBe('/u/signup');
    expect(await response.text()).toContain('value="new@example.com"');
    const state = url.searchParams.get('state') ?? '';
    const other = await browser.post(url, { state, email: 'other@example.com', password: PASSWORD, action: 'default' });
    expect(other.status).toBe(400);
    expect(await other.text()).toContain('The invitation is for new@example.com.');
    expect(
      tenant.store.users.findInConnection('Username-Password-Authentication', { email: 'other@example.com' }),
    ).toBe(undefined);
    const signedUp = await browser.post(url, {
      state,
      email: 'new@example.com',
      password: PASSWORD,
      action: 'default',
    });
    const end = await browser.follow(locationOf(signedUp, url) ?? '');
    expect(end.url.searchParams.get('code')).toBeTruthy();
    expect(types()).toEqual(['si']);
  });

  it('lets a user sign up where the organization itself offers no sign-up, and names the organization', async () => {
    const organization = tenant.store.organizations.find('org_one');
    if (organization === undefined) throw new Error('no organization');
    const connections = organization.connections.map((one) => ({ ...one, is_signup_enabled: false }));
    tenant.store.organizations.update({ ...organization, display_name: 'One & Co', connections });
    invite('new@example.com');
    const { url, response } = await firstPageOf(new Browser());
    expect(url.pathname).toBe('/u/signup');
    expect(await response.text()).toContain(
      'You are invited to <bdi class="name">One &amp; Co</bdi>. Sign up to continue',
    );
    // Without an invitation it stays closed.
    const uninvited = await new Browser().follow(
      authorizeUrl(tenant, { organization: 'org_one', screen_hint: 'signup' }),
    );
    expect(uninvited.url.pathname).toBe('/u/login');
  });

  it('leads to the database that it names, and opens no other', async () => {
    const { store } = tenant;
    const database = store.connections.findByName('Username-Password-Authentication');
    const organization = store.organizations.find('org_one');
    if (database === undefined || organization === undefined) throw new Error('the tenant is incomplete');
    store.connections.insert({ ...database, id: 'con_partners', name: 'partners' });
    const [first] = organization.connections;
    if (first === undefined) throw new Error('no connection');
    const connections = [
      { ...first, is_signup_enabled: false },
      { ...first, connection_id: 'con_partners', is_signup_enabled: false },
    ];
    store.organizations.update({ ...organization, connections });
    invite('new@example.com', { connection_id: 'con_partners' });
    const browser = new Browser();
    const { url } = await firstPageOf(browser);
    expect(url.pathname).toBe('/u/signup');
    const state = url.searchParams.get('state') ?? '';
    const account = { state, email: 'new@example.com', password: PASSWORD, action: 'default' };
    const end = await browser.follow(locationOf(await browser.post(url, account), url) ?? '');
    expect(end.url.searchParams.get('code')).toBeTruthy();
    expect(store.users.findInConnection('partners', { email: 'new@example.com' })).toBeDefined();
    expect(store.users.findInConnection(database.name, { email: 'new@example.com' })).toBeUndefined();
  });

  it.each([
    ['another account', 'bob@example.com', {}],
    ['an account of another connection', 'ada@example.com', { connection_id: 'con_other' }],
  ])('is used up by %s, which stays outside', async (_, email, members) => {
    invite(email, members);
    const { url } = await logIn(tenant, undefined, parameters);
    expect(errorOf(url)).toEqual([
      'access_denied',
      'the specified account is not allowed to accept the current invitation',
    ]);
    expect(isMember()).toBe(false);
    expect(isOpen()).toBe(false);
    expect(types()).toEqual(['fi']);
    expect(tenant.actions.runs).toEqual([]);
  });

  it.each([
    ['has expired', { expires_at: new Date(Date.now() - 1).toISOString() }, {}],
    ['does not exist', {}, { invitation: 'other' }],
    ['is for another organization', {}, { organization: 'org_two' }],
  ])('is refused before the login page if it %s', async (_, members, extra) => {
    tenant.store.organizations.insert({ id: 'org_two', name: 'two', connections: [] });
    invite('ada@example.com', members);
    const { url } = await firstPageOf(new Browser(), extra);
    expect(errorOf(url)).toEqual(['invalid_request', 'invitation not found or already used']);
    expect(isMember()).toBe(false);
  });

  it('is accepted by two browsers at once only once', async () => {
    invite('ada@example.com');
    const ends = await Promise.all([1, 2, 3].map(() => logIn(tenant, new Browser(), parameters)));
    expect(ends.filter(({ url }) => url.searchParams.has('code'))).not.toHaveLength(0);
    expect(types()).toEqual(['si']);
  });

  it('lets a login that an Action redirected go on', async () => {
    invite('ada@example.com');
    const browser = new Browser();
    tenant.actions.onRun = () => redirectOutcome('https://forms.example.com/ask');
    const away = await logIn(tenant, browser, parameters);
    expect(isMember()).toBe(true);
    const back = await browser.follow(new URL(`continue?state=${away.url.searchParams.get('state')}`, tenant.issuer));
    expect(back.url.searchParams.get('code')).toBeTruthy();
  });
});

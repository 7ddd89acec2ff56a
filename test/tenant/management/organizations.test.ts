import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { database, goodPassword, type ManagementFixture, openManagement } from './management-fixture.ts';

let tenant: ManagementFixture;
beforeAll(async () => {
  tenant = await openManagement();
});
afterAll(() => tenant.close());

let count = 0;
const make = async (body: object = {}) => {
  count += 1;
  return (await tenant.call('POST', '/organizations', { name: `org-${count}`, ...body })).body;
};
const makeUser = async () => {
  count += 1;
  const user = { connection: database, email: `user${count}@example.com`, password: goodPassword };
  return (await tenant.call('POST', '/users', user)).body;
};

describe('an organization', () => {
  it('is created, found by id and by name, changed and deleted', async () => {
    const created = await make({ display_name: 'Acme', metadata: { a: '1', b: '2' } });
    expect(created).toEqual({
      id: expect.stringMatching(/^org_[A-Za-z0-9]{16}$/),
      name: created.name,
      display_name: 'Acme',
      metadata: { a: '1', b: '2' },
      third_party_client_access: 'block',
      is_app_entitlement_active: false,
    });
    expect((await tenant.call('GET', `/organizations/name/${created.name}`)).body).toEqual(created);
    const patch = { display_name: 'Other', third_party_client_access: 'allow', is_app_entitlement_active: true };
    const { body } = await tenant.call('PATCH', `/organizations/${created.id}`, patch);
    expect(body).toEqual({ ...created, ...patch });
    expect((await tenant.call('GET', `/organizations/${created.id}`)).body).toEqual(body);
    expect((await tenant.call('DELETE', `/organizations/${created.id}`)).status).toBe(204);
    expect(await tenant.call('GET', `/organizations/${created.id}`)).toMatchObject({
      status: 404,
      body: { statusCode: 404, error: 'Not Found', message: 'No organization found by that id or name' },
    });
  });

  it('has the metadata of its last change, as a whole', async () => {
    const { id } = await make({ metadata: { plan: 'gold', region: 'eu' } });
    const change = async (body: object) => (await tenant.call('PATCH', `/organizations/${id}`, body)).body.metadata;
    expect(await change({ display_name: 'Acme' })).toEqual({ plan: 'gold', region: 'eu' });
    expect(await change({ metadata: { plan: 'gold' } })).toEqual({ plan: 'gold' });
    expect(await change({ metadata: { plan: null, tier: '1' } })).toEqual({ tier: '1' });
    expect(await change({ metadata: {} })).toEqual({});
  });

  it('refuses what third-party applications cannot be allowed', async () => {
    const refused = await tenant.call('POST', '/organizations', { name: 'x', third_party_client_access: 'some' });
    expect(refused).toMatchObject({ status: 400, body: { errorCode: 'invalid_body' } });
  });

  it('has a unique name in lower case', async () => {
    const { name } = await make();
    expect((await tenant.call('POST', '/organizations', { name })).status).toBe(409);
    expect((await tenant.call('POST', '/organizations', { name: 'Not Good' })).status).toBe(400);
  });
});

describe('connections of an organization', () => {
  it('are added, changed and removed', async () => {
    const { id } = await make();
    const { id: connection_id } = tenant.store.connections.findByName(database) ?? { id: '' };
    const path = `/organizations/${id}/enabled_connections`;
    const { status, body } = await tenant.call('POST', path, { connection_id, assign_membership_on_login: true });
    expect(status).toBe(201);
    expect(body).toEqual({
      connection_id,
      assign_membership_on_login: true,
      show_as_button: true,
      is_signup_enabled: false,
      connection: { name: database, strategy: 'auth0' },
    });
    expect((await tenant.call('GET', path)).body).toEqual([body]);
    expect((await tenant.call('POST', path, { connection_id })).status).toBe(409);
    const refused = await tenant.call('PATCH', `${path}/${connection_id}`, {
      is_signup_enabled: true,
      assign_membership_on_login: false,
    });
    expect(refused.body.errorCode).toBe('invalid_body');
    const changed = await tenant.call('PATCH', `${path}/${connection_id}`, { is_signup_enabled: true });
    expect(changed.body.is_signup_enabled).toBe(true);
    expect((await tenant.call('DELETE', `${path}/${connection_id}`)).status).toBe(204);
    expect((await tenant.call('GET', `${path}/${connection_id}`)).body.message).toBe('No connection found by that id');
  });

  it('have an access level at the newer address, and sign-up if they are of a database', async () => {
    const { id } = await make();
    const { body: enterprise } = await tenant.call('POST', '/connections', {
      name: `oidc-${id}`.replace('_', '-'),
      strategy: 'oidc',
    });
    const connection = { name: enterprise.name, strategy: 'oidc' };
    const blank = { connection_id: enterprise.id, assign_membership_on_login: false, show_as_button: true, connection };
    const newer = { ...blank, is_enabled: true, organization_access_level: 'none' };
    const body = { connection_id: enterprise.id };
    expect((await tenant.call('POST', `/organizations/${id}/connections`, body)).body).toEqual(newer);
    expect((await tenant.call('GET', `/organizations/${id}/connections`)).body).toEqual([newer]);
    expect((await tenant.call('GET', `/organizations/${id}/enabled_connections`)).body).toEqual([blank]);
    const { id: connection_id } = tenant.store.connections.findByName(database) ?? { id: '' };
    const ofDatabase = await tenant.call('POST', `/organizations/${id}/connections`, { connection_id });
    expect(ofDatabase.body).toMatchObject({ is_signup_enabled: false, organization_access_level: 'none' });
    const { body: created } = await tenant.call('POST', '/organizations', {
      name: `${id}`.toLowerCase(),
      enabled_connections: [body],
    });
    expect(created.enabled_connections).toEqual([
      { connection_id: enterprise.id, assign_membership_on_login: false, show_as_button: true },
    ]);
  });
});

describe('members of an organization', () => {
  it('are added with their roles, and lose them when they are removed', async () => {
    const { id } = await make();
    const [one, other] = [await makeUser(), await makeUser()];
    const { body: created } = await tenant.call('POST', '/roles', { name: `Role of ${id}`, description: 'Test' });
    const { type: _, ...role } = created;
    const path = `/organizations/${id}/members`;
    expect((await tenant.call('POST', path, { members: [one.user_id, 'auth0|missing'] })).status).toBe(404);
    expect((await tenant.call('GET', path)).body).toEqual([]);
    expect((await tenant.call('POST', path, { members: [one.user_id, other.user_id] })).status).toBe(204);
    expect((await tenant.call('GET', `${path}?include_totals=true`)).body).toMatchObject({ total: 2, start: 0 });
    // Unlike other lists, every page with members has a checkpoint; the page after the last one is empty.
    const { body: page } = await tenant.call('GET', `${path}?take=100&fields=user_id`);
    expect(page).toEqual({ members: [{ user_id: one.user_id }, { user_id: other.user_id }], next: expect.any(String) });
    expect((await tenant.call('GET', `${path}?take=100&from=${page.next}`)).body).toEqual({ members: [] });

    const roles = `${path}/${encodeURIComponent(one.user_id)}/roles`;
    expect((await tenant.call('POST', roles, { roles: [role.id] })).status).toBe(204);
    expect((await tenant.call('GET', roles)).body).toEqual([role]);
    const { body: listed } = await tenant.call('GET', `${path}?fields=user_id,roles`);
    expect(listed).toContainEqual({ user_id: one.user_id, roles: [{ id: role.id, name: role.name }] });
    const { body: listByUser } = await tenant.call('GET', `/users/${encodeURIComponent(one.user_id)}/organizations`);
    expect(listByUser).toMatchObject([{ id }]);

    const effective = roles.replace(/roles$/, 'effective-roles');
    const { name, description } = role;
    expect((await tenant.call('GET', effective)).body).toEqual({
      roles: [{ id: role.id, name, description, sources: ['direct'] }],
    });
    const groups = await tenant.call('GET', `${effective}/sources/groups?role_id=${role.id}`);
    expect(groups.body).toEqual({ groups: [] });
    expect((await tenant.call('GET', `${effective}/sources/groups?role_id=rol_none`)).status).toBe(404);
    expect((await tenant.call('GET', effective.replace(id, 'org_none'))).status).toBe(404);

    expect((await tenant.call('DELETE', path, { members: [one.user_id] })).status).toBe(204);
    expect((await tenant.call('GET', roles)).status).toBe(404);
    await tenant.call('POST', path, { members: [one.user_id] });
    expect((await tenant.call('GET', roles)).body).toEqual([]);
  });
});

it('an organization has up to 25 members of metadata, as published', async () => {
  const metadata = (count: number) => Object.fromEntries(Array.from({ length: count }, (_, at) => [`key_${at}`, 'x']));
  const { status, body } = await tenant.call('POST', '/organizations', { name: 'filled', metadata: metadata(25) });
  expect(status).toBe(201);
  const refused = await tenant.call('PATCH', `/organizations/${body.id}`, { metadata: metadata(26) });
  expect(refused).toMatchObject({ status: 400, body: { errorCode: 'invalid_body' } });
});

import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { database, goodPassword, type ManagementFixture, openManagement } from './management-fixture.ts';

let tenant: ManagementFixture;
beforeAll(async () => {
  tenant = await openManagement();
});
afterAll(() => tenant.close());

let number = 0;
async function makeRole(): Promise<{ id: string; name: string; description: string }> {
  number += 1;
  const { body } = await tenant.call('POST', '/roles', { name: `ORG:${number}`, description: 'Test' });
  // A user's role is shown without its type.
  return { id: body.id, name: body.name, description: body.description };
}
async function makeUser(): Promise<string> {
  number += 1;
  const body = { connection: database, email: `u${number}@example.com`, password: goodPassword };
  return (await tenant.call('POST', '/users', body)).body.user_id;
}
const missing = { statusCode: 404, error: 'Not Found', message: 'The role does not exist.' };

describe('a role', () => {
  it('is created, read, changed and deleted with Auth0’s statuses', async () => {
    const created = await tenant.call('POST', '/roles', { name: 'ORG:created', description: 'Test Role' });
    expect(created.status).toBe(200);
    expect(created.body).toEqual({
      id: expect.stringMatching(/^rol_\w{16}$/),
      name: 'ORG:created',
      description: 'Test Role',
      type: 'tenant',
    });
    const path = `/roles/${created.body.id}`;
    expect((await tenant.call('GET', path)).body).toEqual(created.body);
    const patched = await tenant.call('PATCH', path, { description: 'Other' });
    expect(patched).toMatchObject({ status: 200, body: { name: 'ORG:created', description: 'Other' } });
    expect(await tenant.call('DELETE', path)).toMatchObject({ status: 200, body: {} });
    expect((await tenant.call('GET', path)).body).toEqual(missing);
    expect((await tenant.call('DELETE', path)).body).toEqual(missing);
  });

  it('has a unique name', async () => {
    const [one, two] = [await makeRole(), await makeRole()];
    expect((await tenant.call('POST', '/roles', { name: one.name })).status).toBe(409);
    expect((await tenant.call('PATCH', `/roles/${two.id}`, { name: one.name })).status).toBe(409);
    expect((await tenant.call('PATCH', `/roles/${one.id}`, { name: one.name })).status).toBe(200);
  });

  it('is listed, also by a part of its name', async () => {
    const role = await makeRole();
    const filter = encodeURIComponent(role.name.toLowerCase());
    const { body } = await tenant.call('GET', `/roles?include_totals=true&per_page=50&name_filter=${filter}`);
    expect(body).toEqual({ roles: [{ ...role, type: 'tenant' }], start: 0, limit: 50, total: 1 });
    expect((await tenant.call('GET', '/roles')).body).toContainEqual({ ...role, type: 'tenant' });
    expect((await tenant.call('GET', '/roles?type=tenant')).status).toBe(200);
  });
});

describe('users of a role', () => {
  it('are assigned, listed and removed from both sides', async () => {
    const role = await makeRole();
    const [one, two] = [await makeUser(), await makeUser()];
    const assigned = await tenant.call('POST', `/roles/${role.id}/users`, { users: [one] });
    expect(assigned).toMatchObject({ status: 200, body: {} });
    const path = `/users/${encodeURIComponent(two)}/roles`;
    expect(await tenant.call('POST', path, { roles: [role.id] })).toMatchObject({ status: 204, body: '' });
    const { body: members } = await tenant.call('GET', `/roles/${role.id}/users`);
    expect(members.map(({ user_id }: { user_id: string }) => user_id)).toEqual([one, two]);
    expect(Object.keys(members[0]).sort()).toEqual(['email', 'name', 'picture', 'user_id']);
    const { body: held } = await tenant.call('GET', `${path}?include_totals=true&per_page=50`);
    expect(held).toEqual({ roles: [role], start: 0, limit: 50, total: 1 });
    expect((await tenant.call('GET', path)).body).toEqual([role]);
    expect((await tenant.call('DELETE', path, { roles: [role.id] })).status).toBe(204);
    expect((await tenant.call('GET', path)).body).toEqual([]);
  });

  it('are listed by checkpoint without a total', async () => {
    const role = await makeRole();
    const users = [await makeUser(), await makeUser(), await makeUser()];
    await tenant.call('POST', `/roles/${role.id}/users`, { users });
    const path = `/roles/${role.id}/users?include_totals=true&per_page=50&take=2`;
    const { body: one } = await tenant.call('GET', path);
    expect(Object.keys(one)).toEqual(['users', 'next']);
    const { body: two } = await tenant.call('GET', `${path}&from=${one.next}`);
    expect(Object.keys(two)).toEqual(['users']);
    expect([...one.users, ...two.users].map(({ user_id }) => user_id)).toEqual(users);
  });

  it('are all assigned or none of them', async () => {
    const role = await makeRole();
    const user = await makeUser();
    const answer = await tenant.call('POST', `/roles/${role.id}/users`, { users: [user, 'auth0|missing'] });
    expect(answer).toMatchObject({ status: 404, body: { message: 'The user does not exist.' } });
    const other = await tenant.call('POST', `/users/${encodeURIComponent(user)}/roles`, {
      roles: [role.id, 'rol_none'],
    });
    expect(other).toMatchObject({ status: 404, body: missing });
    expect((await tenant.call('GET', `/roles/${role.id}/users`)).body).toEqual([]);
  });

  it('can be assigned with update:roles alone, and with nothing less', async () => {
    const role = await makeRole();
    const users = [await makeUser()];
    const path = `/roles/${role.id}/users`;
    expect((await tenant.call('POST', path, { users }, { scopes: ['read:roles', 'create:roles'] })).status).toBe(403);
    expect((await tenant.call('POST', path, { users }, { scopes: ['update:roles'] })).status).toBe(200);
  });

  it.each([[{ users: [] }], [{ users: ['missing'] }], [{ users: 'auth0|1' }], [{}]])('%j is refused', async (body) => {
    const role = await makeRole();
    expect((await tenant.call('POST', `/roles/${role.id}/users`, body)).status).toBe(400);
  });
});

describe('permissions of a role', () => {
  it('are those of an API, added and removed', async () => {
    const role = await makeRole();
    const identifier = `https://api${number}.example.com/`;
    const scopes = [{ value: 'create:resource', description: 'Create Resource' }];
    await tenant.call('POST', '/resource-servers', { name: 'An API', identifier, scopes });
    const permissions = [{ resource_server_identifier: identifier, permission_name: 'create:resource' }];
    const path = `/roles/${role.id}/permissions`;
    expect(await tenant.call('POST', path, { permissions })).toMatchObject({ status: 201, body: {} });
    expect((await tenant.call('GET', `${path}?include_totals=true&per_page=50`)).body).toEqual({
      permissions: [
        {
          permission_name: 'create:resource',
          description: 'Create Resource',
          resource_server_name: 'An API',
          resource_server_identifier: identifier,
        },
      ],
      start: 0,
      limit: 50,
      total: 1,
    });
    const unknown = [{ resource_server_identifier: identifier, permission_name: 'delete:everything' }];
    expect((await tenant.call('POST', path, { permissions: unknown })).status).toBe(404);
    expect(await tenant.call('DELETE', path, { permissions })).toMatchObject({ status: 204, body: '' });
    expect((await tenant.call('GET', path)).body).toEqual([]);
  });
});

describe('permissions of a user', () => {
  it('are listed with their sources, directly or through a role', async () => {
    const [role, user] = [await makeRole(), await makeUser()];
    const identifier = `https://user-api${number}.example.com/`;
    await tenant.call('POST', '/resource-servers', { name: 'An API', identifier, scopes: [{ value: 'read:it' }] });
    const permissions = [{ resource_server_identifier: identifier, permission_name: 'read:it' }];
    const path = `/users/${encodeURIComponent(user)}/permissions`;
    expect(await tenant.call('POST', path, { permissions })).toMatchObject({ status: 201, body: {} });
    await tenant.call('POST', `/roles/${role.id}/permissions`, { permissions });
    await tenant.call('POST', `/roles/${role.id}/users`, { users: [user] });
    const permission = {
      permission_name: 'read:it',
      description: '',
      resource_server_name: 'An API',
      resource_server_identifier: identifier,
    };
    const byRole = { source_id: role.id, source_name: role.name, source_type: 'ROLE' };
    const direct = { source_id: '', source_name: '', source_type: 'DIRECT' };
    expect((await tenant.call('GET', `${path}?include_totals=true&per_page=50`)).body).toEqual({
      permissions: [{ ...permission, sources: [direct, byRole] }],
      start: 0,
      limit: 50,
      total: 1,
    });
    expect(await tenant.call('DELETE', path, { permissions })).toMatchObject({ status: 204, body: '' });
    expect((await tenant.call('GET', path)).body).toEqual([{ ...permission, sources: [byRole] }]);
    const unknown = [{ resource_server_identifier: identifier, permission_name: 'other' }];
    expect((await tenant.call('POST', path, { permissions: unknown })).status).toBe(404);
  });
});

describe('hostile text', () => {
  it.each(["'; DROP TABLE roles; --", '"; --', '__proto__', '%', '\u0000x', '<script>', '😀', '../../x'])(
    '%j in a path, a query and a body is only text',
    async (text) => {
      const encoded = encodeURIComponent(text);
      expect((await tenant.call('GET', `/roles/${encoded}`)).status).toBe(404);
      expect((await tenant.call('GET', `/roles?name_filter=${encoded}`)).status).toBe(200);
      const created = await tenant.call('POST', '/roles', { name: `${text}${number}`, description: text });
      expect(created).toMatchObject({ status: 200, body: { name: `${text}${number}`, description: text } });
      expect((await tenant.call('GET', `/roles/${created.body.id}`)).body).toEqual(created.body);
    },
  );
});

describe('the type of a role', () => {
  it('is the tenant, unless it belongs to an organization', async () => {
    const { body: role } = await tenant.call('POST', '/roles', { name: 'Typed', type: 'tenant' });
    expect(role).toMatchObject({ name: 'Typed', description: null, type: 'tenant' });
    expect((await tenant.call('GET', `/roles/${role.id}`)).body).toEqual({ ...role, description: '' });
    const { body: organization } = await tenant.call('POST', '/organizations', { name: 'owner' });
    const body = { name: 'Operator', type: 'organization', owner_id: organization.id };
    const { status, body: owned } = await tenant.call('POST', '/roles', body);
    expect([status, owned]).toEqual([200, { id: expect.any(String), ...body }]);
    expect((await tenant.call('GET', `/roles/${owned.id}`)).body).toEqual({ ...owned, description: '' });
    expect((await tenant.call('GET', '/roles?name_filter=Operator')).body).toEqual([{ ...owned, description: '' }]);

    expect((await tenant.call('DELETE', `/organizations/${organization.id}`)).status).toBe(204);
    expect((await tenant.call('GET', `/roles/${owned.id}`)).status).toBe(404);
  });

  it('is refused without its owner, and with an owner that does not fit', async () => {
    const { body: organization } = await tenant.call('POST', '/organizations', { name: 'other-owner' });
    for (const wrong of [
      { type: 'organization' },
      { type: 'organization', owner_id: 'org_none' },
      { owner_id: organization.id },
      { type: 'group' },
    ]) {
      const { status, body } = await tenant.call('POST', '/roles', { name: 'Wrong', ...wrong });
      expect([400, 404], JSON.stringify(body)).toContain(status);
    }
    expect((await tenant.call('GET', '/roles?name_filter=Wrong')).body).toEqual([]);
  });

  it('limits an organization’s role to members of that organization', async () => {
    const { body: organization } = await tenant.call('POST', '/organizations', { name: 'limited' });
    const { body: foreign } = await tenant.call('POST', '/organizations', { name: 'foreign' });
    const body = { name: 'Limited', type: 'organization', owner_id: organization.id };
    const { id } = (await tenant.call('POST', '/roles', body)).body;
    const user = await makeUser();
    for (const one of [organization, foreign]) {
      await tenant.call('POST', `/organizations/${one.id}/members`, { members: [user] });
    }
    const path = `/users/${encodeURIComponent(user)}/roles`;
    const rolesIn = (one: { id: string }) => `/organizations/${one.id}/members/${encodeURIComponent(user)}/roles`;
    expect((await tenant.call('POST', path, { roles: [id] })).status).toBe(400);
    expect((await tenant.call('POST', `/roles/${id}/users`, { users: [user] })).status).toBe(400);
    expect((await tenant.call('POST', rolesIn(foreign), { roles: [id] })).status).toBe(400);
    expect((await tenant.call('GET', path)).body).toEqual([]);
    expect((await tenant.call('POST', rolesIn(organization), { roles: [id] })).status).toBe(204);
    expect((await tenant.call('GET', rolesIn(organization))).body).toEqual([{ id, name: 'Limited', description: '' }]);
  });
});

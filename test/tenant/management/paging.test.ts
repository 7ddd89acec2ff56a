import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { builtOperations } from '../../../src/tenant/management/management-api.ts';
import type { ManagementDependencies } from '../../../src/tenant/management/management-dependencies.ts';
import { database, goodPassword, type ManagementFixture, openManagement } from './management-fixture.ts';

let tenant: ManagementFixture;
const paths: Record<string, string> = {};
const users: string[] = [];
const post = async (path: string, body: unknown) => {
  const answer = await tenant.call('POST', path, body);
  if (answer.status >= 300) throw new Error(`${path}: ${JSON.stringify(answer.body)}`);
  return answer.body;
};

beforeAll(async () => {
  tenant = await openManagement();
  const role = await post('/roles', { name: 'role 0' });
  const organization = await post('/organizations', { name: 'organization-0' });
  for (let index = 0; index < 5; index += 1) {
    const email = `paged-${index}@example.com`;
    const user = await post('/users', { connection: database, email, password: goodPassword });
    users.push(user.user_id);
    await post('/roles', { name: `role ${index + 1}` });
    await post('/organizations', { name: `organization-${index + 1}` });
    await post('/clients', { name: `application ${index}` });
    const connection = await post('/connections', { name: `database-${index}`, strategy: 'auth0' });
    await post(`/organizations/${organization.id}/enabled_connections`, { connection_id: connection.id });
    const api = `https://api-${index}.example.com/`;
    await post('/resource-servers', { identifier: api, name: api, scopes: [{ value: `read:${index}` }] });
    await post('/client-grants', { client_id: tenant.managementClient.client_id, audience: api, scope: [] });
    for (const kind of ['roles', 'users'] as const) {
      const owner = kind === 'roles' ? role.id : encodeURIComponent(users[0] ?? '');
      const permissions = [{ resource_server_identifier: api, permission_name: `read:${index}` }];
      await post(`/${kind}/${owner}/permissions`, { permissions });
    }
    const code = 'exports.onExecutePostLogin = async () => {};';
    await post('/actions/actions', {
      name: `action ${index}`,
      supported_triggers: [{ id: 'post-login', version: 'v3' }],
      code,
    });
  }
  await post(`/roles/${role.id}/users`, { users });
  await post(`/organizations/${organization.id}/members`, { members: users });
  const { body: roles } = await tenant.call('GET', '/roles');
  const user = encodeURIComponent(users[0] ?? '');
  const all = { roles: roles.map(({ id }: { id: string }) => id) };
  await post(`/users/${user}/roles`, all);
  await post(`/organizations/${organization.id}/members/${user}/roles`, all);
  const { body: organizations } = await tenant.call('GET', '/organizations');
  for (const { id } of organizations) await post(`/organizations/${id}/members`, { members: [users[0]] });
  Object.assign(paths, {
    'user-of': `/members/${user}`,
    role: `/roles/${role.id}`,
    user: `/users/${user}`,
    organization: `/organizations/${organization.id}`,
  });
});
afterAll(() => tenant.close());

/** Every list that can be read by page: its path, the name of its rows, and the key of a row. */
const byOffset = [
  ['/clients', 'clients', 'client_id'],
  ['/client-grants', 'client_grants', 'id'],
  ['/connections', 'connections', 'id'],
  ['/resource-servers', 'resource_servers', 'id'],
  ['/roles', 'roles', 'id'],
  ['{role}/users', 'users', 'user_id'],
  ['{role}/permissions', 'permissions', 'permission_name'],
  ['/users', 'users', 'user_id'],
  ['{user}/roles', 'roles', 'id'],
  ['{user}/permissions', 'permissions', 'permission_name'],
  ['{user}/organizations', 'organizations', 'id'],
  ['{user}/logs', 'logs', 'log_id'],
  ['/organizations', 'organizations', 'id'],
  ['{organization}/members', 'members', 'user_id'],
  ['{organization}/enabled_connections', 'enabled_connections', 'connection_id'],
  ['{organization}{user-of}/roles', 'roles', 'id'],
  ['/logs', 'logs', 'log_id'],
] as const;

/** Every list that can be continued from a checkpoint. */
const byCheckpoint = [
  ['/clients', 'clients', 'client_id'],
  ['/client-grants', 'client_grants', 'id'],
  ['/connections', 'connections', 'id'],
  ['{role}/users', 'users', 'user_id'],
  ['/organizations', 'organizations', 'id'],
  ['{organization}/members', 'members', 'user_id'],
  ['{user}/effective-roles', 'roles', 'id'],
  ['{organization}{user-of}/effective-roles', 'roles', 'id'],
] as const;

const resolvePath = (path: string) => path.replace(/\{([\w-]+)\}/g, (_, name) => paths[name] ?? '');
const get = (path: string, query: string) => tenant.call('GET', `${resolvePath(path)}?${query}`);
const readRows = (body: Record<string, unknown>[] | Record<string, Record<string, unknown>[]>, name: string) =>
  Array.isArray(body) ? body : (body[name] ?? []);
const readKeys = (rows: Record<string, unknown>[], key: string) => rows.map((row) => row[key]);

describe.each(byOffset)('%s by page', (path, name, key) => {
  it('has every row once, with and without totals', async () => {
    const { body: whole } = await get(path, 'per_page=100');
    expect(whole.length).toBeGreaterThanOrEqual(path === '{user}/logs' ? 0 : 5);
    const { body: first } = await get(path, 'per_page=2&include_totals=true');
    expect(first).toMatchObject({ start: 0, limit: 2, total: whole.length });
    const found: unknown[] = [];
    for (let page = 0; page * 2 < whole.length; page += 1) {
      const { body } = await get(path, `per_page=2&page=${page}&include_totals=true`);
      expect(body.start).toBe(page * 2);
      found.push(...readKeys(body[name], key));
    }
    expect(found).toEqual(readKeys(whole, key));
    expect((await get(path, 'per_page=50&page=19')).body).toEqual([]);
    expect((await get(path, 'per_page=50&page=19&include_totals=true')).body).toMatchObject({
      [name]: [],
      start: 950,
      total: whole.length,
    });
  });

  it.each(['per_page=101', 'per_page=-1', 'per_page=x', 'per_page=1.5', 'page=-1', 'page=x', 'include_totals=2'])(
    'refuses %s',
    async (query) => {
      expect(await get(path, query)).toMatchObject({ status: 400, body: { errorCode: 'invalid_query_string' } });
    },
  );
});

describe.each(byCheckpoint)('%s by checkpoint', (path, name, key) => {
  it('visits every row once', async () => {
    const whole = readRows((await get(path, 'per_page=100')).body, name);
    for (const take of [1, 2, whole.length, 100]) {
      const found: unknown[] = [];
      for (let next: string | undefined, turns = 0; turns === 0 || next !== undefined; turns += 1) {
        const { body } = await get(path, `take=${take}${next === undefined ? '' : `&from=${next}`}`);
        expect(Object.keys(body).sort()).toEqual(body.next === undefined ? [name] : [name, 'next'].sort());
        found.push(...readKeys(body[name], key));
        next = body.next;
      }
      expect(found, `take=${take}`).toEqual(readKeys(whole, key));
    }
  });

  it.each(['take=0', 'take=101', 'take=-1', 'take=x', 'from=nonsense&take=1', 'from=&take=1', 'from=e30&take=1'])(
    'refuses %s',
    async (query) => {
      expect(await get(path, query)).toMatchObject({ status: 400, body: { errorCode: 'invalid_query_string' } });
    },
  );
});

describe('beyond the first 1000', () => {
  const checkpointLists = new Set<string>(byCheckpoint.map(([path]) => path));

  it.each(byOffset)('%s refuses a page, and names the checkpoint if it has one', async (path) => {
    const { status, body } = await get(path, 'per_page=100&page=10');
    expect([status, body.errorCode]).toEqual([400, 'invalid_paging']);
    expect(body.message).toBe(
      checkpointLists.has(path)
        ? 'Requesting page 10 exceeds the allowed maximum of 1000 records. To fetch results beyond 1000, use the checkpoint pagination method.'
        : 'You can only page through the first 1000 records.',
    );
    expect((await get(path, 'per_page=100&page=9')).status).toBe(200);
  });
});

it('a checkpoint is a place: rows added or removed meanwhile are neither skipped nor repeated', async () => {
  const names = ['a', 'b', 'c', 'd', 'e', 'f'].map((letter) => `walk-${letter}`);
  const ids: string[] = [];
  for (const name of names) ids.push((await post('/organizations', { name })).id);
  const visited: string[] = [];
  let next: string | undefined;
  for (let turn = 0; turn === 0 || next !== undefined; turn += 1) {
    const { body } = await get('/organizations', `take=2${next === undefined ? '' : `&from=${next}`}`);
    visited.push(...body.organizations.map(({ name }: { name: string }) => name));
    next = body.next;
    if (!visited.includes('walk-b') || visited.includes('walk-e')) continue;
    // The rows that were read are removed, including the checkpoint's own; and a new one is added.
    for (const [index, name] of names.entries()) {
      if (visited.includes(name)) await tenant.call('DELETE', `/organizations/${ids[index]}`);
    }
    await tenant.call('POST', '/organizations', { name: 'walk-late' });
  }
  expect(visited.filter((name) => name.startsWith('walk-'))).toEqual([...names, 'walk-late']);
});

describe('the actions family', () => {
  it('omits zeros', async () => {
    expect((await get('/actions/actions', 'per_page=2')).body).toMatchObject({ total: 5, per_page: 2 });
    expect((await get('/actions/actions', 'per_page=2')).body.page).toBeUndefined();
    expect((await get('/actions/actions', 'per_page=2&page=1')).body).toMatchObject({ page: 1, total: 5, per_page: 2 });
    expect((await get('/actions/actions', 'per_page=2&page=9')).body).toMatchObject({ page: 9, actions: [] });
    expect((await get('/actions/triggers/post-login/bindings', 'per_page=100&page=1')).body).toEqual({
      bindings: [],
      page: 1,
      per_page: 100,
    });
  });
});

it('all lists with pages or checkpoints are covered', () => {
  const others: Record<string, string> = {
    '/clients/{id}/connections': 'in the tests of parts of organizations',
    '/organizations/{id}/connections': 'the same list as enabled_connections',
    '/organizations/{id}/client-grants': 'in the tests of parts of organizations',
    '/client-grants/{id}/organizations': 'in the tests of parts of organizations',
    '/users/{id}/groups': 'always empty here',
    '/users/{id}/effective-roles/sources/groups': 'always empty here',
    '/roles/{id}/groups': 'always empty here',
    '/organizations/{id}/members/{user_id}/effective-roles/sources/groups': 'always empty here',
    '/users/{id}/authentication-methods': 'in the tests of authentication methods',
    '/users/{id}/effective-permissions': 'by checkpoint in the tests of authentication methods',
    '/users/{id}/effective-permissions/sources/effective-roles': 'the same list by another name',
    '/actions/modules': 'the actions family, in the tests of modules',
    '/actions/modules/{id}/actions': 'the actions family, in the tests of modules',
    '/actions/modules/{id}/versions': 'the actions family, in the tests of modules',
    '/connections/{id}/clients': 'takes up to 1000, in its own tests',
    '/users/{user_id}/sessions': 'needs browsers, in the tests of sessions',
    '/users/{user_id}/refresh-tokens': 'needs logins, in the tests of accounts',
    '/users/{id}/connected-accounts': 'always empty here',
    '/refresh-tokens': 'needs logins, in the tests of accounts',
    '/actions/actions': 'the actions family, above',
    '/actions/actions/{actionId}/versions': 'the actions family, above',
    '/actions/triggers/{triggerId}/bindings': 'the actions family, above',
  };
  const tried = new Set(
    [...byOffset, ...byCheckpoint].map(([path]) =>
      path
        .replace('{user-of}', '/members/{user_id}')
        .replace('{role}', '/roles/{id}')
        .replace('{user}', '/users/{id}')
        .replace('{organization}', '/organizations/{id}'),
    ),
  );
  const remaining = builtOperations({} as ManagementDependencies)
    .filter(({ method, effective }) => method === 'GET' && effective === true)
    .filter(({ described }) => described.query?.some(({ name }) => name === 'take' || name === 'page'))
    .map(({ path }) => path)
    .filter((path) => !tried.has(path) && others[path] === undefined);
  expect(remaining).toEqual([]);
});

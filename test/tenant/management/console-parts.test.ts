import { gunzipSync } from 'node:zlib';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { consoleRegistration } from '../../../src/tenant/administrator/console-access.ts';
import { removeConsole } from '../../../src/tenant/administrator/remove-console.ts';
import { setUpConsole } from '../../../src/tenant/console/console-account.ts';
import { until } from '../../until.ts';
import { database, goodPassword, type ManagementFixture, openManagement } from './management-fixture.ts';

let tenant: ManagementFixture;
let administrator: string;
let consoleEmail: string;
let userId: string;
let roleId: string;

const idsOf = (users: { user_id: string }[]) => users.map(({ user_id }) => user_id);
const namesOf = (rows: { name: string }[]) => rows.map(({ name }) => name);
const get = async (path: string) => (await tenant.call('GET', path)).body;

beforeAll(async () => {
  tenant = await openManagement();
  const hashPassword = async () => 'a hash';
  const options = { consoleUrl: 'http://localhost:4001/console', hashPassword };
  consoleEmail = (await setUpConsole(tenant.store, options)).email;
  administrator = consoleRegistration(tenant.store)?.userId ?? '';
  const user = { connection: database, email: 'una@example.com', password: goodPassword };
  userId = (await tenant.call('POST', '/users', user)).body.user_id;
  roleId = (await tenant.call('POST', '/roles', { name: 'APEX User', description: '' })).body.id;
  tenant.store.roles.assign(roleId, [administrator, userId]);
  for (const id of [administrator, userId]) tenant.store.users.recordLogin(id, new Date().toISOString(), '127.0.0.1');
});
afterAll(() => tenant.close());

describe('the administrator of the console', () => {
  it.each([
    ['the list of users', ''],
    ['a search for everything', '&q=*'],
    ['a search by a field', '&q=logins_count:1'],
    ['a sorted list', '&sort=created_at:-1'],
  ])('is in neither rows nor total of %s', async (_name, query) => {
    const { users, total } = await get(`/users?include_totals=true${query}`);
    expect([idsOf(users), total]).toEqual([[userId], 1]);
    // Nothing is missing from the pages either.
    expect(idsOf(await get(`/users?per_page=1&page=0${query}`))).toEqual([userId]);
  });

  it('is not found by address, id or connection', async () => {
    expect(await get(`/users-by-email?email=${encodeURIComponent(consoleEmail)}`)).toEqual([]);
    for (const query of [
      `q=${encodeURIComponent(`user_id:"${administrator}"`)}`,
      `q=${encodeURIComponent(`email:"${consoleEmail}"`)}`,
      `q=${encodeURIComponent('identities.connection:"portcullis-console"')}`,
      'connection=portcullis-console',
    ]) {
      expect(await get(`/users?include_totals=true&${query}`), query).toMatchObject({ users: [], total: 0 });
    }
    expect(await get(`/users?include_totals=true&connection=${database}`)).toMatchObject({ total: 1 });
  });

  it('is not in the list of a role’s users', async () => {
    const { users, total } = await get(`/roles/${roleId}/users?include_totals=true`);
    expect([idsOf(users), total]).toEqual([[userId], 1]);
    expect(idsOf((await get(`/roles/${roleId}/users?take=1`)).users)).toEqual([userId]);
  });

  it('is not in the file of an export', async () => {
    const { id } = (await tenant.call('POST', '/jobs/users-exports', {})).body;
    await until(async () => (await get(`/jobs/${id}`)).status === 'completed', 5);
    const { location } = await get(`/jobs/${id}`);
    const file = gunzipSync(tenant.store.jobs.findFile(location.split('/').at(-1)) ?? '').toString();
    expect(
      idsOf(
        file
          .trimEnd()
          .split('\n')
          .map((line) => JSON.parse(line)),
      ),
    ).toEqual([userId]);
  });

  it('does not count as an active user', async () => {
    expect(await get('/stats/active-users')).toBe(1);
  });
});

describe('the application and the connection of the console', () => {
  it('are in neither rows nor totals of the lists', async () => {
    const { clients, total } = await get('/clients?include_totals=true');
    expect(namesOf(clients)).not.toContain('Portcullis Console');
    expect(total).toBe(clients.length);
    expect(await get('/clients?app_type=spa')).toEqual([]);
    expect(namesOf(await get('/connections?strategy=auth0'))).toEqual([database]);
    expect(await get('/connections?name=portcullis-console')).toEqual([]);
    expect(await get('/connections?include_totals=true&strategy=auth0')).toMatchObject({ total: 1 });
  });

  it('leave a connection of that name alone on a tenant without a console', async () => {
    const plain = await openManagement();
    removeConsole(plain.store);
    const name = 'portcullis-console';
    expect((await plain.call('POST', '/connections', { name, strategy: 'auth0' })).status).toBe(201);
    expect((await plain.call('GET', `/connections?name=${name}`)).body).toHaveLength(1);
    await plain.close();
  });
});

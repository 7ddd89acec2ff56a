import { afterEach, describe, expect, it, vi } from 'vitest';
import { Database } from '../../../src/tenant/store/database.ts';
import { openStore } from '../../../src/tenant/store/open-store.ts';
import { userOrder } from '../../../src/tenant/store/records/users/user-search.ts';
import { migrate } from '../../../src/tenant/store/schema/migrate.ts';
import type { Store } from '../../../src/tenant/store/store.ts';
import { userNumber } from './records-to-store.ts';

const page = { page: 0, perPage: 50 };

const latest = { field: 'created_at', descending: true };

function search(field: string, value: string): (store: Store) => unknown {
  return ({ users }) => users.search({ search: { kind: 'equals', field, value } }, page).total;
}

/** Queries of logins, Actions and busy tools on a tenant with a hundred thousand users. */
const queries: Record<string, (store: Store) => unknown> = {
  'user by id': ({ users }) => users.find('auth0|1'),
  'users by e-mail': ({ users }) => users.findByEmail('a@b.example'),
  'user by e-mail in a connection': ({ users }) => users.findInConnection('db', { email: 'a@b.example' }),
  'user by username in a connection': ({ users }) => users.findInConnection('db', { username: 'a' }),
  'user by identity': ({ users }) => users.findByIdentity('auth0', '1'),
  'users with an e-mail': ({ users }) => users.list({ email: 'a@b.example' }, page).total,
  'users of a connection': ({ users }) => users.list({ connection: 'db' }, page).total,
  'users with an e-mail in a connection': ({ users }) => users.list({ connection: 'db', email: 'a' }, page).total,
  'users of a connection without one': ({ users }) => users.list({ connection: 'db', except: 'auth0|1' }, page).total,
  'search by connection without one': ({ users }) =>
    users.search({ search: { kind: 'equals', field: 'identities.connection', value: 'db' }, except: 'auth0|1' }, page)
      .total,
  'search by id': search('user_id', 'auth0|1'),
  'search by e-mail': search('email', 'a@b.example'),
  'search by organization': search('organization_id', 'org_1'),
  'search by name': search('name', 'Ada'),
  'search by username': search('username', 'ada'),
  'search by connection': search('identities.connection', 'db'),
  'search by id at a provider': search('identities.user_id', '1'),
  'search by the beginning of a name': ({ users }) =>
    users.search({ search: { kind: 'like', field: 'name', parts: ['ad', ''] } }, page).total,
  'search by time of creation': ({ users }) =>
    users.search(
      { search: { kind: 'range', field: 'created_at', from: { value: '2026', inclusive: true } }, order: latest },
      page,
    ).total,
  'search by either of two': ({ users }) =>
    users.search(
      {
        search: {
          kind: 'or',
          of: [
            { kind: 'equals', field: 'email', value: 'a@b.example' },
            { kind: 'equals', field: 'identities.user_id', value: '1' },
          ],
        },
      },
      page,
    ).total,
  'log of a login': ({ logs }) => logs.list({ login: 'login-1' }, page).total,
  'log of a name': async ({ logs }) =>
    (await logs.search({ search: { kind: 'like', field: 'user_name', parts: ['ad', ''] } }, page, true)).total,
  'log of a type and time': async ({ logs }) =>
    (
      await logs.search(
        {
          search: {
            kind: 'and',
            of: [
              { kind: 'equals', field: 'type', value: 's' },
              { kind: 'range', field: 'date', from: { value: '2026', inclusive: true } },
            ],
          },
        },
        page,
        true,
      )
    ).total,
  'log after a time': async ({ logs }) =>
    (
      await logs.search(
        { search: { kind: 'range', field: 'date', from: { value: '2026', inclusive: true } } },
        page,
        true,
      )
    ).total,
  'log from an id on': async ({ logs }) =>
    (
      await logs.search(
        { search: { kind: 'range', field: 'log_id', from: { value: '900', inclusive: true } } },
        page,
        true,
      )
    ).total,
  'log of a user, searched': async ({ logs }) =>
    (await logs.search({ search: { kind: 'equals', field: 'user_id', value: 'auth0|1' } }, page, true)).total,
  'password of a user': ({ users }) => users.passwordHash('auth0|1'),
  'login of a user': ({ users }) => users.recordLogin('auth0|1', '', ''),
  'change of a user': ({ users }) => users.update(userNumber(1)),
  'deletion of a user': ({ users }) => users.remove('auth0|1'),
  'roles of a user': ({ roles }) => roles.listByUser('auth0|1').total,
  'members of a role': ({ roles }) => roles.members('rol_1', page).total,
  'members of a role after a position': ({ roles }) => roles.members('rol_1', { ...page, after: 1 }).rows,
  'assigning a role': ({ roles }) => roles.assign('rol_1', ['auth0|1']),
  'removing a role': ({ roles }) => roles.unassign('rol_1', ['auth0|1']),
  'grants of an application': ({ clientGrants }) => clientGrants.list({ clientId: 'a' }, page).total,
  'grant for an API': ({ clientGrants }) => clientGrants.findFor('a', 'b'),
  'connections of an application': ({ connections }) => connections.listEnabledFor('a'),
  'artifact by id': ({ artifacts }) => artifacts.find('Session', '1'),
  'artifact by uid': ({ artifacts }) => artifacts.findByUid('Session', '1'),
  'artifact by user code': ({ artifacts }) => artifacts.findByUserCode('DeviceCode', '1'),
  'use of an artifact': ({ artifacts }) => artifacts.consume('AuthorizationCode', '1', 1),
  'removal of a grant': ({ artifacts }) => artifacts.removeByGrant('1'),
  'removal of expired artifacts': ({ artifacts }) => artifacts.removeExpired(1),
  'log of a user': ({ logs }) => logs.list({ userId: 'auth0|1' }, page).total,
  'log of a type': ({ logs }) => logs.list({ type: 's' }, page).total,
  'log from an entry on': ({ logs }) => logs.list({ from: '1' }, page).rows,
  'execution by id': ({ executions }) => executions.find('1'),
  'logins of a user': ({ logins }) => logins.list({ words: ['ada'], limit: 26, before: 100 }),
  'login by id': ({ logins }) => logins.find('1'),
  'removal of old executions': ({ executions }) => executions.removeBefore('2026'),
  'versions of an action': ({ actions }) => actions.versions('1', page).total,
};

/** Tables that grow with use. */
const growing =
  /\bSCAN (users|user_identities|user_roles|user_passwords|logs|logins|artifacts|executions|client_grants|clients|action_versions)\b/;

afterEach(() => vi.restoreAllMocks());

describe('no query scans a table that grows', () => {
  it.each(Object.entries(queries))('%s', async (_name, ask) => {
    const store = openStore({ memory: true });
    const statements: string[] = [];
    for (const method of ['run', 'first', 'all'] as const) {
      const real = Database.prototype[method] as (this: Database, ...arguments_: unknown[]) => unknown;
      vi.spyOn(Database.prototype, method).mockImplementation(function (this: Database, ...arguments_: unknown[]) {
        statements.push(String(arguments_[0]));
        return real.apply(this, arguments_) as never;
      });
    }
    await ask(store);
    vi.restoreAllMocks();

    const explaining = new Database(':memory:');
    migrate(explaining);
    const plans = statements.flatMap((sql) =>
      explaining.all(`EXPLAIN QUERY PLAN ${sql}`).map(({ detail }) => String(detail)),
    );
    expect(statements.length).toBeGreaterThan(0);
    expect(plans.filter((plan) => growing.test(plan))).toEqual([]);
    explaining.close();
    store.close();
  });
});

it.each(['created_at', 'last_login'])('users sorted by %s are read in order, not sorted', (field) => {
  const database = new Database(':memory:');
  migrate(database);
  const plan = database
    .all(`EXPLAIN QUERY PLAN SELECT record FROM users ORDER BY ${userOrder({ field, descending: true })} LIMIT 50`)
    .map(({ detail }) => detail);
  expect(plan).toEqual([expect.stringMatching(/^SCAN users USING INDEX/)]);
  database.close();
});

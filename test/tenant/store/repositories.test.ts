import { beforeEach, describe, expect, it } from 'vitest';
import { openStore } from '../../../src/tenant/store/open-store.ts';
import type { ConnectionRecord } from '../../../src/tenant/store/records/connection-repository.ts';
import type { Store } from '../../../src/tenant/store/store.ts';
import { clientNamed, userNumber } from './records-to-store.ts';

const first10 = { page: 0, perPage: 10 };
let store: Store;
beforeEach(() => {
  store = openStore({ memory: true });
});

const connection = (name: string, enabled_clients: string[]): ConnectionRecord => ({
  id: `con_${name}`,
  name,
  strategy: 'auth0',
  options: {},
  enabled_clients,
  realms: [name],
  is_domain_connection: false,
  metadata: {},
  other: {},
});

describe('clients', () => {
  it('are listed in order of creation, filtered, a page at a time', () => {
    for (const name of ['c', 'a', 'b']) store.clients.insert(clientNamed(name));
    store.clients.insert(clientNamed('g', { global: true }));
    const page = store.clients.list({ global: false }, { page: 1, perPage: 2 });
    expect(page.rows.map(({ client_id }) => client_id)).toEqual(['b']);
    expect(page.total).toBe(3);
    expect(store.clients.list({ appType: ['spa'] }, first10).total).toBe(0);
  });

  it('remove their grants and their place in connections with them', () => {
    store.clients.insert(clientNamed('a'));
    store.clients.insert(clientNamed('b'));
    store.connections.insert(connection('db', ['b', 'a']));
    store.clientGrants.insert({ id: 'g', client_id: 'a', audience: 'x', scope: [], subject_type: 'client', other: {} });
    expect(store.clients.remove('a')).toBe(true);
    expect(store.clients.remove('a')).toBe(false);
    expect(store.clientGrants.find('g')).toBeUndefined();
    expect(store.connections.findByName('db')?.enabled_clients).toEqual(['b']);
  });
});

describe('client grants', () => {
  it('are one for an application and one for its users, for the same API', () => {
    store.clients.insert(clientNamed('a'));
    const grant = { client_id: 'a', audience: 'x', scope: [], other: {} };
    store.clientGrants.insert({ ...grant, id: 'user', subject_type: 'user' });
    expect(store.clientGrants.findFor('a', 'x')).toBeUndefined();
    store.clientGrants.insert({ ...grant, id: 'client', subject_type: 'client' });
    expect(store.clientGrants.findFor('a', 'x')?.id).toBe('client');
    expect(store.clientGrants.findFor('a', 'x', 'user')?.id).toBe('user');
    expect(() => store.clientGrants.insert({ ...grant, id: 'again', subject_type: 'client' })).toThrow(
      expect.objectContaining({ code: 'duplicate' }),
    );
  });
});

describe('connections', () => {
  it('list the applications that may use them, in order, without those that do not exist', () => {
    for (const name of ['a', 'b', 'c']) store.clients.insert(clientNamed(name));
    store.connections.insert(connection('one', ['b', 'missing', 'a']));
    store.connections.insert(connection('two', ['b']));
    expect(store.connections.findByName('one')?.enabled_clients).toEqual(['b', 'a']);
    expect(store.connections.listEnabledFor('b').map(({ name }) => name)).toEqual(['one', 'two']);
    store.connections.update(connection('one', ['a', 'c']));
    expect(store.connections.find('con_one')?.enabled_clients).toEqual(['a', 'c']);
    expect(store.connections.listEnabledFor('b').map(({ name }) => name)).toEqual(['two']);
  });
});

describe('users', () => {
  it('are found by e-mail and username regardless of case, within their connection', () => {
    store.users.insert(userNumber(1, { email: 'Ada@Example.com', username: 'Ada' }));
    const social = [{ connection: 'google-oauth2', provider: 'google-oauth2', user_id: '2', isSocial: true }];
    store.users.insert(userNumber(2, { user_id: 'google-oauth2|2', email: 'ada@example.com', identities: social }));
    expect(store.users.findByEmail('ADA@example.com')).toHaveLength(2);
    expect(store.users.findInConnection('db', { email: 'ada@EXAMPLE.com' })?.user_id).toBe('auth0|1');
    expect(store.users.findInConnection('db', { username: 'ADA' })?.user_id).toBe('auth0|1');
    expect(store.users.findInConnection('elsewhere', { email: 'ada@example.com' })).toBeUndefined();
    expect(store.users.findByIdentity('google-oauth2', '2')?.user_id).toBe('google-oauth2|2');
    expect(store.users.list({ connection: 'google-oauth2' }, first10).total).toBe(1);
  });

  it('are found by their current name and address, not by former ones', () => {
    store.users.insert(userNumber(1));
    store.users.update(userNumber(1, { email: 'new@example.com' }));
    expect(store.users.findByEmail('user1@example.com')).toEqual([]);
    expect(store.users.findInConnection('db', { email: 'new@example.com' })?.user_id).toBe('auth0|1');
  });

  it('keep a login that happened during another change', () => {
    store.users.insert(userNumber(1));
    const stale = store.users.find('auth0|1');
    store.users.recordLogin('auth0|1', '2026-02-02T00:00:00.000Z', '127.0.0.1');
    if (stale !== undefined) store.users.update({ ...stale, nickname: 'one' });
    const found = store.users.find('auth0|1');
    expect(found).toMatchObject({ logins_count: 1, last_ip: '127.0.0.1', nickname: 'one' });
    expect(found?.last_login).toBe('2026-02-02T00:00:00.000Z');
  });

  it('remove their roles and password with them', () => {
    store.users.insert(userNumber(1), 'hash');
    store.roles.insert({ id: 'rol_1', name: 'r', description: '' });
    store.roles.assign('rol_1', ['auth0|1']);
    expect(store.users.remove('auth0|1')).toBe(true);
    expect(store.users.passwordHash('auth0|1')).toBeUndefined();
    expect(store.roles.members('rol_1', first10).total).toBe(0);
  });

  it('have one password, the last one set', () => {
    store.users.insert(userNumber(1), 'old');
    store.users.setPasswordHash('auth0|1', 'new');
    expect(store.users.passwordHash('auth0|1')).toBe('new');
  });
});

describe('roles', () => {
  beforeEach(() => {
    for (let number = 1; number <= 5; number += 1) store.users.insert(userNumber(number));
    store.roles.insert({ id: 'rol_b', name: 'b', description: '' });
    store.roles.insert({ id: 'rol_a', name: 'a', description: '' });
  });

  it('are assigned once, however often the assignment is repeated', () => {
    store.roles.assign('rol_a', ['auth0|1', 'auth0|2', 'auth0|1']);
    store.roles.assign('rol_a', ['auth0|2', 'auth0|missing']);
    store.roles.assign('rol_b', ['auth0|1']);
    expect(store.roles.members('rol_a', first10).rows.map(({ user_id }) => user_id)).toEqual(['auth0|1', 'auth0|2']);
    expect(store.roles.listByUser('auth0|1').rows.map(({ name }) => name)).toEqual(['a', 'b']);
    store.roles.unassign('rol_a', ['auth0|1']);
    expect(store.roles.listByUser('auth0|1').rows.map(({ name }) => name)).toEqual(['b']);
  });

  it('list their members from a position on, each once', () => {
    store.roles.assign(
      'rol_a',
      [1, 2, 3, 4, 5].map((number) => `auth0|${number}`),
    );
    const one = store.roles.members('rol_a', { page: 0, perPage: 2 });
    const two = store.roles.members('rol_a', { page: 0, perPage: 10, after: one.positions?.at(-1) ?? '' });
    expect([...one.rows, ...two.rows].map(({ user_id }) => user_id)).toEqual(
      [1, 2, 3, 4, 5].map((number) => `auth0|${number}`),
    );
  });

  it('are found by a part of their name', () => {
    expect(store.roles.list({ nameFilter: 'B' }, first10).rows.map(({ id }) => id)).toEqual(['rol_b']);
    expect(store.roles.list({ nameFilter: '%' }, first10).total).toBe(0);
  });
});

describe('artifacts', () => {
  it('are removed with their user, and other users’ artifacts stay', () => {
    store.users.insert(userNumber(1));
    store.artifacts.upsert('Session', 'own', { accountId: 'auth0|1' }, soon());
    store.artifacts.upsert('RefreshToken', 'own', { accountId: 'auth0|1' }, soon());
    store.artifacts.upsert('Session', 'other', { accountId: 'auth0|2' }, soon());
    store.users.remove('auth0|1');
    expect(store.artifacts.find('Session', 'own')).toBeUndefined();
    expect(store.artifacts.find('RefreshToken', 'own')).toBeUndefined();
    expect(store.artifacts.find('Session', 'other')).toBeDefined();
  });

  const soon = () => Math.floor(Date.now() / 1000) + 60;

  it('are found by id, uid and user code until they expire', () => {
    store.artifacts.upsert('Session', 's', { uid: 'u', userCode: 'CODE' }, soon());
    expect(store.artifacts.find('Session', 's')).toEqual({ uid: 'u', userCode: 'CODE' });
    expect(store.artifacts.findByUid('Session', 'u')).toBeDefined();
    expect(store.artifacts.findByUserCode('Session', 'CODE')).toBeDefined();
    expect(store.artifacts.find('Grant', 's')).toBeUndefined();
    store.artifacts.upsert('Session', 's', { uid: 'u' }, Math.floor(Date.now() / 1000) - 1);
    expect(store.artifacts.find('Session', 's')).toBeUndefined();
    expect(store.artifacts.findByUid('Session', 'u')).toBeUndefined();
    expect(store.artifacts.removeExpired(Date.now() / 1000)).toBe(1);
  });

  it('can be used once', () => {
    store.artifacts.upsert('AuthorizationCode', 'c', { grantId: 'g' }, soon());
    expect(store.artifacts.consume('AuthorizationCode', 'c', 1000)).toBe(true);
    expect(store.artifacts.consume('AuthorizationCode', 'c', 2000)).toBe(false);
    expect(store.artifacts.find('AuthorizationCode', 'c')).toEqual({ grantId: 'g', consumed: 1000 });
    expect(store.artifacts.consume('AuthorizationCode', 'none', 1)).toBe(false);
  });

  it('stay used when they are written again', () => {
    store.artifacts.upsert('RefreshToken', 'r', {}, soon());
    store.artifacts.consume('RefreshToken', 'r', 1000);
    store.artifacts.upsert('RefreshToken', 'r', { more: true }, soon());
    expect(store.artifacts.consume('RefreshToken', 'r', 2000)).toBe(false);
  });

  it('are removed with their grant', () => {
    store.artifacts.upsert('AccessToken', 'a', { grantId: 'g' }, soon());
    store.artifacts.upsert('RefreshToken', 'r', { grantId: 'g' }, undefined);
    store.artifacts.upsert('RefreshToken', 'other', { grantId: 'h' }, undefined);
    store.artifacts.removeByGrant('g');
    expect(store.artifacts.find('AccessToken', 'a')).toBeUndefined();
    expect(store.artifacts.find('RefreshToken', 'r')).toBeUndefined();
    expect(store.artifacts.find('RefreshToken', 'other')).toBeDefined();
  });
});

describe('logs', () => {
  it('are listed newest first, or after an entry in the order of writing', () => {
    for (const log_id of ['1', '2', '3']) {
      store.logs.insert({ log_id, date: '', type: log_id === '2' ? 'f' : 's', description: '', user_id: 'auth0|1' });
    }
    const ids = (filter: Parameters<Store['logs']['list']>[0]) =>
      store.logs.list(filter, first10).rows.map(({ log_id }) => log_id);
    expect(ids({})).toEqual(['3', '2', '1']);
    expect(ids({ from: '1' })).toEqual(['2', '3']);
    expect(ids({ type: 's', userId: 'auth0|1' })).toEqual(['3', '1']);
    expect(ids({ userId: 'auth0|2' })).toEqual([]);
  });
});

describe('executions', () => {
  it('are stored until their lifetime ends', () => {
    const execution = { trigger_id: 'post-login', status: 'final' as const, results: [], updated_at: '' };
    store.executions.insert({ ...execution, id: 'old', created_at: '2026-01-01T00:00:00.000Z' });
    store.executions.insert({ ...execution, id: 'new', created_at: '2026-01-20T00:00:00.000Z' });
    expect(store.executions.removeBefore('2026-01-10T00:00:00.000Z')).toBe(1);
    expect(store.executions.find('old')).toBeUndefined();
    expect(store.executions.find('new')?.id).toBe('new');
  });
});

describe('hostile text', () => {
  it.each(["'; DROP TABLE users; --", '__proto__', 'constructor', '"\\', '\u0000', '😀', '%_'])(
    '%j is only text',
    (text) => {
      store.users.insert(
        userNumber(1, { nickname: text, user_metadata: JSON.parse(`{"__proto__":${JSON.stringify(text)}}`) }),
      );
      store.settings.set(text, text);
      expect(store.users.find('auth0|1')?.nickname).toBe(text);
      expect(store.users.findByEmail(text)).toEqual([]);
      expect(store.settings.get(text)).toBe(text);
      expect(({} as Record<string, unknown>).nickname).toBeUndefined();
    },
  );
});

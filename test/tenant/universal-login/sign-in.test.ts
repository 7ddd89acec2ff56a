import { createHook } from 'node:async_hooks';
import { afterEach, beforeEach, describe, expect, it } from 'vitest';
import { hashPassword } from '../../../src/tenant/authentication/accounts/password-hash.ts';
import { signInWithPassword } from '../../../src/tenant/authentication/accounts/password-sign-in.ts';
import { addConnection, addUser, type Fixture, newClient, openFixture } from './tenant-fixture.ts';

const database = 'Username-Password-Authentication';
let fixture: Fixture;

beforeEach(async () => {
  fixture = openFixture();
  const { store, client } = fixture;
  addConnection(store, { name: database, clients: [client.client_id], realms: ['people'] });
  addUser(
    store,
    { user_id: 'auth0|ada', connection: database, email: 'ada@example.com', username: 'ada' },
    await hashPassword('correct'),
  );
});
afterEach(() => fixture.store.close());

function signIn(username: string, password: string, more: { connection?: string } = {}) {
  return signInWithPassword(fixture, { ...fixture.request, username, password, ...more });
}

describe('a sign-in with a password', () => {
  it.each(['ada@example.com', 'ADA@Example.com', ' ada@example.com ', 'ada'])('finds %j', async (username) => {
    const result = await signIn(username, 'correct');
    expect(result).toMatchObject({ ok: true, user: { user_id: 'auth0|ada' }, connection: { name: database } });
    expect(fixture.logTypes()).toEqual([]);
  });

  it('finds the database by its name or its realm', async () => {
    expect(await signIn('ada', 'correct', { connection: database })).toMatchObject({ ok: true });
    expect(await signIn('ada', 'correct', { connection: 'people' })).toMatchObject({ ok: true });
  });

  it('refuses a wrong password, and logs fp', async () => {
    expect(await signIn('ada@example.com', 'wrong')).toEqual({ ok: false, reason: 'wrong_password' });
    const [record] = fixture.store.logs.list({}, { page: 0, perPage: 10 }).rows;
    expect(record).toMatchObject({
      type: 'fp',
      description: 'Wrong email or password.',
      client_id: fixture.client.client_id,
      client_name: 'Orders',
      connection: database,
      strategy: 'auth0',
      strategy_type: 'database',
      user_id: 'auth0|ada',
      user_name: 'ada@example.com',
      ip: '127.0.0.1',
      details: { error: { message: 'Wrong email or password.' } },
    });
  });

  it.each(['unknown@example.com', 'unknown', '', ' ', '%', "' OR 1=1 --", '\u0000'])(
    'refuses the unknown user %j, and logs fu',
    async (username) => {
      expect(await signIn(username, 'correct')).toEqual({ ok: false, reason: 'unknown_user' });
      expect(fixture.logTypes()).toEqual(['fu']);
    },
  );

  it('hashes once for an unknown user as for a wrong password, so that the time reveals nothing', async () => {
    let hashes = 0;
    const hook = createHook({
      init(_id, type) {
        if (type === 'SCRYPTREQUEST') hashes += 1;
      },
    }).enable();
    const hashesFor = async (username: string) => {
      hashes = 0;
      await signIn(username, 'wrong');
      return hashes;
    };
    expect(await hashesFor('ada@example.com')).toBe(1);
    expect(await hashesFor('unknown@example.com')).toBe(1);
    hook.disable();
  });

  it('refuses a user without a password', async () => {
    addUser(fixture.store, { user_id: 'auth0|bob', connection: database, email: 'bob@example.com' });
    expect(await signIn('bob@example.com', '')).toEqual({ ok: false, reason: 'wrong_password' });
  });

  it('reports that a user is blocked only for the right password, and logs f', async () => {
    const hash = await hashPassword('correct');
    addUser(
      fixture.store,
      { user_id: 'auth0|eve', connection: database, email: 'eve@example.com', blocked: true },
      hash,
    );
    expect(await signIn('eve@example.com', 'wrong')).toEqual({ ok: false, reason: 'wrong_password' });
    expect(await signIn('eve@example.com', 'correct')).toEqual({ ok: false, reason: 'blocked' });
    expect(fixture.logTypes().toSorted()).toEqual(['f', 'fp']);
  });

  it('refuses a user who is blocked or deleted while the password is being checked', async () => {
    const blocked = signIn('ada', 'correct');
    const user = fixture.store.users.find('auth0|ada');
    if (user !== undefined) fixture.store.users.update({ ...user, blocked: true });
    expect(await blocked).toEqual({ ok: false, reason: 'blocked' });
    const removed = signIn('ada', 'correct');
    fixture.store.users.remove('auth0|ada');
    expect(await removed).toEqual({ ok: false, reason: 'unknown_user' });
  });

  it('refuses connections that are not enabled for the application or are not a database', async () => {
    const other = newClient('Other');
    fixture.store.clients.insert(other);
    addConnection(fixture.store, { name: 'others', clients: [other.client_id] });
    addConnection(fixture.store, {
      name: 'google-oauth2',
      strategy: 'google-oauth2',
      clients: [fixture.client.client_id],
    });
    for (const connection of ['others', 'google-oauth2', 'missing', '']) {
      expect(await signIn('ada', 'correct', { connection })).toEqual({ ok: false, reason: 'no_connection' });
    }
    const attempt = { ...fixture.request, client: newClient('Nothing'), username: 'ada', password: 'correct' };
    expect(await signInWithPassword(fixture, attempt)).toEqual({ ok: false, reason: 'no_connection' });
    expect(new Set(fixture.logTypes())).toEqual(new Set(['f']));
  });

  it('does not find the users of another database', async () => {
    addConnection(fixture.store, { name: 'staff', clients: [fixture.client.client_id] });
    expect(await signIn('ada@example.com', 'correct', { connection: 'staff' })).toEqual({
      ok: false,
      reason: 'unknown_user',
    });
  });

  it('never logs a password, and truncates the typed name', async () => {
    await signIn('ada', 'hunter2-hunter2');
    await signIn(`${'x'.repeat(5000)}@example.com`, 'hunter2-hunter2');
    const { rows } = fixture.store.logs.list({}, { page: 0, perPage: 10 });
    expect(JSON.stringify(rows)).not.toContain('hunter2');
    expect(Math.max(...rows.map((row) => row.user_name?.length ?? 0))).toBe(254);
  });
});

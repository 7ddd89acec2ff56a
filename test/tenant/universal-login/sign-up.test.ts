import { afterEach, beforeEach, describe, expect, it } from 'vitest';
import { signInWithPassword } from '../../../src/tenant/authentication/accounts/password-sign-in.ts';
import { allowsSignUp, signUp } from '../../../src/tenant/authentication/accounts/sign-up.ts';
import { addConnection, addUser, type Fixture, openFixture } from './tenant-fixture.ts';

const database = 'Username-Password-Authentication';
const password = 'Correct-horse-1';
let fixture: Fixture;

beforeEach(() => {
  fixture = openFixture();
});
afterEach(() => fixture.store.close());

function withDatabase(options: Parameters<typeof addConnection>[1]['options'] = {}) {
  return addConnection(fixture.store, { name: database, clients: [fixture.client.client_id], options });
}

function request(more: { email?: string; password?: string; username?: string; connection?: string } = {}) {
  return signUp(fixture, { ...fixture.request, email: 'Ada.L@Example.com', password, ...more });
}

async function codes(more: Parameters<typeof request>[0]) {
  const result = await request(more);
  return result.ok ? [] : result.problems.map(({ field, code }) => `${field}: ${code}`);
}

describe('a sign-up', () => {
  it('creates a user who can sign in, and whose address is not verified', async () => {
    withDatabase();
    const result = await signUp(
      { ...fixture, now: () => new Date('2026-05-06T07:08:09.010Z') },
      { ...fixture.request, email: ' Ada.L@Example.com ', password },
    );
    expect(result).toMatchObject({ ok: true, connection: { name: database } });
    const user = fixture.store.users.findInConnection(database, { email: 'ada.l@example.com' });
    const identity = user?.user_id.split('|')[1];
    expect(user).toEqual({
      user_id: expect.stringMatching(/^auth0\|[0-9a-f]{24}$/),
      email: 'ada.l@example.com',
      email_verified: false,
      name: 'ada.l@example.com',
      nickname: 'ada.l',
      picture: expect.stringMatching(/^https:\/\/s\.gravatar\.com\/avatar\/[0-9a-f]{32}\?/),
      user_metadata: {},
      app_metadata: {},
      identities: [{ connection: database, provider: 'auth0', user_id: identity, isSocial: false }],
      created_at: '2026-05-06T07:08:09.010Z',
      updated_at: '2026-05-06T07:08:09.010Z',
      logins_count: 0,
    });
    const attempt = { ...fixture.request, username: 'ada.l@example.com', password };
    expect(await signInWithPassword(fixture, attempt)).toMatchObject({ ok: true });
    expect(fixture.logTypes()).toEqual(['ss']);
    expect(JSON.stringify(fixture.store.logs.list({}, { page: 0, perPage: 9 }))).not.toContain(password);
  });

  it('refuses an address that is taken, regardless of case, and logs fs', async () => {
    withDatabase();
    addUser(fixture.store, { user_id: 'auth0|ada', connection: database, email: 'ada.l@example.com' });
    expect(await codes({ email: 'ADA.L@EXAMPLE.COM' })).toEqual(['email: user-exists']);
    expect(fixture.logTypes()).toEqual(['fs']);
  });

  it('creates one user for two parallel requests', async () => {
    withDatabase();
    const results = await Promise.all([request(), request(), request()]);
    expect(results.filter((result) => result.ok)).toHaveLength(1);
    expect(fixture.store.users.findByEmail('ada.l@example.com')).toHaveLength(1);
    expect(fixture.logTypes().toSorted()).toEqual(['fs', 'fs', 'ss']);
  });

  it.each([
    '',
    'ada',
    'ada@',
    '@example.com',
    'ada@example',
    'a b@example.com',
    'ada@example.com\r\nBcc: x@y.zz',
    'ada@@example.com',
    `${'a'.repeat(250)}@example.com`,
    '<b>@example.com',
  ])('refuses the address %j', async (email) => {
    withDatabase();
    expect(await codes({ email })).toEqual(['email: invalid-email-format']);
    expect(fixture.store.users.list({}, { page: 0, perPage: 1 }).total).toBe(0);
  });

  it('reports all problems at once', async () => {
    withDatabase();
    expect(await codes({ email: 'ada', password: 'short' })).toEqual([
      'email: invalid-email-format',
      'password: password-policy-length-at-least',
      'password: password-policy-contains-at-least',
    ]);
  });

  it('is refused if sign-ups are disabled, or no database is enabled', async () => {
    expect(await codes({})).toEqual(['form: no-connection']);
    const connection = withDatabase({ disable_signup: true });
    expect(allowsSignUp(connection)).toBe(false);
    expect(await codes({})).toEqual(['form: signup-disabled']);
    expect(await codes({ connection: 'missing' })).toEqual(['form: no-connection']);
    expect(fixture.store.users.list({}, { page: 0, perPage: 1 }).total).toBe(0);
  });

  it('requires a username if the database has usernames', async () => {
    withDatabase({ requires_username: true });
    expect(await codes({})).toEqual(['username: username-invalid']);
    expect(await codes({ username: 'a b' })).toEqual(['username: username-invalid']);
    expect(await request({ username: 'ada' })).toMatchObject({ ok: true, user: { username: 'ada' } });
    expect(await codes({ email: 'other@example.com', username: 'ADA' })).toEqual(['username: username-exists']);
  });

  it('ignores a username if the database has none', async () => {
    withDatabase();
    const result = await request({ username: 'ada' });
    expect(result.ok && result.user.username).toBeUndefined();
    expect(result.ok).toBe(true);
  });
});

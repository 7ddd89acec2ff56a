import { afterEach, beforeEach, describe, expect, it } from 'vitest';
import {
  type SocialProfile,
  signInSocially,
  socialProfileOf,
} from '../../../src/tenant/authentication/accounts/social-sign-in.ts';
import type { JsonObject } from '../../../src/tenant/store/json-value.ts';
import { addConnection, addUser, type Fixture, newClient, openFixture } from './tenant-fixture.ts';

const google = 'google-oauth2';
const grace: SocialProfile = {
  subject: '100000000000000000001',
  email: 'Grace@Example.com',
  email_verified: true,
  name: 'Grace Hopper',
  given_name: 'Grace',
};
let fixture: Fixture;

beforeEach(() => {
  fixture = openFixture();
});
afterEach(() => fixture.store.close());

function withGoogle(options: JsonObject = {}) {
  return addConnection(fixture.store, {
    name: google,
    strategy: google,
    clients: [fixture.client.client_id],
    options,
  });
}

function signIn(profile: SocialProfile, at = '2026-02-03T04:05:06.000Z') {
  const deps = { ...fixture, now: () => new Date(at) };
  return signInSocially(deps, { ...fixture.request, connection: google, profile });
}

describe('a social sign-in', () => {
  it('creates the user at the first login', () => {
    withGoogle();
    expect(signIn(grace)).toMatchObject({ ok: true, connection: { name: google } });
    expect(fixture.store.users.find('google-oauth2|100000000000000000001')).toEqual({
      user_id: 'google-oauth2|100000000000000000001',
      email: 'grace@example.com',
      email_verified: true,
      name: 'Grace Hopper',
      nickname: 'grace',
      given_name: 'Grace',
      picture: expect.stringContaining('gravatar'),
      user_metadata: {},
      app_metadata: {},
      identities: [{ connection: google, provider: google, user_id: '100000000000000000001', isSocial: true }],
      created_at: '2026-02-03T04:05:06.000Z',
      updated_at: '2026-02-03T04:05:06.000Z',
      logins_count: 0,
    });
  });

  it('updates the profile at every later login, and nothing else', () => {
    withGoogle();
    signIn(grace);
    const created = fixture.store.users.find('google-oauth2|100000000000000000001');
    if (created !== undefined) fixture.store.users.update({ ...created, app_metadata: { plan: 'gold' } });
    fixture.store.users.recordLogin('google-oauth2|100000000000000000001', '2026-02-03T04:05:07.000Z', '::1');
    const result = signIn({ ...grace, email_verified: false, name: 'Rear Admiral' }, '2026-03-01T00:00:00.000Z');
    expect(result).toMatchObject({
      ok: true,
      user: { name: 'Rear Admiral', email_verified: false, app_metadata: { plan: 'gold' }, logins_count: 1 },
    });
    expect(fixture.store.users.find('google-oauth2|100000000000000000001')).toMatchObject({
      name: 'Rear Admiral',
      created_at: '2026-02-03T04:05:06.000Z',
      updated_at: '2026-03-01T00:00:00.000Z',
    });
    expect(fixture.store.users.list({}, { page: 0, perPage: 9 }).total).toBe(1);
  });

  it('updates only the e-mail address after the first login if the connection says so', () => {
    withGoogle({ set_user_root_attributes: 'on_first_login' });
    signIn(grace);
    expect(signIn({ ...grace, email: 'new@example.com', email_verified: false, name: 'Other Name' })).toMatchObject({
      user: { name: 'Grace Hopper', email: 'new@example.com', email_verified: false },
    });
  });

  it('creates no user if the connection does not create users', () => {
    withGoogle({ set_user_root_attributes: 'never_on_login' });
    expect(signIn(grace)).toEqual({ ok: false, reason: 'no_connection' });
    expect(fixture.store.users.list({}, { page: 0, perPage: 9 }).total).toBe(0);
  });

  it('removes an address that the provider no longer sends, and never treats a missing one as verified', () => {
    withGoogle();
    signIn(grace);
    const { email: _email, ...anonymous } = grace;
    const result = signIn(anonymous);
    expect(result.ok && result.user.email).toBeUndefined();
    expect(result.ok && result.user.email_verified).toBe(false);
  });

  it('is not the database user with the same address', () => {
    withGoogle();
    addUser(fixture.store, { user_id: 'auth0|grace', connection: 'db', email: 'grace@example.com' });
    expect(signIn(grace)).toMatchObject({ user: { user_id: 'google-oauth2|100000000000000000001' } });
  });

  it('signs in the user that the identity was linked to, whose own address stays the same', () => {
    withGoogle();
    addUser(fixture.store, {
      user_id: 'auth0|grace',
      connection: 'db',
      email: 'grace@navy.example',
      email_verified: false,
      identities: [
        { connection: 'db', provider: 'auth0', user_id: 'grace', isSocial: false },
        { connection: google, provider: google, user_id: grace.subject, isSocial: true },
      ],
    });
    const result = signIn(grace);
    expect(result).toMatchObject({
      ok: true,
      user: { user_id: 'auth0|grace', email: 'grace@navy.example', email_verified: false },
    });
    expect(result.ok && socialProfileOf(result.user, google)).toMatchObject({
      subject: grace.subject,
      email: 'grace@example.com',
      email_verified: true,
      name: 'Grace Hopper',
    });
  });

  it('refuses a blocked user, and logs f', () => {
    withGoogle();
    addUser(fixture.store, {
      user_id: `google-oauth2|${grace.subject}`,
      connection: google,
      email: 'grace@example.com',
      blocked: true,
    });
    expect(signIn(grace)).toEqual({ ok: false, reason: 'blocked' });
    expect(fixture.logTypes()).toEqual(['f']);
    expect(fixture.store.users.find(`google-oauth2|${grace.subject}`)?.name).toBeUndefined();
  });

  it('refuses connections that are not enabled for the application, and databases', () => {
    const other = newClient('Other');
    fixture.store.clients.insert(other);
    addConnection(fixture.store, { name: google, strategy: google, clients: [other.client_id] });
    addConnection(fixture.store, { name: 'db', clients: [fixture.client.client_id] });
    for (const connection of [google, 'db', 'missing']) {
      const result = signInSocially(fixture, { ...fixture.request, connection, profile: grace });
      expect(result).toEqual({ ok: false, reason: 'no_connection' });
    }
    expect(fixture.store.users.list({}, { page: 0, perPage: 9 }).total).toBe(0);
  });

  it.each<Partial<SocialProfile>>([
    { subject: '' },
    { subject: 'a|b' },
    { subject: 'a b' },
    { subject: '9'.repeat(256) },
    { email: 'unknown' },
    { email: 'a@b.example\u0000' },
    { name: 'Grace\u202eevil' },
    { name: 'x'.repeat(301) },
    { picture: 'javascript:alert(1)' },
    { picture: 'not a url' },
  ])('refuses a profile with %j, and creates no user', (member) => {
    withGoogle();
    expect(signIn({ ...grace, ...member })).toEqual({ ok: false, reason: 'invalid_profile' });
    expect(fixture.store.users.list({}, { page: 0, perPage: 9 }).total).toBe(0);
    expect(fixture.logTypes()).toEqual(['f']);
  });

  it('can be repeated with the known profile', () => {
    withGoogle();
    const first = signIn(grace);
    const again = first.ok ? socialProfileOf(first.user, google) : undefined;
    expect(again).toMatchObject({ subject: grace.subject, email: 'grace@example.com', email_verified: true });
    if (again !== undefined) expect(signIn(again)).toMatchObject({ ok: true, user: { name: 'Grace Hopper' } });
    expect(first.ok && socialProfileOf(first.user, 'facebook')).toBeUndefined();
  });
});

import { afterAll, beforeAll, beforeEach, describe, expect, it } from 'vitest';
import { verifyEmail } from '../../../src/tenant/authentication/accounts/email-verification/verify-email.ts';
import { verifyPassword } from '../../../src/tenant/authentication/accounts/password-hash.ts';
import { database, goodPassword, type ManagementFixture, openManagement } from './management-fixture.ts';

let tenant: ManagementFixture;
beforeAll(async () => {
  tenant = await openManagement();
});
afterAll(() => tenant.close());

let number = 0;
let email: string;
beforeEach(() => {
  number += 1;
  email = `user${number}@example.com`;
});
const make = (members: object = {}) =>
  tenant.call('POST', '/users', { connection: database, email, password: goodPassword, ...members });
const userPath = (userId: string) => `/users/${encodeURIComponent(userId)}`;

describe('a new user', () => {
  it('has the profile that Auth0 derives from an e-mail address, and shows nothing of the password', async () => {
    const { status, body } = await make({ email: 'Chuck@Example.com' });
    expect(status).toBe(201);
    const id = body.identities[0].user_id;
    expect(body).toEqual({
      user_id: `auth0|${id}`,
      email: 'chuck@example.com',
      email_verified: false,
      name: 'chuck@example.com',
      nickname: 'chuck',
      picture:
        'https://s.gravatar.com/avatar/0b79e7da7bc7877560620cf8f2cc93ae?s=480&r=pg&d=https%3A%2F%2Fcdn.auth0.com%2Favatars%2Fch.png',
      identities: [
        { connection: database, user_id: expect.stringMatching(/^[0-9a-f]{24}$/), provider: 'auth0', isSocial: false },
      ],
      created_at: expect.stringMatching(/^\d{4}-\d\d-\d\dT[\d:]{8}\.\d{3}Z$/),
      updated_at: body.created_at,
    });
    const hash = tenant.store.users.passwordHash(body.user_id) ?? '';
    expect(hash).not.toContain(goodPassword);
    expect(await verifyPassword(goodPassword, hash)).toBe(true);
    expect((await tenant.call('GET', userPath(body.user_id))).body).toEqual(body);
  });

  it('stores all members of the request', async () => {
    const profile = {
      username: `person${number}`,
      given_name: 'Ada',
      family_name: 'Lovelace',
      nickname: 'ada',
      picture: 'https://pictures.example/ada.jpg',
      email_verified: true,
      blocked: false,
      user_metadata: { colour: 'blue' },
      app_metadata: { plan: ['a', 'b'] },
    };
    const { body } = await make({ ...profile, user_id: `mine${number}`, verify_email: false });
    expect(body).toMatchObject({ ...profile, user_id: `auth0|mine${number}`, name: email });
  });

  it('is refused if another user has its address, name or id, regardless of case', async () => {
    const { body: first } = await make({ username: `taken${number}`, user_id: `taken${number}` });
    const message = {
      statusCode: 409,
      error: 'Conflict',
      message: 'The user already exists.',
      errorCode: 'auth0_idp_error',
    };
    expect((await make({ email: email.toUpperCase() })).body).toEqual(message);
    expect((await make({ email: `x${email}`, username: first.username.toUpperCase() })).body).toEqual(message);
    expect((await make({ email: `y${email}`, user_id: `taken${number}` })).body).toEqual(message);
  });

  it.each([
    [{ password: 'short' }, 'PasswordStrengthError: Password is too weak'],
    [{ password: undefined }, "Payload validation error: 'Missing required property: password'."],
    [{ email: undefined }, "Payload validation error: 'Missing required property: email'."],
    [
      { email: 'no-address' },
      "Payload validation error: 'Object didn't pass validation for format email: no-address' on property email.",
    ],
    [{ connection: 'nowhere' }, 'The connection does not exist.'],
    [
      { connection: 'google-oauth2' },
      'Users can only be created in database connections; others arrive when they sign in.',
    ],
    [
      { picture: 'javascript:alert(1)' },
      "Payload validation error: 'Object didn't pass validation for format strict-uri: javascript:alert(1)' on property picture.",
    ],
    [
      { blocked: 'yes' },
      "Payload validation error: 'Expected type boolean but found type string' on property blocked.",
    ],
    [{ roles: ['admin'] }, "Payload validation error: 'Additional properties not allowed: roles'."],
  ])('with %j is refused', async (members, message) => {
    const { status, body } = await make(members);
    expect(status).toBe(400);
    expect(body.message).toBe(message);
    expect(JSON.stringify(body)).not.toContain('short');
  });

  it('is created once by two simultaneous requests', async () => {
    const answers = await Promise.all([make(), make(), make()]);
    expect(answers.map(({ status }) => status).sort()).toEqual([201, 409, 409]);
  });
});

describe('a change for an identity that the user does not have', () => {
  it('changes no other identity instead', async () => {
    const { body: user } = await make();
    const hash = tenant.store.users.passwordHash(user.user_id);
    const patch = { connection: 'google-oauth2', password: `${goodPassword}2` };
    const { status, body } = await tenant.call('PATCH', userPath(user.user_id), patch);
    expect([status, body.errorCode]).toEqual([400, 'inexistent_connection']);
    expect(tenant.store.users.passwordHash(user.user_id)).toBe(hash);
  });
});

describe('scopes of the current user', () => {
  const asUser = async (subject: string, scopes: string[]) => ({ token: await tenant.token({ subject, scopes }) });
  const notThem = { statusCode: 403, message: 'User to be acted on does not match subject in bearer token.' };

  it('reach no other user', async () => {
    const { body: victim } = await make();
    const path = userPath(victim.user_id);
    for (const [method, sent, scope] of [
      ['GET', undefined, 'read:current_user'],
      ['PATCH', { user_metadata: { a: 1 } }, 'update:current_user_metadata'],
      ['PATCH', {}, 'update:current_user_metadata'],
      ['DELETE', undefined, 'delete:current_user'],
      ['GET', undefined, 'read:current_user'],
    ] as const) {
      const answer = await tenant.call(method, path, sent, await asUser('auth0|another', [scope]));
      expect(answer.body, `${method} ${scope}`).toMatchObject(notThem);
    }
    expect((await tenant.call('GET', path)).body).toEqual(victim);
  });

  it('reach the user of the token, and only the members that they name', async () => {
    const { body: self } = await make();
    const path = userPath(self.user_id);
    const read = await asUser(self.user_id, ['read:current_user']);
    expect((await tenant.call('GET', path, undefined, read)).body).toEqual(self);
    const update = await asUser(self.user_id, ['update:current_user_metadata']);
    expect((await tenant.call('PATCH', path, { user_metadata: { a: 1 } }, update)).status).toBe(200);
    for (const patch of [
      { app_metadata: { admin: true }, blocked: false },
      { email_verified: true },
      { password: `${goodPassword}2` },
      { user_metadata: { a: 2 }, blocked: false },
    ]) {
      const { status, body } = await tenant.call('PATCH', path, patch, update);
      expect([status, body.message]).toEqual([403, expect.stringContaining('expected any of: update:users')]);
    }
    expect(tenant.store.users.find(self.user_id)).toMatchObject({ user_metadata: { a: 1 }, app_metadata: {} });
    const remove = await asUser(self.user_id, ['delete:current_user']);
    expect((await tenant.call('DELETE', path, undefined, remove)).status).toBe(204);
  });

  it('do not include app_metadata, and the scope for app_metadata includes nothing else', async () => {
    const { body: user } = await make();
    const path = userPath(user.user_id);
    const scopes = ['update:users_app_metadata'];
    expect((await tenant.call('PATCH', path, { app_metadata: { a: 1 } }, { scopes })).status).toBe(200);
    expect((await tenant.call('PATCH', path, { password: `${goodPassword}2` }, { scopes })).status).toBe(403);
    const both = { scopes: [...scopes, 'update:current_user_metadata'] };
    expect((await tenant.call('PATCH', path, { user_metadata: { a: 1 } }, both)).status).toBe(403);
  });
});

describe('a user', () => {
  it('is changed; metadata is merged one level deep, null and {} remove members', async () => {
    const { body: made } = await make({
      user_metadata: { a: { b: 1 }, c: 1 },
      app_metadata: { x: 1 },
      given_name: 'Ada',
    });
    const path = userPath(made.user_id);
    const patch = { user_metadata: { a: { d: 2 }, c: null }, app_metadata: {}, given_name: null, blocked: true };
    const { status, body } = await tenant.call('PATCH', path, patch);
    expect(status).toBe(200);
    expect(body.user_metadata).toEqual({ a: { d: 2 } });
    expect(body).not.toHaveProperty('app_metadata');
    expect(body).not.toHaveProperty('given_name');
    expect(body.blocked).toBe(true);
    expect((await tenant.call('GET', path)).body).toEqual(body);
  });

  it('has to verify a new address, and can sign in only with a new password', async () => {
    const { body: made } = await make({ email_verified: true });
    const path = userPath(made.user_id);
    const { body } = await tenant.call('PATCH', path, { email: `new-${email}`, password: `${goodPassword}2` });
    expect(body).toMatchObject({ email: `new-${email}`, email_verified: false, last_password_reset: body.updated_at });
    const hash = tenant.store.users.passwordHash(made.user_id) ?? '';
    expect(await verifyPassword(`${goodPassword}2`, hash)).toBe(true);
    expect(await verifyPassword(goodPassword, hash)).toBe(false);
    expect((await tenant.call('PATCH', path, { password: 'weak' })).body.message).toContain('PasswordStrengthError');
  });

  it('cannot get another user’s address', async () => {
    const { body: one } = await make();
    const { body: two } = await make({ email: `other-${email}` });
    expect((await tenant.call('PATCH', userPath(two.user_id), { email: one.email.toUpperCase() })).status).toBe(409);
    expect((await tenant.call('PATCH', userPath(two.user_id), { email: two.email })).status).toBe(200);
  });

  it('of an identity provider keeps the provider’s values', async () => {
    const user_id = `google-oauth2|${number}`;
    const at = new Date().toISOString();
    tenant.store.users.insert({
      user_id,
      email,
      email_verified: true,
      user_metadata: {},
      app_metadata: {},
      identities: [{ connection: 'google-oauth2', provider: 'google-oauth2', user_id: `${number}`, isSocial: true }],
      created_at: at,
      updated_at: at,
      logins_count: 3,
    });
    const refused = await tenant.call('PATCH', userPath(user_id), { email: 'x@example.com', password: goodPassword });
    expect(refused).toMatchObject({ status: 400, body: { message: expect.stringContaining('email, password') } });
    const { body } = await tenant.call('PATCH', userPath(user_id), { app_metadata: { ok: true } });
    expect(body).toMatchObject({ app_metadata: { ok: true }, logins_count: 3 });
  });

  it('is deleted once and for all', async () => {
    const { body: made } = await make();
    const path = userPath(made.user_id);
    expect(await tenant.call('DELETE', path)).toMatchObject({ status: 204, body: '' });
    expect((await tenant.call('DELETE', path)).status).toBe(204);
    const gone = {
      statusCode: 404,
      error: 'Not Found',
      message: 'The user does not exist.',
      errorCode: 'inexistent_user',
    };
    for (const [method, suffix] of [
      ['GET', ''],
      ['PATCH', ''],
      ['GET', '/roles'],
      ['GET', '/logs'],
    ] as const) {
      expect((await tenant.call(method, path + suffix, method === 'PATCH' ? {} : undefined)).body).toEqual(gone);
    }
  });

  it('needs a valid id', async () => {
    const { status, body } = await tenant.call('GET', '/users/no-user-id');
    expect(status).toBe(400);
    expect(body).toMatchObject({
      errorCode: 'invalid_uri',
      message: expect.stringContaining('format user-id: no-user-id'),
    });
  });
});

describe('users', () => {
  it('are listed in order of creation, with totals and chosen fields', async () => {
    const { body: all } = await tenant.call('GET', '/users');
    const { body } = await tenant.call('GET', '/users?include_totals=true&per_page=2&page=1&fields=user_id');
    expect(body).toEqual({
      start: 2,
      limit: 2,
      length: 2,
      users: all.slice(2, 4).map(({ user_id }: { user_id: string }) => ({ user_id })),
      total: all.length,
    });
  });

  it('are searched by address, username and id; a query with a syntax error is refused', async () => {
    const { body: made } = await make({ username: `findme${number}` });
    for (const q of [`email:"${email}"`, `email:${email}`, `username:"findme${number}"`, `user_id:"${made.user_id}"`]) {
      const { body } = await tenant.call(
        'GET',
        `/users?include_totals=true&search_engine=v3&q=${encodeURIComponent(q)}`,
      );
      expect(body, q).toMatchObject({ total: 1, users: [{ user_id: made.user_id }] });
    }
    const { status, body: refused } = await tenant.call('GET', `/users?q=${encodeURIComponent('") OR 1=1 --')}`);
    expect([status, refused.errorCode]).toEqual([400, 'invalid_query_string']);
    expect((await tenant.call('GET', '/users?q=email%3A%22none%40example.com%22')).body).toEqual([]);
  });

  it('are found by e-mail regardless of case', async () => {
    const { body: made } = await make();
    const { body } = await tenant.call('GET', `/users-by-email?email=${encodeURIComponent(email.toUpperCase())}`);
    expect(body).toEqual([made]);
    expect((await tenant.call('GET', '/users-by-email?email=none%40example.com')).body).toEqual([]);
    expect((await tenant.call('GET', '/users-by-email')).body).toMatchObject({
      errorCode: 'invalid_query_string',
      message: "Query validation error: 'Missing required property: email'.",
    });
  });
});

describe('a verification e-mail', () => {
  const mails = () => tenant.store.outbox.list({ page: 0, perPage: 20 }).rows.filter(({ to }) => to === email);

  it.each([
    ['is sent to a new user with an unverified address', {}, 1],
    ['is sent to a new user whose address is stated to be unverified', { email_verified: false }, 1],
    ['is not sent if the address of a new user is verified', { email_verified: true }, 0],
    ['is not sent to a new user if the caller forbids it', { verify_email: false }, 0],
    ['is sent for a verified address if the caller asks for it', { email_verified: true, verify_email: true }, 1],
  ])('%s', async (_name, members, count) => {
    expect((await make(members)).status).toBe(201);
    expect(mails()).toHaveLength(count);
  });

  it('is not sent if the user is refused', async () => {
    await make({ email_verified: true });
    expect((await make()).status).toBe(409);
    expect((await make({ password: 'weak' })).status).toBe(400);
    expect(mails()).toEqual([]);
  });

  it('is sent to a new address if the caller asks for it, with a link that verifies the new address', async () => {
    const { body: user } = await make({ email_verified: true });
    email = `new-${email}`;
    await tenant.call('PATCH', userPath(user.user_id), { email: `quiet-${email}` });
    await tenant.call('PATCH', userPath(user.user_id), { email_verified: false });
    expect(mails()).toEqual([]);
    await tenant.call('PATCH', userPath(user.user_id), { email, verify_email: true });
    const [mail] = mails();
    expect(mails()).toHaveLength(1);
    const ticket = new URL(mail?.links[0] ?? '').searchParams.get('ticket') ?? '';
    expect(verifyEmail(tenant.store, ticket).outcome).toBe('success');
    expect((await tenant.call('GET', userPath(user.user_id))).body).toMatchObject({ email, email_verified: true });
  });
});

import { afterEach, beforeEach, describe, expect, it } from 'vitest';
import type { JsonObject } from '../../../src/tenant/store/json-value.ts';
import { requestToken } from './login-steps.ts';
import { type RunningTenant, startTenant } from './running-tenant.ts';

let tenant: RunningTenant;
beforeEach(async () => {
  tenant = await startTenant();
});
afterEach(() => tenant.close());

const PASSWORD = 'Correct-Horse-9';
const required = {
  client_id: 'web',
  connection: 'Username-Password-Authentication',
  email: 'Grace@Example.com',
  password: PASSWORD,
};

const url = () => new URL('dbconnections/signup', tenant.issuer);

async function signUp(fields: Record<string, unknown>): Promise<{ status: number; body: Record<string, unknown> }> {
  const response = await fetch(url(), {
    method: 'POST',
    headers: { 'content-type': 'application/json' },
    body: JSON.stringify({ ...required, ...fields }),
  });
  return { status: response.status, body: (await response.json()) as Record<string, unknown> };
}

function setOptions(options: JsonObject): void {
  const database = tenant.store.connections.find('con_db');
  if (database === undefined) throw new Error('no database');
  tenant.store.connections.update({ ...database, options });
}

describe('POST /dbconnections/signup', () => {
  it('creates a user who can then sign in', async () => {
    const profile = { given_name: 'Grace', family_name: 'Hopper', user_metadata: { plan: 'gold' } };
    const { status, body } = await signUp(profile);
    expect(status).toBe(200);
    expect(body).toEqual({
      _id: expect.stringMatching(/^[0-9a-f]{24}$/),
      email_verified: false,
      email: 'grace@example.com',
      ...profile,
    });
    const user = tenant.store.users.find(`auth0|${body._id}`);
    expect(user).toMatchObject({ ...profile, email: 'grace@example.com', email_verified: false, app_metadata: {} });
    const grant = { grant_type: 'password', username: 'grace@example.com', password: PASSWORD };
    expect((await requestToken(tenant, grant)).status).toBe(200);
    expect(tenant.logs[0]).toMatchObject({ type: 'ss', user_id: user?.user_id, client_id: 'web' });
  });

  it('sends an e-mail whose link verifies the address, and none after a refusal', async () => {
    const mails = () => tenant.store.outbox.list({ page: 0, perPage: 9 }).rows;
    expect((await signUp({ password: 'weak' })).status).toBe(400);
    expect(mails()).toEqual([]);
    const { body } = await signUp({});
    expect(mails()).toMatchObject([{ to: 'grace@example.com', subject: 'Verify your email' }]);
    const link = mails()[0]?.links[0] ?? '';
    expect(link).toMatch(new RegExp(`^${tenant.issuer}u/email-verification\\?ticket=[\\w-]{43}#$`));
    expect((await signUp({})).status).toBe(400);
    expect(mails()).toHaveLength(1);
    expect((await fetch(link)).status).toBe(200);
    const user = tenant.store.users.find(`auth0|${body._id}`);
    expect(user?.email_verified).toBe(true);
    const verified = { type: 'sv', user_id: user?.user_id, client_id: 'web', connection: required.connection };
    expect(tenant.logs.at(-1)).toMatchObject(verified);
    expect(JSON.stringify(tenant.logs)).not.toContain(new URL(link).searchParams.get('ticket'));
  });

  it('accepts a form', async () => {
    const response = await fetch(url(), {
      method: 'POST',
      body: new URLSearchParams({ ...required, name: 'Grace', 'user_metadata[plan]': 'gold' }),
    });
    expect(response.status).toBe(200);
    expect(await response.json()).toMatchObject({ name: 'Grace', user_metadata: { plan: 'gold' } });
  });

  it('ignores members that only the tenant may set', async () => {
    const greedy = {
      email_verified: true,
      app_metadata: { admin: true },
      user_id: 'auth0|chosen',
      blocked: false,
      roles: ['admin'],
      logins_count: 99,
      identities: [],
    };
    const { body } = await signUp({ ...greedy, user_metadata: JSON.parse('{"__proto__":"x","plan":"gold"}') });
    const user = tenant.store.users.find(`auth0|${body._id}`);
    expect(user).toMatchObject({ email_verified: false, app_metadata: {}, logins_count: 0 });
    expect(user).not.toHaveProperty('roles');
    expect(Object.getPrototypeOf(user?.user_metadata)).toBe(Object.prototype);
  });

  it('does not reveal which users exist, unless the tenant’s settings allow it', async () => {
    const existing = { email: 'ADA@example.com' };
    expect(await signUp(existing)).toEqual({
      status: 400,
      body: { name: 'BadRequestError', code: 'invalid_signup', description: 'Invalid sign up', statusCode: 400 },
    });
    tenant.store.settings.set('tenant_settings', { flags: { enable_public_signup_user_exists_error: true } });
    expect((await signUp(existing)).body).toEqual({
      name: 'BadRequestError',
      code: 'user_exists',
      description: 'The user already exists.',
      statusCode: 400,
    });
  });

  it('creates one user for many parallel requests', async () => {
    const answers = await Promise.all(Array.from({ length: 8 }, () => signUp({})));
    expect(answers.filter(({ status }) => status === 200)).toHaveLength(1);
    expect(tenant.store.users.findByEmail('grace@example.com')).toHaveLength(1);
  });

  it('reports rule by rule what is wrong with a password', async () => {
    const { status, body } = await signUp({ password: 'weak' });
    expect(status).toBe(400);
    expect(body).toMatchObject({
      name: 'PasswordStrengthError',
      message: 'Password is too weak',
      code: 'invalid_password',
      statusCode: 400,
      policy:
        '* At least 8 characters in length\n* Contain at least 3 of the following 4 types of characters:\n * lower case letters (a-z)\n * upper case letters (A-Z)\n * numbers (i.e. 0-9)\n * special characters (e.g. !@#$%^&*)',
      description: {
        verified: false,
        rules: [
          { code: 'lengthAtLeast', format: [8], verified: false },
          {
            code: 'containsAtLeast',
            format: [3, 4],
            verified: false,
            items: [{ verified: true }, { verified: false }, { verified: false }, { verified: false }],
          },
        ],
      },
    });
    expect(JSON.stringify(body)).not.toContain('"weak"');
  });

  it('reports the other reasons to refuse a password', async () => {
    setOptions({
      password_dictionary: { enable: true, dictionary: [PASSWORD] },
      password_no_personal_info: { enable: true },
    });
    expect((await signUp({})).body).toMatchObject({ name: 'PasswordDictionaryError', code: 'invalid_password' });
    const personal = await signUp({ password: 'Hopper-1906-x', family_name: 'Hopper' });
    expect(personal.body).toMatchObject({ name: 'PasswordNoUserInfoError', code: 'invalid_password' });
  });

  it('follows the database’s settings', async () => {
    setOptions({ disable_signup: true });
    expect((await signUp({})).body).toMatchObject({ code: 'invalid_signup', description: 'public signup is disabled' });
    setOptions({ requires_username: true });
    expect((await signUp({})).body).toMatchObject({ code: 'invalid_signup', description: 'missing username' });
    expect((await signUp({ username: 'grace' })).body).toMatchObject({ username: 'grace' });
    const other = await signUp({ username: 'grace', email: 'other@example.com' });
    expect(other.body).toMatchObject({ code: 'invalid_signup', description: 'Invalid sign up' });
  });

  it.each([
    ['no client', { client_id: undefined }],
    ['an unknown client', { client_id: 'unknown' }],
    ['no connection', { connection: undefined }],
    ['a connection that is not a database', { connection: 'google-oauth2' }],
    ['no password', { password: '' }],
    ['a password that is not a text', { password: { $ne: null } }],
    ['an invalid address', { email: 'not an address' }],
    ['eleven metadata', { user_metadata: Object.fromEntries([...'abcdefghijk'].map((name) => [name, 'x'])) }],
    ['a metadata value that is too long', { user_metadata: { plan: 'x'.repeat(501) } }],
    ['a metadata value that is not a text', { user_metadata: { plan: { nested: true } } }],
    ['metadata that are not an object', { user_metadata: 'gold' }],
    ['a picture that is a script', { picture: 'javascript:alert(1)' }],
    ['a name with a line break', { name: 'Grace\nHopper' }],
    ['a very long password', { password: `${PASSWORD}${'x'.repeat(5000)}` }],
  ])('refuses %s, and creates no user', async (_name, fields) => {
    const before = tenant.store.users.list({}, { page: 0, perPage: 1 }).total;
    const { status, body } = await signUp(fields);
    expect(status).toBe(400);
    expect(body.error ?? body.code).toMatch(/^invalid_/);
    expect(tenant.store.users.list({}, { page: 0, perPage: 1 }).total).toBe(before);
  });

  it('lets only pages of the application read the answer', async () => {
    const from = (origin: string, method = 'POST') =>
      fetch(url(), {
        method,
        headers: { origin, 'content-type': 'application/json' },
        ...(method === 'POST' && { body: JSON.stringify(required) }),
      });
    expect((await from('http://localhost:9999', 'OPTIONS')).status).toBe(204);
    expect((await from('https://evil.example')).headers.get('access-control-allow-origin')).toBeNull();
    const own = await from('http://localhost:9999');
    expect(own.headers.get('access-control-allow-origin')).toBe('http://localhost:9999');
    expect(own.headers.get('access-control-allow-credentials')).toBeNull();
    expect((await fetch(url())).status).toBe(405);
  });
});

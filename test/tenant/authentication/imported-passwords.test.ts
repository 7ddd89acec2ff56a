import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { signInWithPassword } from '../../../src/tenant/authentication/accounts/password-sign-in.ts';
import { until } from '../../until.ts';
import { database, type ManagementFixture, openManagement } from '../management/management-fixture.ts';

// The hashes come from other programs: Python's hashlib and crypt(3), OpenSSL with its legacy provider, and Argon2's own tests.
const typed = 'correct Horse 1';
const sha384 = 'xaAPsppesAIE1G2t2cw+cqu0RxuzWJdxdOKi/ZfhX0nL24/DCZiffRRSl66xFdM1c2FsdHk=';
const argon2 = '$argon2id$v=19$m=65536,t=2,p=1$c29tZXNhbHQ$CTFhFdXPJO1aFaMaO6Mm5c8y7cJHAph8ArZWb2GRPPc';

const hex = (algorithm: string, value: string, more: object = {}) => ({
  algorithm,
  hash: { value, encoding: 'hex' },
  ...more,
});
const base64 = (algorithm: string, value: string, more: object = {}) => ({
  algorithm,
  hash: { value, encoding: 'base64' },
  ...more,
});
const text = (algorithm: string, value: string) => ({ algorithm, hash: { value } });

const salt = { value: 'abc123' };
const hashes: readonly [name: string, custom: object, password?: string][] = [
  ['argon2', text('argon2', argon2), 'password'],
  ['bcrypt', text('bcrypt', '$2b$04$abcdefghijklmnopqrstuu/soPkfJeOT8zyv83L74ge3SAlda2wD.')],
  [
    'bcrypt of the documentation',
    text('bcrypt', '$2b$10$nFguVi9LsCAcvTZFKQlRKeLVydo8ETv483lkNsSFI/Wl1Rz1Ypo1K'),
    'hello',
  ],
  ['bcrypt with the prefix of PHP', text('bcrypt', '$2y$04$abcdefghijklmnopqrstuu/soPkfJeOT8zyv83L74ge3SAlda2wD.')],
  ['bcrypt with the oldest prefix', text('bcrypt', '$2a$04$abcdefghijklmnopqrstuu/soPkfJeOT8zyv83L74ge3SAlda2wD.')],
  [
    'hmac of the documentation',
    {
      algorithm: 'hmac',
      hash: {
        value: 'cg7f42jH39/2EaAU4wNd4s2lKIk=',
        encoding: 'base64',
        digest: 'sha1',
        key: { value: '736868', encoding: 'hex' },
      },
    },
    'test',
  ],
  [
    'hmac with sha1',
    {
      algorithm: 'hmac',
      hash: {
        value: '6941066e7ef7fb947b56811f0265d015232f1956',
        encoding: 'hex',
        digest: 'sha1',
        key: { value: '736868', encoding: 'hex' },
      },
    },
  ],
  [
    'hmac with ripemd160',
    {
      algorithm: 'hmac',
      hash: {
        value: '5c4a43157efbd9fef0e783dae34c300ea99cf9a7',
        encoding: 'hex',
        digest: 'ripemd160',
        key: { value: 'shh' },
      },
    },
  ],
  [
    'hmac with whirlpool',
    {
      algorithm: 'hmac',
      hash: {
        value:
          'ce67c1196af0dfc4aee635ad5b2d3f9dd3d6c6c74a1ae9f6193727f191174c7b8b632eb6d69cfd0327eea8c98d1eb76c2e0f88b9ddbbac3678cb2592da6a46f8',
        encoding: 'hex',
        digest: 'whirlpool',
        key: { value: 'shh' },
      },
    },
  ],
  ['ldap without a salt', text('ldap', '{MD5}SC/rwDDomX2yXyQcdQdCXA==')],
  ['ldap with a salt', text('ldap', '{SSHA}UMwD72VizAdnmY85+CXW+2cRKLZhYmNk')],
  ['ldap with SHA-384', text('ldap', `{SSHA384}${sha384}`)],
  ['md4', hex('md4', '8aa1fd1bd4a1532c16cce0a1c590d230')],
  [
    'md5 with a salt behind',
    base64('md5', 'sxqyOhAfez9rZcW4PLkFvg==', { salt: { value: 'pepper', position: 'suffix' } }),
  ],
  ['sha1 of UCS-2', hex('sha1', '2fcf76064ccea4fe5d97ef0ebb731f77d6a2db0f', { password: { encoding: 'ucs2' } })],
  [
    'sha256 with a salt, in capitals',
    hex('sha256', '674EFEAE3F7B5D49361D9A4EF4F9038E8F1D0B392392748C9F0CDEF841ADD96A', { salt }),
  ],
  [
    'sha512',
    base64('sha512', 'MT2KqavyB6Hk4AWN0hpcAqCbnAb1V+HDXjDHnyEhG0fIQk0oDYhezs5makljarK88NICxwQG9RmIKqdkE2A0ZQ=='),
  ],
  [
    'pbkdf2',
    text(
      'pbkdf2',
      '$pbkdf2-sha512$i=1000,l=64$c2FsdHNhbHQ$1Lz8UNCX/57ZjnOb0JWZourbOHF8FQsDK6WXqoF+PZjopmJgPoc3FgPSnsOMmZ8YH9fk6jkNKB5OtgOKpcCEOA',
    ),
  ],
  [
    'pbkdf2 without parameters',
    text(
      'pbkdf2',
      '$pbkdf2-RSA-SHA1$c2FsdHNhbHQ$nh3viQxYL0VqR4P9YM7gVF3Dn54eJzb0iW36neQWwwgpZhpnmLNGCAD4Wh6EPkhEXtEjqQu0p38XYWBsg69rlA',
    ),
  ],
  [
    'pbkdf2 with md4',
    text('pbkdf2', '$pbkdf2-md4$i=1000,l=32$c2FsdHNhbHQ$AmiX0xhByXkO2mLXNztbs4bWacgtJ0OKn0Y8O58lcXU'),
  ],
  [
    'scrypt',
    hex('scrypt', '33f15a04f282ad443b46e5593498da341c13a87f0e0aed4285c20997e3b70364', { salt, keylen: 32, cost: 4096 }),
  ],
  [
    'scrypt of the documentation',
    hex('scrypt', '097f6197e1b41538f723e32aa7a68e8d76227d8e432ce5faa4882a913032db29', {
      salt: { value: 'abc123', encoding: 'utf8' },
      keylen: 32,
      cost: 4096,
    }),
    'password',
  ],
  [
    'scrypt at the default cost',
    hex('scrypt', '3992c4359ae50cc731dc384f42bbfdb01a6fe04c5fa841db', { salt, keylen: 24 }),
  ],
];

let tenant: ManagementFixture;
beforeAll(async () => {
  tenant = await openManagement();
});
afterAll(() => tenant.close());

async function importUser(user: object, upsert = false) {
  const form = new FormData();
  form.set('users', new File([JSON.stringify([user])], 'users.json'));
  form.set('connection_id', tenant.store.connections.findByName(database)?.id ?? '');
  form.set('upsert', String(upsert));
  const begun = await tenant.api.request('/api/v2/jobs/users-imports', {
    method: 'POST',
    headers: { authorization: `Bearer ${await tenant.token()}` },
    body: form,
  });
  const { id } = (await begun.json()) as { id: string };
  const read = async () => (await tenant.call('GET', `/jobs/${id}`)).body;
  await until(async () => (await read()).status !== 'pending', 5);
  const { body } = await tenant.call('GET', `/jobs/${id}/errors`);
  return {
    ...(await read()).summary,
    errors: body === '' ? [] : body.flatMap((one: { errors: object[] }) => one.errors),
  };
}

async function signIn(username: string, password: string): Promise<boolean> {
  const client = (await tenant.call('POST', '/clients', { name: 'Sign in' })).body;
  const record = tenant.store.clients.find(client.client_id);
  if (record === undefined) throw new Error('The application is missing.');
  const attempt = { client: record, username, password, connection: database, ip: '192.0.2.1', hostname: 'localhost' };
  return (await signInWithPassword(tenant, attempt)).ok;
}

const storedHash = (email: string) =>
  tenant.store.users.passwordHash(tenant.store.users.findByEmail(email)[0]?.user_id ?? '');

describe('an imported hash', () => {
  it.each(hashes)(
    'lets its user sign in, and is replaced by one of our own: %s',
    async (name, custom, password = typed) => {
      const email = `${name.toLowerCase().replaceAll(/\W/g, '-')}@example.com`;
      expect(await importUser({ email, custom_password_hash: custom })).toMatchObject({ inserted: 1, errors: [] });
      expect(await signIn(email, `${password}!`)).toBe(false);
      expect(await signIn(email, '')).toBe(false);
      expect(await signIn(email, password)).toBe(true);
      expect(storedHash(email)).toMatch(/^\$scrypt\$/);
      expect(await signIn(email, password)).toBe(true);
      expect(await signIn(email, `${password}!`)).toBe(false);
    },
  );

  it('can be the password_hash of an Auth0 export', async () => {
    const email = 'exported@example.com';
    const password_hash = '$2b$10$nFguVi9LsCAcvTZFKQlRKeLVydo8ETv483lkNsSFI/Wl1Rz1Ypo1K';
    expect(await importUser({ email, password_hash })).toMatchObject({ inserted: 1 });
    expect(await signIn(email, 'hello')).toBe(true);
  });

  it('lets its user sign in several times at once, and is replaced once', async () => {
    const email = 'at-once@example.com';
    await importUser({ email, custom_password_hash: hex('md4', '8aa1fd1bd4a1532c16cce0a1c590d230') });
    expect(await Promise.all([signIn(email, typed), signIn(email, typed), signIn(email, typed)])).toEqual([
      true,
      true,
      true,
    ]);
    expect(await signIn(email, typed)).toBe(true);
  });

  it('can be imported again until its user has signed in', async () => {
    const email = 'again@example.com';
    const first = hex('md5', '00000000000000000000000000000000');
    const second = hex('md4', '8aa1fd1bd4a1532c16cce0a1c590d230');
    await importUser({ email, custom_password_hash: first });
    expect(await importUser({ email, custom_password_hash: second }, true)).toMatchObject({ updated: 1 });
    expect(await signIn(email, typed)).toBe(true);
    expect(await importUser({ email, custom_password_hash: first }, true)).toMatchObject({
      failed: 1,
      errors: [{ message: expect.stringContaining('already has password hash defined') }],
    });
    expect(await signIn(email, typed)).toBe(true);
  });

  it.each([
    ['without an encoding', text('md5', '5f4dcc3b5aa765d61d8327deb882cf99'), 'hex or base64'],
    ['of an unknown algorithm', hex('crc32', '00'), 'No enum match'],
    ['with a salt beside argon2', { ...text('argon2', argon2), salt }, 'not allowed'],
    [
      'with the prefix $2x$',
      text('bcrypt', '$2x$04$abcdefghijklmnopqrstuu/soPkfJeOT8zyv83L74ge3SAlda2wD.'),
      'prefixes',
    ],
    ['with the crypt scheme', text('ldap', '{CRYPT}aaaaaaaaaaaaa'), 'scheme'],
    [
      'of argon2 with too little memory',
      text('argon2', argon2.replace('m=65536', 'm=15').replace('p=1', 'p=2')),
      'memory',
    ],
    ['of argon2 without a pass', text('argon2', argon2.replace('t=2', 't=0')), 'PHC'],
    ['of argon2 without a lane', text('argon2', argon2.replace('p=1', 'p=0')), 'PHC'],
    ['of hmac without a key', hex('hmac', '00'), 'hash.key'],
    ['of scrypt without keylen', hex('scrypt', '00'), 'keylen'],
    [
      'of scrypt with a cost too high for its block',
      hex('scrypt', '00', { keylen: 32, cost: 65_536, blockSize: 1 }),
      'cost',
    ],
    [
      'that would keep the tenant busy: bcrypt',
      text('bcrypt', '$2b$31$abcdefghijklmnopqrstuu/soPkfJeOT8zyv83L74ge3SAlda2wD.'),
      'too much',
    ],
    ['that would keep the tenant busy: argon2', text('argon2', argon2.replace('65536', '9999999')), 'too much'],
    ['that would keep the tenant busy: scrypt', hex('scrypt', '00', { keylen: 32, cost: 2 ** 30 }), 'too much'],
    [
      'that would keep the tenant busy: pbkdf2',
      text('pbkdf2', '$pbkdf2-sha1$i=9999999,l=20$c2FsdHNhbHQ$AAAA'),
      'too much',
    ],
  ])('is refused %s', async (_what, custom_password_hash, message) => {
    const { failed, errors } = await importUser({ email: 'refused@example.com', custom_password_hash });
    expect({ failed, errors }).toMatchObject({ failed: 1, errors: [{ code: 'INVALID_FORMAT' }] });
    expect(errors[0].message).toContain(message);
  });
});

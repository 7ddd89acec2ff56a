import { readFileSync } from 'node:fs';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { startTenant as start, type Tenant } from '../../src/tenant/tenant.ts';
import { type ManagementAccess, managementAccess } from '../../src/testing/management-access.ts';
import { prepareSeeds } from '../../src/testing/prepared-seeds.ts';
import type { SeedUser } from '../../src/testing/seed/seed.ts';
import { startTenant } from '../../src/testing/start-test-tenant.ts';
import { trustCertificates } from '../../src/testing/trust-certificates.ts';

const people = (count: number, more: (index: number) => Partial<SeedUser> = () => ({})): SeedUser[] =>
  Array.from({ length: count }, (_, index) => ({
    email: `user${index}@example.com`,
    password: `Open-${index}-gate`,
    ...more(index),
  }));

describe('users of a seed on a tenant that has users', () => {
  let tenant: Tenant;
  let management: ManagementAccess;
  let distrust: () => void;
  beforeAll(async () => {
    tenant = await start({ port: 0, loopbackPort: 0 });
    management = managementAccess(tenant, () => Date.now());
    distrust = trustCertificates(readFileSync(tenant.caFile, 'utf8'));
  });
  afterAll(async () => {
    distrust();
    await tenant.close();
  });
  const put = async (users: readonly SeedUser[]) => {
    const seed = { clients: [{ name: 'Web', grant_types: ['http://auth0.com/oauth/grant-type/password-realm'] }] };
    const seeds = await prepareSeeds({ seed, users, folder: process.cwd(), environment: {} });
    await seeds.put(tenant, management);
  };
  const passes = async (username: string, password: string) => {
    const [client] = (await management.client().clients.list({ is_global: false })).data.filter(
      ({ name }) => name === 'Web',
    );
    const response = await fetch(new URL('oauth/token', tenant.url), {
      method: 'POST',
      body: new URLSearchParams({
        grant_type: 'http://auth0.com/oauth/grant-type/password-realm',
        client_id: String(client?.client_id),
        client_secret: String(client?.client_secret),
        realm: 'Username-Password-Authentication',
        username,
        password,
      }),
    });
    return response.status === 200;
  };
  const found = async (email: string) => {
    const [user, ...others] = await management.client().users.listUsersByEmail({ email });
    expect(others).toEqual([]);
    const roles = (await management.client().users.roles.list(user?.user_id ?? '')).data.map(({ name }) => name);
    return { id: user?.user_id, name: user?.name, verified: user?.email_verified, roles };
  };

  it.each([
    ['a few', 3],
    ['many', 50],
  ])('%s are changed, with those who have signed in since', async (_, count) => {
    await put(people(count, () => ({ email_verified: false, name: 'First' })));
    const before = await found('user1@example.com');
    expect(await passes('user1@example.com', 'Open-1-gate')).toBe(true);
    const later = (index: number) => ({ name: 'Second', password: `Shut-${index}-gate`, roles: ['Reader'] });
    await put([...people(count, later), { email: `new${count}@example.com` }]);
    for (const index of [0, 1]) {
      const email = `user${index}@example.com`;
      expect(await found(email)).toMatchObject({ name: 'Second', verified: false, roles: ['Reader'] });
      expect(await passes(email, `Open-${index}-gate`)).toBe(false);
      expect(await passes(email, `Shut-${index}-gate`)).toBe(true);
    }
    expect((await found('user1@example.com')).id).toBe(before.id);
    expect(await found(`new${count}@example.com`)).toMatchObject({ verified: true, roles: [] });
  });
});

describe('users of a seed', () => {
  const refused = (users: readonly SeedUser[]) =>
    startTenant({ users }).then(
      () => undefined,
      (error: { code: string; message: string }) => error,
    );

  it('may have more than one import takes', async () => {
    const metadata = { note: 'n'.repeat(2000) };
    await using tenant = await startTenant({ users: people(1500, () => ({ user_metadata: metadata })) });
    const [last] = await tenant.management().users.listUsersByEmail({ email: 'user1499@example.com' });
    expect(last?.user_metadata).toEqual(metadata);
    expect((await tenant.signIn({ user: 'user1499@example.com' })).claims.email).toBe('user1499@example.com');
  });

  it('are refused by their place if one is larger than an import, or the same as another', async () => {
    const huge = { email: 'huge@example.com', app_metadata: { note: 'n'.repeat(600_000) } };
    expect(await refused([{ email: 'una@example.com' }, huge])).toMatchObject({
      code: 'seed_refused',
      message: expect.stringMatching(/^The tenant refused users\[1\]: it has \d+ bytes, and an import takes 500000\.$/),
    });
    expect(await refused([...people(2), { email: 'User0@example.com' }])).toMatchObject({
      code: 'seed_invalid',
      message: 'users[2] is the same user as users[0].',
    });
    expect(await refused([...people(1100), { email: 'nonsense' }])).toMatchObject({
      code: 'seed_refused',
      message: expect.stringContaining('users[1100]'),
    });
  });
});

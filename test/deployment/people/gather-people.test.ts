import { existsSync, mkdtempSync, readdirSync, rmSync, statSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { ManagementClient } from 'auth0';
import { afterAll, afterEach, beforeAll, beforeEach, describe, expect, it } from 'vitest';
import type { ExportedUser } from '../../../src/deployment/people/exported-user.ts';
import { gatherPeople, type People } from '../../../src/deployment/people/gather-people.ts';
import { gatePolicy } from '../../gate-policy.ts';
import { type DeployedTenant, startDeployedTenant } from '../deployed-tenant.ts';

const ADDRESSES = ['ann@water.example', 'm@xn--bcher-kva.example', "o'neil@x.example", 'a+b@y.example'];
const HOLDERS = 130;

describe('the users of a tenant', () => {
  let local: DeployedTenant;
  let folder: string;
  const ids = new Map<string, string>();
  beforeAll(async () => {
    local = await startDeployedTenant();
    await local.apply();
    for (const email of ADDRESSES) ids.set(email, await local.person(email));
    const { management } = local;
    // A user of a connection without e-mail addresses.
    const { user_id = '' } = await management.users.create({
      connection: 'Username-Password-Authentication',
      email: 'later-without@x.example',
      password: 'A-long-passw0rd!',
      email_verified: false,
    });
    ids.set('unverified', user_id);
    const [role] = (await management.roles.list({ name_filter: 'ORG:WATER' })).data;
    const many: string[] = [];
    for (let count = 0; count < HOLDERS; count += 1) many.push(await local.person(`holder-${count}@y.example`));
    for (let at = 0; at < many.length; at += 50) {
      await management.roles.users.assign(role?.id ?? '', { users: many.slice(at, at + 50) });
    }
    ids.set('holder', many.at(-1) ?? '');
  });
  afterAll(() => local.tenant.close());
  beforeEach(() => {
    folder = mkdtempSync(join(tmpdir(), 'portcullis-people-'));
  });
  afterEach(() => rmSync(folder, { recursive: true, force: true }));

  const gather = async (
    management: ManagementClient = local.management,
    options: Partial<Parameters<typeof gatherPeople>[1]> = {},
  ): Promise<People> =>
    gatherPeople(management, {
      domain: local.tenant.domain,
      policies: [gatePolicy],
      folder,
      fresh: false,
      poll: 10,
      ...options,
    });
  /** The SDK with another `fetch`. */
  const through = (send: typeof fetch) => {
    const { clientId, clientSecret } = local.tenant.management;
    const options = { clientId, clientSecret, telemetry: false, maxRetries: 0 };
    return new ManagementClient({ domain: local.tenant.domain, ...options, fetch: send });
  };
  const all = async (people: People): Promise<ExportedUser[]> => {
    const users: ExportedUser[] = [];
    for await (const some of people.users()) users.push(...some);
    return users;
  };

  it('are complete, in every alphabet, with the relevant roles', async () => {
    const people = await gather();
    const users = await all(people);
    expect(users).toHaveLength(ADDRESSES.length + HOLDERS + 1);
    for (const email of ADDRESSES) {
      expect(users.find(({ user_id }) => user_id === ids.get(email))).toMatchObject({ email, email_verified: true });
    }
    expect(users.find(({ user_id }) => user_id === ids.get('unverified'))?.email_verified).toBe(false);
    expect(people.holders.size).toBe(HOLDERS);
    expect(people.holders.rolesOf(ids.get('holder') ?? '')).toEqual(['ORG:WATER']);
    expect(people.holders.rolesOf(ids.get('ann@water.example') ?? '')).toEqual([]);
  });

  it('have their identities and their app_metadata if a rule asks for them, and otherwise not', async () => {
    const first = (users: readonly ExportedUser[]) =>
      users.find(({ user_id }) => user_id === ids.get('ann@water.example'));
    const plain = await gather();
    expect(first(await all(plain))).not.toHaveProperty('identities');
    plain.forget();
    const when = { connection: ['water-adfs'], appMetadata: { department: ['personnel'] } };
    const people = await gather(undefined, {
      policies: [{ ...gatePolicy, admit: [{ rule: 'one', when, roles: [] }] }],
    });
    const user = first(await all(people));
    expect(user?.identities).toMatchObject([{ connection: 'Username-Password-Authentication' }]);
    expect(user?.app_metadata ?? {}).toEqual({});
    people.forget();
  });

  it('are stored for the owner only and outside Git, and are deleted when they are no longer needed', async () => {
    const people = await gather();
    expect(readdirSync(folder)).toContain('.gitignore');
    const [inner = ''] = readdirSync(folder).filter((name) => name.startsWith('people-'));
    expect(statSync(join(folder, inner)).mode & 0o077).toBe(0);
    for (const name of readdirSync(join(folder, inner))) {
      expect(statSync(join(folder, inner, name)).mode & 0o077, name).toBe(0);
    }
    people.forget();
    expect(existsSync(join(folder, inner))).toBe(false);
  });

  it('are read from where an interrupted run stopped', async () => {
    const stop = new AbortController();
    const onProgress = ({ phase }: { phase: string }) => {
      if (phase === 'role') stop.abort();
    };
    await expect(gather(undefined, { signal: stop.signal, onProgress })).rejects.toThrow(/abort/i);
    const requested: string[] = [];
    const reported: string[] = [];
    const management = through((input, init) => {
      requested.push(`${init?.method} ${new URL(input instanceof Request ? input.url : input).pathname}`);
      return fetch(input, init);
    });
    const people = await gather(management, { onProgress: ({ phase }) => reported.push(phase) });
    expect(reported[0]).toBe('taken_up');
    expect(requested.filter((one) => one.endsWith('/jobs/users-exports'))).toEqual([]);
    expect(people.holders.size).toBe(HOLDERS);
    expect(await all(people)).toHaveLength(ADDRESSES.length + HOLDERS + 1);
    // The first page of the first role was not requested again.
    const pages = requested.filter((one) => /\/roles\/[^/]+\/users$/.test(one)).length;
    people.forget();
    requested.length = 0;
    await gather(management, { fresh: true });
    expect(requested.filter((one) => /\/roles\/[^/]+\/users$/.test(one)).length).toBe(pages + 1);
  });

  it.each([
    ['fails', { status: 'failed' }, 'export_failed'],
    ['makes no progress', { status: 'processing', percentage_done: 10 }, 'export_timeout'],
    [
      'is there and cannot be fetched',
      { status: 'completed', location: 'http://localhost:1/gone.gz' },
      'export_failed',
    ],
  ])('say so where the export %s, and the next run begins another', async (_, state, code) => {
    const broken = through(async (input, init) => {
      const response = await fetch(input, init);
      const { pathname } = new URL(input instanceof Request ? input.url : input);
      if (!pathname.includes('/api/v2/jobs/job_')) return response;
      return Response.json({ id: 'job_1', type: 'users_export', ...state });
    });
    await expect(gather(broken, { timeout: 100 })).rejects.toMatchObject({ code, remedy: expect.any(String) });
    expect(await all(await gather())).toHaveLength(ADDRESSES.length + HOLDERS + 1);
  });
});

import { mkdtempSync, readFileSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { ManagementClient } from 'auth0';
import { afterAll, afterEach, beforeAll, beforeEach, describe, expect, it } from 'vitest';
import { openBackfillReport } from '../../src/deployment/backfill/backfill-report.ts';
import { backfillRoles, holdReported } from '../../src/deployment/backfill/backfill-roles.ts';
import type { ExportedUser } from '../../src/deployment/people/exported-user.ts';
import { RoleHolders } from '../../src/deployment/people/role-holders.ts';
import { readTenant } from '../../src/deployment/read-tenant.ts';
import { type DeployedTenant, startDeployedTenant } from './deployed-tenant.ts';

describe('backfill', () => {
  let local: DeployedTenant;
  let folder: string;
  let users: ExportedUser[];
  beforeAll(async () => {
    local = await startDeployedTenant();
    await local.apply();
  });
  afterAll(() => local.tenant.close());
  beforeEach(async () => {
    folder = mkdtempSync(join(tmpdir(), 'portcullis-backfill-'));
    users = [];
    for (const email of ['ann@water.example', 'una@elsewhere.example', 'kim@elsewhere.example']) {
      users.push({ user_id: await local.person(email), email, email_verified: true });
    }
  });
  afterEach(async () => {
    rmSync(folder, { recursive: true, force: true });
    for (const { user_id } of users) await local.management.users.delete(user_id);
  });

  const people = (some: readonly ExportedUser[] = users) => ({
    holders: new RoleHolders(),
    users: async function* () {
      yield some;
    },
  });
  const fill = async (
    crowd: ReturnType<typeof people> = people(),
    { management = local.management, signal }: { management?: ManagementClient; signal?: AbortSignal } = {},
  ) => {
    const { policy, roles } = await readTenant(local.management, local.wanted());
    const report = openBackfillReport(join(folder, 'report.ndjson'), local.tenant.domain);
    holdReported(crowd, report);
    return await backfillRoles(management, crowd, { policy, roleIds: roles, report, ...(signal && { signal }) });
  };
  const rolesOf = async ({ user_id }: ExportedUser) =>
    (await local.management.users.roles.list(user_id)).data.map(({ name }) => name);
  const lines = () =>
    readFileSync(join(folder, 'report.ndjson'), 'utf8')
      .trim()
      .split('\n')
      .map((line) => JSON.parse(line));
  /** The SDK, with a hook for requests that assign a role. */
  const assigning = (meddle: (send: () => Promise<Response>, count: number) => Promise<Response>) => {
    let count = 0;
    const { clientId, clientSecret } = local.tenant.management;
    return new ManagementClient({
      domain: local.tenant.domain,
      clientId,
      clientSecret,
      telemetry: false,
      maxRetries: 0,
      fetch: (input, init) => {
        const { pathname } = new URL(input instanceof Request ? input.url : input);
        if (init?.method !== 'POST' || !/\/roles\/.+\/users$/.test(pathname)) return fetch(input, init);
        count += 1;
        return meddle(() => fetch(input, init), count);
      },
    });
  };

  it('gives every user the role that the next sign-in would give, and records each', async () => {
    expect(await fill()).toEqual({ assigned: 3, refused: 0 });
    const [ann, una, kim] = users as [ExportedUser, ExportedUser, ExportedUser];
    expect(await rolesOf(ann)).toEqual(['ORG:WATER']);
    expect(await rolesOf(una)).toEqual(['APEX User']);
    expect(await rolesOf(kim)).toEqual(['APEX User']);
    expect(lines()).toMatchObject([
      { portcullisBackfill: 1, domain: local.tenant.domain },
      ...[una, kim, ann].map(() => ({ status: 'assigned', at: expect.any(String) })),
      { assigned: 3, refused: 0 },
    ]);
  });

  it('gives nothing to users who are blocked, unverified, or have the role', async () => {
    const [ann, una, kim] = users as [ExportedUser, ExportedUser, ExportedUser];
    const crowd = people([{ ...ann, blocked: true }, { ...una, email_verified: false }, kim]);
    crowd.holders.add(kim.user_id, 'APEX User');
    expect(await fill(crowd)).toEqual({ assigned: 0, refused: 0 });
    for (const user of users) expect(await rolesOf(user)).toEqual([]);
  });

  it('finds the user that the tenant does not know, and gives the others their role', async () => {
    const gone = { user_id: 'auth0|deleted-meanwhile', email: 'x@elsewhere.example', email_verified: true };
    expect(await fill(people([...users, gone]))).toEqual({ assigned: 3, refused: 1 });
    expect(lines().filter(({ status }) => status === 'refused')).toMatchObject([
      { userId: gone.user_id, reason: expect.stringMatching(/user/i) },
    ]);
  });

  it('loses no assignment if an answer is lost or a connection is cut', async () => {
    const management = assigning(async (send, count) => {
      if (count === 1) await send();
      if (count < 4) throw new TypeError('fetch failed', { cause: new Error('ECONNRESET') });
      return send();
    });
    expect(await fill(people(), { management })).toEqual({ assigned: 3, refused: 0 });
    for (const user of users) expect(await rolesOf(user)).toHaveLength(1);
  });

  it.each([401, 403, 500])(
    'ends where the tenant answers %i, and says what was done; the next run does the rest',
    async (status) => {
      const management = assigning((send, count) =>
        count === 1 ? send() : Promise.resolve(Response.json({ statusCode: status, message: 'no' }, { status })),
      );
      await expect(fill(people(), { management })).rejects.toMatchObject({ statusCode: status });
      const done = lines().filter((line) => line.status === 'assigned');
      expect(done.length).toBeGreaterThan(0);
      expect(done.length).toBeLessThan(3);
      // Assignments in the report are not repeated.
      expect(await fill()).toEqual({ assigned: 3 - done.length, refused: 0 });
      for (const user of users) expect(await rolesOf(user)).toHaveLength(1);
    },
  );

  it('refuses a report of another tenant, of a complete run, and a file that is not a report', async () => {
    const file = join(folder, 'report.ndjson');
    await fill();
    expect(() => openBackfillReport(file, local.tenant.domain)).toThrow(/the report of a complete run/);
    expect(() => openBackfillReport(file, 'other.eu.auth0.com')).toThrow(/another tenant/);
    expect(() => openBackfillReport(join(process.cwd(), 'package.json'), local.tenant.domain)).toThrow(
      /not the report of a backfill/,
    );
  });
});

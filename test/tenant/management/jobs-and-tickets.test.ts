import { gunzipSync } from 'node:zlib';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { verifyEmail } from '../../../src/tenant/authentication/accounts/email-verification/verify-email.ts';
import { failUnfinishedJobs } from '../../../src/tenant/management/jobs/jobs.ts';
import type { Tenant } from '../../../src/tenant/tenant.ts';
import { startLocalTenant } from '../../local-tenant.ts';
import { until } from '../../until.ts';
import { database, goodPassword, type ManagementFixture, openManagement } from './management-fixture.ts';

let tenant: ManagementFixture;
beforeAll(async () => {
  tenant = await openManagement();
});
afterAll(() => tenant.close());

let number = 0;
async function makeUser(more: object = {}): Promise<{ id: string; email: string; path: string }> {
  number += 1;
  const email = `job${number}@example.com`;
  const body = { connection: database, email, password: goodPassword, ...more };
  const id: string = (await tenant.call('POST', '/users', body)).body.user_id;
  return { id, email, path: `/users/${encodeURIComponent(id)}` };
}

/** Waits for a job, which continues after the answer. */
async function finished(id: string) {
  const read = async () => (await tenant.call('GET', `/jobs/${id}`)).body;
  await until(async () => (await read()).status !== 'pending', 5);
  return read();
}

function fileAt(location: string): string {
  const content = tenant.store.jobs.findFile(location.split('/').at(-1) ?? '');
  if (content === undefined) throw new Error('There is no such file.');
  return gunzipSync(content).toString('utf8');
}

describe('an export of users', () => {
  it('produces a file with one JSON object a line', async () => {
    const { id, email } = await makeUser();
    const begun = await tenant.call('POST', '/jobs/users-exports', {});
    expect(begun).toMatchObject({ status: 200, body: { type: 'users_export', status: 'pending' } });
    const job = await finished(begun.body.id);
    expect(job).toMatchObject({ status: 'completed', percentage_done: 100 });
    expect(job.location).toMatch(/^https:\/\/localhost:4000\/user-exports\/[\w-]{43}\.json\.gz$/);
    const users = fileAt(job.location)
      .trimEnd()
      .split('\n')
      .map((line) => JSON.parse(line));
    expect(users).toContainEqual(expect.objectContaining({ user_id: id, email }));
    expect((await tenant.call('GET', `/jobs/${job.id}/errors`)).status).toBe(204);
  });

  it('has the requested columns, and no cell that a spreadsheet would run', async () => {
    await makeUser({ name: '=1+1', nickname: 'say "hi"' });
    const begun = await tenant.call('POST', '/jobs/users-exports', {
      format: 'csv',
      fields: [{ name: 'name' }, { name: 'nickname' }, { name: 'identities[0].connection', export_as: 'database' }],
    });
    const lines = fileAt((await finished(begun.body.id)).location)
      .trimEnd()
      .split('\n');
    expect(lines[0]).toBe('"name","nickname","database"');
    expect(lines.at(-1)).toBe(`"'=1+1","say ""hi""","${database}"`);
  });

  it('is refused for a connection that does not exist, and has no more users than requested', async () => {
    await makeUser();
    await makeUser();
    const begun = await tenant.call('POST', '/jobs/users-exports', { limit: 1 });
    expect(
      fileAt((await finished(begun.body.id)).location)
        .trimEnd()
        .split('\n'),
    ).toHaveLength(1);
    const other = { connection_id: 'con_0000000000000000' };
    expect((await tenant.call('POST', '/jobs/users-exports', other)).status).toBe(400);
    expect((await tenant.call('POST', '/jobs/users-exports', { format: 'xml' })).status).toBe(400);
    expect((await tenant.call('GET', '/jobs/job_none')).status).toBe(404);
  });

  it('includes all users of a connection, and other requests are answered meanwhile', async () => {
    const { body: other } = await tenant.call('POST', '/connections', { name: 'crowded', strategy: 'auth0' });
    tenant.store.transaction(() => {
      for (let count = 0; count < 3000; count += 1) {
        const [connection, id] = [count % 2 === 0 ? 'crowded' : database, `crowd-${count}`];
        const email = `${id}@example.com`;
        const at = new Date().toISOString();
        tenant.store.users.insert({
          user_id: `auth0|${id}`,
          email,
          email_verified: true,
          user_metadata: {},
          app_metadata: {},
          identities: [{ connection, provider: 'auth0', user_id: id, isSocial: false }],
          created_at: at,
          updated_at: at,
          logins_count: 0,
        });
      }
    });
    const fields = [{ name: 'email' }];
    const begun = await tenant.call('POST', '/jobs/users-exports', { connection_id: other.id, fields });
    // The export begins after its answer, and another request is answered before it ends.
    await new Promise((resolve) => setImmediate(() => setImmediate(resolve)));
    expect((await tenant.call('GET', `/jobs/${begun.body.id}`)).body.status).toBe('pending');
    const lines = fileAt((await finished(begun.body.id)).location)
      .trimEnd()
      .split('\n');
    expect(lines).toHaveLength(1500);
    expect(lines[1]).toBe('{"email":"crowd-2@example.com"}');
    const some = await tenant.call('POST', '/jobs/users-exports', { connection_id: other.id, fields, limit: 700 });
    expect(
      fileAt((await finished(some.body.id)).location)
        .trimEnd()
        .split('\n'),
    ).toEqual(lines.slice(0, 700));
  });

  it('fails if the tenant stops before it is done', async () => {
    const details = { format: 'json' };
    const job = {
      id: 'job_left',
      type: 'users_export',
      status: 'pending',
      created_at: new Date().toISOString(),
    } as const;
    tenant.store.jobs.insert({ ...job, details, errors: [] });
    failUnfinishedJobs(tenant.store);
    expect((await tenant.call('GET', '/jobs/job_left')).body).toMatchObject({ status: 'failed' });
  });
});

describe('an import of users', () => {
  async function importUsers(content: string, more: Record<string, string> = {}) {
    const form = new FormData();
    form.set('users', new File([content], 'users.json'));
    form.set('connection_id', tenant.store.connections.findByName(database)?.id ?? '');
    for (const [name, value] of Object.entries(more)) form.set(name, value);
    const headers = { authorization: `Bearer ${await tenant.token()}` };
    const answer = await tenant.api.request('/api/v2/jobs/users-imports', { method: 'POST', headers, body: form });
    return { status: answer.status, body: JSON.parse(await answer.text()) };
  }

  it('imports each user separately, and reports what is wrong with the others', async () => {
    const { email } = await makeUser();
    const users = [{ email: 'imported@example.com', email_verified: true }, { email }, { email: 'no address' }, 7];
    const begun = await importUsers(JSON.stringify(users), { external_id: 'mine' });
    expect(begun).toMatchObject({
      status: 202,
      body: { type: 'users_import', status: 'pending', external_id: 'mine' },
    });
    const job = await finished(begun.body.id);
    expect(job).toMatchObject({ status: 'completed', summary: { failed: 3, inserted: 1, updated: 0, total: 4 } });
    const errors = await tenant.call('GET', `/jobs/${job.id}/errors`);
    expect(errors.body[0]).toMatchObject({ user: { email }, errors: [{ code: 'DUPLICATED_USER' }] });
    expect(errors.body).toHaveLength(3);
    const found = await tenant.call('GET', '/users-by-email?email=imported@example.com');
    expect(found.body).toMatchObject([{ email_verified: true, identities: [{ connection: database }] }]);
  });

  it('updates existing users if requested', async () => {
    const { email, path } = await makeUser();
    const begun = await importUsers(JSON.stringify([{ email, nickname: 'new' }]), { upsert: 'true' });
    expect(await finished(begun.body.id)).toMatchObject({ summary: { failed: 0, inserted: 0, updated: 1, total: 1 } });
    expect((await tenant.call('GET', path)).body.nickname).toBe('new');
  });

  it('refuses a file without users, and writes no password hash into the log', async () => {
    expect((await importUsers('{}')).status).toBe(400);
    expect((await importUsers('[{]')).status).toBe(400);
    expect((await importUsers(`["${'x'.repeat(520_000)}"]`)).status).toBe(413);
    expect((await importUsers('[{}]', { connection_id: 'con_0000000000000000' })).status).toBe(400);
    expect((await tenant.call('POST', '/jobs/users-imports', {})).status).toBe(415);
    await importUsers(JSON.stringify([{ email: 'secret@example.com', password_hash: '$2b$10$hash' }]));
    const logs = tenant.store.logs.list({}, { page: 0, perPage: 100 }).rows;
    expect(JSON.stringify(logs)).not.toContain('$2b$10$hash');
  });
});

describe('a verification e-mail', () => {
  it('is put into the outbox, with a link that verifies the address once', async () => {
    const { id, email, path } = await makeUser();
    const begun = await tenant.call('POST', '/jobs/verification-email', { user_id: id });
    expect(begun).toMatchObject({ status: 201, body: { type: 'verification_email', status: 'pending' } });
    expect(await finished(begun.body.id)).toMatchObject({ status: 'completed' });
    const [mail] = tenant.store.outbox.list({ page: 0, perPage: 1 }).rows;
    expect(mail?.to).toBe(email);
    const secret = new URL(mail?.links[0] ?? '').searchParams.get('ticket') ?? '';
    expect(verifyEmail(tenant.store, secret).outcome).toBe('success');
    expect((await tenant.call('GET', path)).body.email_verified).toBe(true);
    expect(verifyEmail(tenant.store, secret).outcome).toBe('used');
  });

  it('is not sent if there is nothing to verify', async () => {
    const { id } = await makeUser({ email_verified: true });
    const before = tenant.store.outbox.list({ page: 0, perPage: 1 }).total;
    const begun = await tenant.call('POST', '/jobs/verification-email', { user_id: id });
    expect(await finished(begun.body.id)).toMatchObject({ status: 'failed' });
    expect(tenant.store.outbox.list({ page: 0, perPage: 1 }).total).toBe(before);
    expect((await tenant.call('POST', '/jobs/verification-email', { user_id: 'auth0|missing' })).status).toBe(404);
  });

  it('does not verify an address that the user no longer has', async () => {
    const { id, path } = await makeUser();
    const { body } = await tenant.call('POST', '/tickets/email-verification', { user_id: id });
    await tenant.call('PATCH', path, { email: 'other@example.com' });
    expect(verifyEmail(tenant.store, new URL(body.ticket).searchParams.get('ticket') ?? '').outcome).toBe('unknown');
    expect((await tenant.call('GET', path)).body.email_verified).toBe(false);
  });
});

describe('a ticket', () => {
  it('links to a page of the tenant, and never to a URL that a browser would run', async () => {
    const { id, email } = await makeUser();
    const one = await tenant.call('POST', '/tickets/password-change', {
      user_id: id,
      result_url: 'https://app.example/',
    });
    expect(one.status).toBe(201);
    expect(one.body.ticket).toMatch(/^https:\/\/localhost:4000\/u\/reset-/);
    const connection_id = tenant.store.connections.findByName(database)?.id;
    expect((await tenant.call('POST', '/tickets/password-change', { email, connection_id })).status).toBe(201);
    for (const path of ['/tickets/password-change', '/tickets/email-verification']) {
      expect((await tenant.call('POST', path, { user_id: id, result_url: 'javascript:alert(1)' })).status).toBe(400);
      expect((await tenant.call('POST', path, { user_id: 'auth0|missing' })).status).toBe(404);
      expect((await tenant.call('POST', path, {})).status).toBe(400);
    }
  });
});

describe('statistics', () => {
  it('count the users who have signed in, by day', async () => {
    expect((await tenant.call('GET', '/stats/active-users')).body).toBe(0);
    const { id } = await makeUser();
    const now = new Date().toISOString();
    tenant.store.users.recordLogin(id, now, '127.0.0.1');
    const log_id = (suffix: string) => `900${now.replace(/\D/g, '')}${suffix}`;
    tenant.store.logs.insert({ log_id: log_id('000001'), date: now, type: 's', description: '', user_id: id });
    tenant.store.logs.insert({ log_id: log_id('000002'), date: now, type: 'ss', description: '', user_id: id });
    tenant.store.logs.insert({ log_id: '90020200101000000000000000', date: '2020-01-01', type: 's', description: '' });
    expect((await tenant.call('GET', '/stats/active-users')).body).toBe(1);
    expect((await tenant.call('GET', '/stats/daily')).body).toMatchObject([
      { date: `${now.slice(0, 10)}T00:00:00.000Z`, logins: 1, signups: 1, leaked_passwords: 0 },
    ]);
    expect((await tenant.call('GET', '/stats/daily?from=20200101&to=20200101')).body).toMatchObject([{ logins: 1 }]);
    expect((await tenant.call('GET', '/stats/daily?from=yesterday')).status).toBe(400);
  });
});

describe('a running tenant', () => {
  let running: Tenant;
  beforeAll(async () => {
    running = (await startLocalTenant()).tenant;
  });
  afterAll(() => running.close());

  it('offers an export at the domain of the request', async () => {
    const { clientId: client_id, clientSecret: client_secret, audience } = running.management;
    const answer = await fetch(`${running.loopbackUrl}oauth/token`, {
      method: 'POST',
      headers: { 'content-type': 'application/json' },
      body: JSON.stringify({ grant_type: 'client_credentials', client_id, client_secret, audience }),
    });
    const { access_token } = (await answer.json()) as { access_token: string };
    const locationOf = async (domain: string) => {
      const authorization = `Bearer ${access_token}`;
      const ask = async (method: string, path: string) => {
        return (await fetch(`${domain}api/v2/${path}`, { method, headers: { authorization } })).json() as Promise<{
          id: string;
          location?: string;
        }>;
      };
      const { id } = await ask('POST', 'jobs/users-exports');
      const read = async () => (await ask('GET', `jobs/${id}`)).location;
      await until(async () => (await read()) !== undefined);
      return String(await read());
    };
    const location = await locationOf(running.loopbackUrl);
    expect(location.startsWith(`${running.loopbackUrl}user-exports/`)).toBe(true);
    expect((await fetch(location)).status).toBe(200);
    expect((await locationOf(running.url)).startsWith(`${running.url}user-exports/`)).toBe(true);
  });

  it('refuses an unknown verification link and an unknown export', async () => {
    const link = await fetch(`${running.loopbackUrl}u/email-verification?ticket=${'x'.repeat(43)}`);
    expect(link.status).toBe(400);
    expect(await link.text()).toContain('verification code is invalid');
    expect((await fetch(`${running.loopbackUrl}user-exports/${'x'.repeat(43)}.json.gz`)).status).toBe(404);
    expect((await fetch(`${running.loopbackUrl}user-exports/..%2Ftenant.sqlite`)).status).toBe(404);
  });
});

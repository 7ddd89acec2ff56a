import fc from 'fast-check';
import { afterAll, afterEach, beforeAll, beforeEach, describe, expect, it } from 'vitest';
import type { LogRecord } from '../../../src/tenant/store/records/logs/log-record.ts';
import { exchange, freshCode } from '../authentication/login-steps.ts';
import { type RunningTenant, SECRET, startTenant } from '../authentication/running-tenant.ts';
import { database, goodPassword, type ManagementFixture, openManagement } from '../management/management-fixture.ts';
import { logShapes } from './log-shapes.ts';

describe('the Management API', () => {
  let tenant: ManagementFixture;
  beforeAll(async () => {
    tenant = await openManagement();
  });
  afterAll(() => tenant.close());

  const written = async (work: () => Promise<unknown>): Promise<LogRecord[]> => {
    const before = tenant.store.logs.list({}, { page: 0, perPage: 1 }).rows[0]?.log_id ?? '';
    await work();
    return tenant.store.logs.list({ from: before }, { page: 0, perPage: 100 }).rows;
  };
  let count = 0;
  const newUser = async () => {
    count += 1;
    const body = { connection: database, email: `logged-${count}@example.com`, password: goodPassword };
    return (await tenant.call('POST', '/users', body)).body as { user_id: string; email: string };
  };
  const userPath = ({ user_id }: { user_id: string }) => `/users/${encodeURIComponent(user_id)}`;

  it('logs the deletion of a user once, with the user', async () => {
    const user = await newUser();
    const entries = await written(() => tenant.call('DELETE', userPath(user)));
    expect(entries).toMatchObject([
      { type: 'sapi', description: 'Delete a User' },
      {
        type: 'sdu',
        ...user_(user),
        connection: database,
        strategy: 'auth0',
        strategy_type: 'database',
        details: { body: { connection: database } },
        client_id: tenant.managementClient.client_id,
      },
    ]);
    expect((await written(() => tenant.call('DELETE', userPath(user)))).map(({ type }) => type)).toEqual(['sapi']);
  });

  const user_ = ({ user_id, email }: { user_id: string; email: string }) => ({ user_id, user_name: email });

  it('logs a new e-mail address, and a new password without showing it', async () => {
    const user = await newUser();
    const email = `new-${count}@example.com`;
    const [, address] = await written(() => tenant.call('PATCH', userPath(user), { email }));
    expect(address).toMatchObject({ type: 'sce', details: { body: { email: user.email, newEmail: email } } });
    const password = `${goodPassword} and another`;
    const entries = await written(() => tenant.call('PATCH', userPath(user), { password }));
    expect(entries).toMatchObject([{ type: 'sapi' }, { type: 'scp', user_id: user.user_id }]);
    expect(JSON.stringify(entries)).not.toContain(password);
    // The same address again is no change.
    expect(await written(() => tenant.call('PATCH', userPath(user), { email }))).toHaveLength(1);
  });

  it('logs the request for a verification e-mail', async () => {
    const user = await newUser();
    const entries = await written(() => tenant.call('POST', '/jobs/verification-email', { user_id: user.user_id }));
    expect(entries).toMatchObject([
      { type: 'sapi' },
      { type: 'svr', ...user_(user), details: { body: { user_id: user.user_id, email: user.email } } },
    ]);
  });

  it('logs a read that returned a secret, with the secret’s name', async () => {
    const { body: client } = await tenant.call('POST', '/clients', { name: 'Read' });
    const read = (query = '') => written(() => tenant.call('GET', `/clients/${client.client_id}${query}`));
    expect(await read()).toMatchObject([
      {
        type: 'mgmt_api_read',
        details: {
          accessedSecrets: ['client_secret'],
          request: { method: 'get', path: `/api/v2/clients/${client.client_id}`, channel: 'api' },
          response: { statusCode: 200, body: { client_id: client.client_id, client_secret: '*****' } },
        },
      },
    ]);
    expect(JSON.stringify(await read())).not.toContain(client.client_secret);
    expect(await read('?fields=name')).toEqual([]);
  });

  it('logs no link that acts for a user', async () => {
    const user = await newUser();
    const tickets: string[] = [];
    const entries = await written(async () => {
      for (const kind of ['email-verification', 'password-change']) {
        const { body } = await tenant.call('POST', `/tickets/${kind}`, { user_id: user.user_id });
        tickets.push(new URL(body.ticket).searchParams.get('ticket') ?? '');
      }
    });
    expect(tickets.every((ticket) => ticket.length > 20)).toBe(true);
    for (const ticket of tickets) expect(JSON.stringify(entries)).not.toContain(ticket);
  });
});

describe('the Authentication API', () => {
  let tenant: RunningTenant;
  beforeEach(async () => {
    tenant = await startTenant();
  });
  afterEach(() => tenant.close());

  it('logs the refresh token that an application revokes, by its public id', async () => {
    const tokens = (await exchange(tenant, await freshCode(tenant, { scope: 'openid offline_access' }))).body;
    const token = String(tokens.refresh_token);
    const revoke = () =>
      fetch(new URL('oauth/revoke', tenant.issuer), {
        method: 'POST',
        body: new URLSearchParams({ client_id: 'web', client_secret: SECRET, token }),
      });
    expect((await revoke()).status).toBe(200);
    expect((await revoke()).status).toBe(200);
    const revoked = tenant.logs.filter(({ type }) => type === 'srrt');
    expect(revoked).toMatchObject([
      { client_id: 'web', user_id: 'auth0|ada', details: { credential_id: expect.stringMatching(/^[\w-]{22}$/) } },
    ]);
    expect(JSON.stringify(tenant.logs)).not.toContain(token);
  });

  it('never logs a whole authorization code', async () => {
    const code = await freshCode(tenant);
    await exchange(tenant, code);
    await exchange(tenant, code);
    const exchanges = tenant.logs.filter(({ type }) => type.endsWith('eacft'));
    expect(exchanges.map(({ type, details }) => [type, details])).toEqual([
      ['seacft', { code: `*************${code.slice(-3)}` }],
      ['feacft', { code: `*************${code.slice(-3)}` }],
    ]);
  });

  it('reports executions in the same types as Auth0', () => {
    const types = Object.entries(logShapes).filter(([, { details }]) =>
      details.some((name) => /^actions\??$/.test(name)),
    );
    expect(types.map(([type]) => type)).toEqual([
      ...['s', 'ssa', 'f', 'fsa', 'ss', 'fs', 'seccft', 'feccft', 'sepft', 'fepft', 'sertft', 'fertft'],
    ]);
  });
});

it('no write of any operation leaves a secret in the log', async () => {
  const tenant = await openManagement();
  const marker = 'Marked-Secret-1!';
  const secret = fc.constantFrom(
    'password',
    'client_secret',
    'signing_secret',
    'token',
    'api_key',
    'private_key',
    'pem',
  );
  const body = fc.letrec((tie) => ({
    value: fc.oneof(
      { maxDepth: 3 },
      fc.string(),
      fc.integer(),
      fc.array(tie('value'), { maxLength: 2 }),
      tie('object'),
    ),
    object: fc
      .tuple(fc.dictionary(fc.string({ minLength: 1 }), tie('value'), { maxKeys: 2 }), secret)
      .map(([members, name]) => ({ ...(members as object), [name]: { deeper: [marker] } })),
  })).object;
  try {
    await fc.assert(
      fc.asyncProperty(body, secret, async (anything, name) => {
        const extra = { ...(anything as object), [name]: marker };
        const options = { ...extra, configuration: { ANY: marker } };
        const name_ = `c-${Math.random().toString(36).slice(2)}`;
        await tenant.call('POST', '/connections', { name: name_, strategy: 'google-oauth2', options });
        await tenant.call('POST', '/clients', { name: name_, client_secret: `${marker}${'x'.repeat(40)}` });
        const email = `${name_}@example.com`;
        const { body: user } = await tenant.call('POST', '/users', { connection: database, email, password: marker });
        await tenant.call('PATCH', `/users/${encodeURIComponent(user.user_id)}`, { password: `${marker} 2` });
        await tenant.call('GET', `/connections?name=${name_}&password=${marker}`);
        await tenant.call('PATCH', `/users/${encodeURIComponent(user.user_id)}?client_secret=${marker}`, { name: 'x' });
      }),
      { numRuns: 25, seed: 11 },
    );
    const entries = tenant.store.logs.list({}, { page: 0, perPage: 1000 }).rows;
    expect(entries.length).toBeGreaterThan(100);
    expect(JSON.stringify(entries)).not.toContain('Marked-Secret');
  } finally {
    await tenant.close();
  }
});

import { afterAll, beforeAll, describe, expect, it, vi } from 'vitest';
import { createTenantLog } from '../../../src/tenant/logs/tenant-log.ts';
import { openStore } from '../../../src/tenant/store/open-store.ts';
import { database, goodPassword, type ManagementFixture, openManagement } from './management-fixture.ts';

let tenant: ManagementFixture;
beforeAll(async () => {
  tenant = await openManagement();
});
afterAll(() => tenant.close());

describe('a write', () => {
  it('adds an entry with request and response, in the shape of Auth0’s log', async () => {
    await tenant.call('POST', '/roles', { name: 'logged' }, { headers: { 'user-agent': 'a test' } });
    const [entry] = (await tenant.call('GET', '/logs?per_page=1')).body;
    expect(entry).toEqual({
      _id: entry.log_id,
      log_id: expect.stringMatching(/^900\d+$/),
      date: expect.stringMatching(/Z$/),
      type: 'sapi',
      description: 'Create a role',
      connection: null,
      connection_id: '',
      organization_id: null,
      organization_name: null,
      client_id: tenant.managementClient.client_id,
      client_name: tenant.managementClient.name,
      ip: '',
      hostname: 'localhost',
      details: {
        request: {
          method: 'post',
          path: '/api/v2/roles',
          query: {},
          userAgent: 'a test',
          body: { name: 'logged' },
          channel: 'api',
          ip: '',
          auth: {
            user: {},
            strategy: 'jwt',
            credentials: { subject: `${tenant.managementClient.client_id}@clients` },
          },
        },
        response: { statusCode: 200, body: expect.objectContaining({ name: 'logged' }) },
      },
      user_id: '',
      user_name: '',
      user_agent: 'a test',
      audience: '',
      scope: null,
      strategy: null,
      strategy_type: null,
      isMobile: false,
      location_info: null,
    });
    expect((await tenant.call('GET', `/logs/${entry.log_id}`)).body).toEqual(entry);
  });

  it('leaves no secret in the entry', async () => {
    const password = `${goodPassword} never logged`;
    const { body: client } = await tenant.call('POST', '/clients', { name: 'Secretive' });
    await tenant.call('POST', `/clients/${client.client_id}/rotate-secret`);
    await tenant.call('POST', '/users', { connection: database, email: 'secret@example.com', password });
    await tenant.call('POST', '/actions/actions', {
      name: 'secretive',
      supported_triggers: [{ id: 'post-login', version: 'v3' }],
      code: 'exports.onExecutePostLogin = async () => {};',
      secrets: [{ name: 'KEY', value: 'the-value-of-the-key' }],
    });
    await tenant.call('POST', '/connections', {
      name: 'secretive',
      strategy: 'auth0',
      options: {
        configuration: { name: 'value-1' },
        apiKey: 'value-2',
        app_secret: ['value-3', { nested: 'value-4' }],
      },
    });
    const { body: action } = await tenant.call('GET', '/actions/actions?actionName=secretive');
    await tenant.engine.ready();
    await tenant.call('POST', `/actions/actions/${action.actions[0].id}/test`, {
      payload: { event: { secrets: { name: 'value-5' } } },
    });
    const all = JSON.stringify(tenant.store.logs.list({}, { page: 0, perPage: 100 }).rows);
    const values = ['value-1', 'value-2', 'value-3', 'value-4', 'value-5'];
    for (const secret of [password, client.client_secret, 'the-value-of-the-key', ...values]) {
      expect(all).not.toContain(secret);
    }
    expect(all).toContain('secretive');
  });

  it('adds none if it was refused, and reading adds none', async () => {
    const before = tenant.store.logs.list({}, { page: 0, perPage: 1 }).total;
    await tenant.call('POST', '/roles', {});
    await tenant.call('POST', '/roles', { name: 'x' }, { scopes: ['read:roles'] });
    await tenant.call('GET', '/roles');
    expect(tenant.store.logs.list({}, { page: 0, perPage: 1 }).total).toBe(before);
  });
});

describe('the log', () => {
  it('is read newest first, or after an entry', async () => {
    for (const name of ['one', 'two', 'three']) await tenant.call('POST', '/roles', { name });
    const names = (entries: { details: { request: { body: { name: string } } } }[]) =>
      entries.map(({ details }) => details.request.body.name);
    const { body: latest } = await tenant.call('GET', '/logs?per_page=3&sort=date:-1&include_totals=true');
    expect(names(latest.logs)).toEqual(['three', 'two', 'one']);
    expect(latest).toMatchObject({ start: 0, limit: 3, length: 3 });
    const { body: after } = await tenant.call('GET', `/logs?from=${latest.logs[2].log_id}&take=1`);
    expect(names(after)).toEqual(['two']);
  });

  it('keeps its order when the clock is set back, and after a restart', async () => {
    const store = openStore({ memory: true });
    const entry = { type: 's', description: '' };
    vi.useFakeTimers({ toFake: ['Date'], now: new Date('2026-03-01T00:00:00Z') });
    try {
      const log = createTenantLog(store);
      const ids = [log.write(entry), log.write(entry)].map(({ log_id }) => log_id);
      vi.setSystemTime(new Date('2026-02-01T00:00:00Z'));
      ids.push(log.write(entry).log_id, createTenantLog(store).write(entry).log_id);
      vi.setSystemTime(new Date('2026-03-01T00:00:01Z'));
      ids.push(createTenantLog(store).write(entry).log_id);
      expect(ids).toEqual([...new Set(ids)].sort());
      expect(store.logs.list({ from: ids[0] ?? '' }, { page: 0, perPage: 9 }).rows.map(({ log_id }) => log_id)).toEqual(
        ids.slice(1),
      );
    } finally {
      vi.useRealTimers();
      store.close();
    }
  });

  it('is filtered by type', async () => {
    expect((await tenant.call('GET', '/logs?q=type:s')).body).toEqual([]);
    expect((await tenant.call('GET', '/logs?q=type:sapi&per_page=1')).body).toHaveLength(1);
    expect((await tenant.call('GET', '/logs?q=type:sapi%20AND%20ip:1')).body).toEqual([]);
  });

  it('of one user can be read with a narrower scope', async () => {
    const body = { connection: database, email: 'logs@example.com', password: goodPassword };
    const { body: user } = await tenant.call('POST', '/users', body);
    tenant.store.logs.insert({ log_id: '999', date: '', type: 's', description: '', user_id: user.user_id });
    const path = `/users/${encodeURIComponent(user.user_id)}/logs`;
    const answer = await tenant.call('GET', path, undefined, { scopes: ['read:logs_users'] });
    expect(answer.body).toMatchObject([{ type: 's', user_id: user.user_id }]);
    expect((await tenant.call('GET', '/logs', undefined, { scopes: ['read:logs_users'] })).status).toBe(403);
    expect((await tenant.call('GET', '/logs/none')).status).toBe(404);
  });
});

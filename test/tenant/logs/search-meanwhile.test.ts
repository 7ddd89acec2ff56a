import { mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { DatabaseSync } from 'node:sqlite';
import { afterAll, afterEach, beforeAll, describe, expect, it, vi } from 'vitest';
import { Database } from '../../../src/tenant/store/database.ts';
import { type LocalTenant, startLocalTenant } from '../../local-tenant.ts';

const ENTRIES = 100_000;
const email = 'una@elsewhere.example';
const password = 'Correct-Horse-9';

/** Entries as the tenant writes them, inserted directly to save an hour. */
const longLog = `
  INSERT INTO logs (log_id, type, record)
  WITH RECURSIVE numbers (number) AS (SELECT 1 UNION ALL SELECT number + 1 FROM numbers WHERE number < ${ENTRIES})
  SELECT id, 's', json_object('log_id', id, 'date', '2026-01-01T00:00:00.000Z', 'type', 's', 'description', 'Success Login',
    'user_name', 'user-' || number || '@example.com', 'client_name', 'Orders', 'ip', '127.0.0.1')
  FROM (SELECT number, '90020260101' || printf('%015d', number) AS id FROM numbers)`;

describe('while a long log is searched', () => {
  let folder: string;
  let local: LocalTenant;
  let clientId: string;
  beforeAll(async () => {
    folder = mkdtempSync(join(tmpdir(), 'portcullis-search-'));
    const dataFolder = join(folder, 'data');
    await (await startLocalTenant({ dataFolder })).tenant.close();
    const database = new DatabaseSync(join(dataFolder, 'tenant.sqlite'));
    database.exec(longLog);
    database.close();
    local = await startLocalTenant({ dataFolder });
    const { client_id = '' } = await local.management.clients.create({
      name: 'Orders',
      app_type: 'regular_web',
      token_endpoint_auth_method: 'none',
      grant_types: ['http://auth0.com/oauth/grant-type/password-realm'],
    });
    clientId = client_id;
    const connection = 'Username-Password-Authentication';
    await local.management.users.create({ connection, email, password, email_verified: true });
  });
  afterEach(() => vi.restoreAllMocks());
  afterAll(async () => {
    await local.tenant.close();
    rmSync(folder, { recursive: true, force: true });
  });

  /** Resolves once the search has begun: a request sent before would be answered first in any case. */
  function begun(): Promise<void> {
    return new Promise((resolve) => {
      const all = Database.prototype.all;
      vi.spyOn(Database.prototype, 'all').mockImplementation(function (this: Database, sql, ...values) {
        if (sql.includes('INDEXED BY sqlite_autoindex_logs_1')) resolve();
        return all.call(this, sql, ...values);
      });
    });
  }

  async function logIn(): Promise<number> {
    const answer = await fetch(`${local.tenant.loopbackUrl}oauth/token`, {
      method: 'POST',
      headers: { 'content-type': 'application/json' },
      body: JSON.stringify({
        grant_type: 'http://auth0.com/oauth/grant-type/password-realm',
        realm: 'Username-Password-Authentication',
        client_id: clientId,
        username: email,
        password,
        scope: 'openid',
      }),
    });
    return answer.status;
  }

  it.each([
    ['a text that occurs nowhere', { search: 'description:*nowhere*', include_totals: true }, 0],
    [
      'a text that occurs everywhere',
      { search: 'description:*Login*', include_totals: true, sort: 'client_name:1' },
      50,
    ],
  ])('for %s, other requests are answered and users sign in', async (_what, query, rows) => {
    const order: string[] = [];
    const running = begun();
    const searching = local.management.logs.list(query).then(({ data }) => {
      order.push('the search');
      return data.length;
    });
    await running;
    await Promise.all([
      local.management.roles.list().then(() => order.push('another request')),
      logIn().then((status) => order.push(`a login: ${status}`)),
    ]);
    expect(await searching).toBe(rows);
    expect(order.toSorted()).toEqual(['a login: 200', 'another request', 'the search']);
    expect(order.at(-1)).toBe('the search');
  });
});

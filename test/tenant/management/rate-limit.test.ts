import { execFile } from 'node:child_process';
import { mkdtempSync, rmSync } from 'node:fs';
import { createServer, type Server } from 'node:https';
import type { AddressInfo } from 'node:net';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { promisify } from 'node:util';
import { getRequestListener } from '@hono/node-server';
import fc from 'fast-check';
import { afterEach, describe, expect, it } from 'vitest';
import { issueServerCertificate } from '../../../src/tenant/certificate-authority.ts';
import { TokenBucket } from '../../../src/tenant/management/middleware/token-bucket.ts';
import { type ManagementFixture, openManagement } from './management-fixture.ts';

let tenant: ManagementFixture | undefined;
afterEach(async () => {
  await tenant?.close();
  tenant = undefined;
});

const start = Date.UTC(2026, 0, 1);
const second = start / 1000;

const limitsIn = (headers: Headers) =>
  ['limit', 'remaining', 'reset'].map((name) => Number(headers.get(`x-ratelimit-${name}`)));

describe('a tenant of the free plan', () => {
  it('accepts two requests a second, and reports when the next one is possible', async () => {
    let time = start;
    tenant = await openManagement({ rateLimit: { plan: 'free', now: () => time } });
    const { call } = tenant;
    const first = await call('GET', '/roles');
    expect([first.status, ...limitsIn(first.headers)]).toEqual([200, 2, 1, second + 1]);
    expect((await call('POST', '/roles', { name: 'x' })).status).toBe(200);
    const third = await call('GET', '/users');
    expect([third.status, ...limitsIn(third.headers)]).toEqual([429, 2, 0, second + 1]);
    expect(third.body).toEqual({
      statusCode: 429,
      error: 'Too Many Requests',
      message: 'Global limit has been reached',
      errorCode: 'too_many_requests',
    });
    time += 499;
    expect((await call('GET', '/users')).status).toBe(429);
    time += 1;
    expect((await call('GET', '/users')).status).toBe(200);
    expect((await call('GET', '/users')).status).toBe(429);
  });

  it('changes nothing for a refused request, and logs the first of consecutive refusals', async () => {
    let time = start;
    tenant = await openManagement({ rateLimit: { plan: 'free', now: () => time } });
    for (const name of ['a', 'b', 'c', 'd']) await tenant.call('POST', '/roles', { name });
    time += 500;
    for (const name of ['e', 'f']) await tenant.call('POST', '/roles', { name });
    expect(tenant.store.roles.list({}, { page: 0, perPage: 9 }).rows.map(({ name }) => name)).toEqual(['a', 'b', 'e']);
    const { rows } = tenant.store.logs.list({ type: 'api_limit' }, { page: 0, perPage: 9 });
    expect(rows).toHaveLength(2);
    expect(rows[0]).toMatchObject({
      description: 'Global limit has been reached',
      details: { request: { method: 'post', path: '/api/v2/roles' } },
    });
  });
});

describe.each(['essentials', 'professional'] as const)('a tenant of the plan %s', (plan) => {
  it('has a separate limit for each group of endpoints', async () => {
    tenant = await openManagement({ rateLimit: { plan, now: () => start } });
    const { call } = tenant;
    const admitted = async (method: string, path: string) => {
      for (let count = 0; ; count += 1)
        if ((await call(method, path, method === 'POST' ? {} : undefined)).status === 429) return count;
    };
    expect(await admitted('GET', '/users')).toBe(40);
    expect((await call('GET', '/users-by-email?email=a@b.example')).status).toBe(429);
    expect(await admitted('POST', '/users')).toBe(20);
    expect(await admitted('GET', '/logs')).toBe(10);
    expect(await admitted('GET', '/clients')).toBe(5);
    expect(await admitted('GET', '/connections')).toBe(5);
    expect(await admitted('GET', '/roles')).toBe(10);
    expect((await call('POST', '/clients', { name: 'x' })).status).toBe(429);
  });
});

it('a tenant without a plan limits nothing and sends no rate limit headers', async () => {
  tenant = await openManagement({ rateLimit: { plan: 'off' } });
  for (let count = 0; count < 60; count += 1) {
    const { status, headers } = await tenant.call('GET', '/roles');
    expect([status, headers.get('x-ratelimit-limit')]).toEqual([200, null]);
  }
});

it('a bucket gives a token at the time that it names', () => {
  const bucket = new TokenBucket({ burst: 2, perMinute: 120 }, 68_296);
  for (const time of [68_296, 68_296, 69_000, 70_000, 70_000, 70_870, 71_000, 71_690]) {
    expect(bucket.take(time)).toBe(true);
  }
  expect(bucket.millisecondsToNext).toBe(310);
  expect(bucket.take(72_000)).toBe(true);
});

it('a bucket never gives more tokens than its burst and the refill, even if the clock changes', () => {
  const steps = fc.array(fc.integer({ min: -2000, max: 3000 }), { maxLength: 60 });
  fc.assert(
    fc.property(steps, fc.integer({ min: 1, max: 40 }), fc.integer({ min: 1, max: 600 }), (moves, burst, perMinute) => {
      const bucket = new TokenBucket({ burst, perMinute }, 0);
      let [time, passed, given] = [0, 0, 0];
      for (const move of moves) {
        time += move;
        passed += Math.max(0, move);
        if (bucket.take(time)) given += 1;
        expect(bucket.remaining).toBeGreaterThanOrEqual(0);
        expect(bucket.remaining).toBeLessThanOrEqual(burst);
      }
      expect(given).toBeLessThanOrEqual(burst + (passed * perMinute) / 60_000 + 1e-6);
    }),
    { seed: 7 },
  );
});

describe('the official auth0 package', () => {
  let server: Server | undefined;
  let folder: string | undefined;
  afterEach(async () => {
    server?.closeAllConnections();
    await new Promise((resolve) => (server ? server.close(resolve) : resolve(undefined)));
    if (folder !== undefined) rmSync(folder, { recursive: true, force: true });
  });

  it('waits as long as the headers say, and gets all of its answers', async () => {
    const statuses: number[] = [];
    const start = Date.now();
    // However slow the machine is, the third request is too early.
    const now = () => (statuses.length < 3 ? start : Date.now());
    tenant = await openManagement({ rateLimit: { plan: 'free', now } });
    folder = mkdtempSync(join(tmpdir(), 'portcullis-rate-'));
    const certificate = await issueServerCertificate(folder);
    const { api } = tenant;
    const listener = getRequestListener(async (request) => {
      const answer = await api.fetch(request);
      statuses.push(answer.status);
      return answer;
    });
    const listening = createServer({ key: certificate.key, cert: certificate.certificate }, listener);
    server = listening;
    await new Promise<void>((resolve) => listening.listen(0, 'localhost', resolve));
    const program = `
      import { ManagementClient } from 'auth0';
      const client = new ManagementClient({ domain: process.env.DOMAIN, token: process.env.TOKEN });
      for (const name of ['a', 'b', 'c', 'd']) await client.roles.create({ name });
      console.log((await client.roles.list()).data.map(({ name }) => name).join(' '));`;
    const { stdout } = await promisify(execFile)(process.execPath, ['--input-type=module', '--eval', program], {
      cwd: join(import.meta.dirname, '../../..'),
      env: {
        PATH: process.env.PATH,
        NODE_EXTRA_CA_CERTS: certificate.caFile,
        DOMAIN: `localhost:${(listening.address() as AddressInfo).port}`,
        TOKEN: await tenant.token(),
      },
    });
    expect(stdout).toBe('a b c d\n');
    expect(statuses).toContain(429);
    expect(statuses.filter((status) => status === 200)).toHaveLength(5);
  });
});

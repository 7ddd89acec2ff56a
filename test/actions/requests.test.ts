import { createServer, type Server } from 'node:http';
import type { AddressInfo } from 'node:net';
import { afterAll, beforeAll, describe, expect, test } from 'vitest';
import { startMovableClock } from './movable-clock.ts';
import { handler, type TenantWithActions, tenantWithActions } from './tenant-with-actions.ts';

const TIME_LIMIT = 120_000;

let tenant: TenantWithActions;
let server: Server;
let host: string;
/** Called when a request has arrived that is never answered. */
let onUnanswered = (): void => {};
beforeAll(async () => {
  tenant = await tenantWithActions({ timeoutMs: TIME_LIMIT, node18: true });
  server = createServer((request, response) => {
    if (request.url?.startsWith('/never')) return onUnanswered();
    response.statusCode = Number(/\d{3}/.exec(request.url ?? '')?.[0] ?? 200);
    setTimeout(() => response.end('{}'), request.url?.startsWith('/slow') ? 200 : 0);
  });
  await new Promise<void>((resolve) => server.listen(0, '127.0.0.1', resolve));
  host = `127.0.0.1:${(server.address() as AddressInfo).port}`;
});
afterAll(async () => {
  await tenant.close();
  server.closeAllConnections();
  await new Promise((resolve) => server.close(resolve));
});

async function requestsOf(
  body: string,
  more: { runtime?: string; dependencies?: { name: string; version: string }[] } = {},
  during?: () => Promise<void>,
) {
  await tenant.bound({ code: handler(body), ...more });
  const login = tenant.login();
  await during?.();
  const outcome = await login;
  return { outcome, requests: tenant.results(outcome)[0]?.requests };
}

const WITH_HTTP = (path: string) =>
  `await new Promise((done) => require('node:http').get('http://' + '${host}' + '${path}', (answer) => answer.resume().on('end', done)));`;

describe.each(['node22', 'node18'])('on %s an execution records requests', (runtime) => {
  test('by fetch, node:http and packages, in order, with status and time, without their content', async () => {
    const { outcome, requests } = await requestsOf(
      `await fetch('http://${host}/slow?key=hunter2', { method: 'POST', body: 'hunter2', headers: { authorization: 'hunter2' } });
       await fetch('http://${host}/404');
       ${WITH_HTTP('/500?key=hunter2')}
       await require('axios').get('http://${host}/201');`,
      { runtime, dependencies: [{ name: 'axios', version: '1.7.9' }] },
    );
    expect(outcome.kind).toBe('continue');
    const took = { host, duration_ms: expect.any(Number) };
    expect(requests).toEqual([
      { ...took, method: 'POST', status: 200 },
      { ...took, method: 'GET', status: 404 },
      { ...took, method: 'GET', status: 500 },
      { ...took, method: 'GET', status: 201 },
    ]);
    expect(requests?.[0]?.duration_ms).toBeGreaterThan(150);
    expect(JSON.stringify(requests)).not.toContain('hunter2');
  });

  test('without a server', async () => {
    const unused = createServer();
    await new Promise<void>((resolve) => unused.listen(0, '127.0.0.1', resolve));
    const unusedHost = `127.0.0.1:${(unused.address() as AddressInfo).port}`;
    await new Promise((resolve) => unused.close(resolve));
    const { requests } = await requestsOf(
      `await fetch('http://${unusedHost}/').catch(() => {});
       await new Promise((done) => require('node:http').get('http://${unusedHost}/').on('error', done));`,
      { runtime },
    );
    const refused = { method: 'GET', host: unusedHost, error: 'ECONNREFUSED', duration_ms: expect.any(Number) };
    expect(requests).toEqual([refused, refused]);
  });

  test('that the login waited for without an answer', async () => {
    const clock = startMovableClock();
    const { outcome, requests } = await requestsOf(`await fetch('http://${host}/never');`, { runtime }, async () => {
      await new Promise<void>((resolve) => {
        onUnanswered = resolve;
      });
      // The report of the request was sent before the request itself, but the tenant may read it later in the same turn.
      await new Promise(setImmediate);
      clock.move(TIME_LIMIT);
    }).finally(() => clock.stop());
    expect(outcome).toMatchObject({ kind: 'error', errorClass: 'action_timeout' });
    expect(requests).toEqual([{ method: 'GET', host }]);
  });

  test('that were not awaited, without their end', async () => {
    const { requests } = await requestsOf(
      `fetch('http://${host}/never').catch(() => {}); await new Promise(setImmediate);`,
      {
        runtime,
      },
    );
    expect(requests).toEqual([{ method: 'GET', host }]);
  });
});

test('a login does not record requests that an earlier one left running', async () => {
  const body = `const first = event.user.name === 'Ada'; if (first) globalThis.earlier = fetch('http://${host}/slow'); else await globalThis.earlier;`;
  await tenant.bound(handler(body));
  await tenant.login();
  const next = await tenant.login({ user: { ...tenant.user, name: 'Grace' } });
  expect(tenant.results(next)[0]?.requests).toEqual([]);
});

test('two hundred requests of a run are recorded, and the others are sent as well', async () => {
  const { outcome, requests } = await requestsOf(
    `const answers = await Promise.all(Array.from({ length: 230 }, () => fetch('http://${host}/')));
     if (answers.some(({ status }) => status !== 200)) throw new Error('not made');`,
  );
  expect(outcome.kind).toBe('continue');
  expect(requests).toHaveLength(200);
});

test('a host that is a secret is masked', async () => {
  await tenant.bound({
    code: handler(`await fetch('http://' + event.secrets.HOST + '/');`),
    secrets: [{ name: 'HOST', value: host }],
  });
  const outcome = await tenant.login();
  expect(tenant.results(outcome)[0]?.requests).toMatchObject([{ host: '[secret HOST]', status: 200 }]);
});

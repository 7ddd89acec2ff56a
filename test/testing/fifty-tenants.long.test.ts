import { readdirSync, readFileSync } from 'node:fs';
import { connect } from 'node:net';
import { tmpdir } from 'node:os';
import { setFlagsFromString } from 'node:v8';
import { runInNewContext } from 'node:vm';
import { expect, it } from 'vitest';
import { startTenant, type TestTenant } from '../../src/testing/start-test-tenant.ts';
import { until } from '../until.ts';

const TENANTS = 50;
const AT_ONCE = 8;
const MEGABYTE = 1024 * 1024;
/** Growth of the heap after the first eight tenants. One that stays in memory has several megabytes. */
const MOST_GROWTH = 60 * MEGABYTE;

const code = `exports.onExecutePostLogin = async (event, api) => {
  if (event.user.email_verified === false) return api.access.deny('not verified');
  api.idToken.setCustomClaim('https://example.com/number', event.client.metadata.number);
};`;

/** One test: a login, a refused one, a snapshot, and the way back. */
async function useTenant(number: number, ports: Set<number>): Promise<void> {
  const tenant: TestTenant = await startTenant({
    seed: {
      clients: [
        {
          name: 'Web',
          app_type: 'regular_web',
          callbacks: ['http://localhost:3000/callback'],
          client_metadata: { number: String(number) },
        },
      ],
      actions: [{ name: 'Number', code, deployed: true, supported_triggers: [{ id: 'post-login', version: 'v3' }] }],
      triggers: { 'post-login': [{ action_name: 'Number' }] },
    },
    users: [
      { email: `una${number}@example.com`, password: 'Open-1-gate', roles: ['Reader'] },
      { email: 'eve@example.com', password: 'Open-1-gate', email_verified: false },
    ],
  });
  try {
    for (const url of [tenant.url, tenant.httpUrl]) ports.add(Number(new URL(url).port));
    const clean = await tenant.snapshot();
    const una = await tenant.signIn({ user: `una${number}@example.com` });
    expect(una.claims).toMatchObject({ iss: tenant.url, 'https://example.com/number': String(number) });
    expect((await tenant.signIn({ user: 'eve@example.com' })).denied?.description).toBe('not verified');
    await tenant.clock.advance({ days: number });
    await tenant.restore(clean);
    expect(tenant.logs()).toEqual([]);
    expect((await tenant.signIn({ user: `una${number}@example.com` })).denied).toBeUndefined();
  } finally {
    await tenant.stop();
  }
}

/** Commands of this process's children. */
const children = () =>
  readFileSync(`/proc/${process.pid}/task/${process.pid}/children`, 'utf8')
    .split(' ')
    .filter((pid) => pid !== '')
    .map((pid) => readFileSync(`/proc/${pid}/cmdline`, 'utf8').replaceAll('\0', ' '));
const folders = () => readdirSync(tmpdir()).filter((name) => name.startsWith(`portcullis-${process.pid}-`));
/** Sockets, servers and processes that this process holds, by their kinds. Timers end by themselves. */
const handles = () =>
  process
    .getActiveResourcesInfo()
    .filter((kind) => /Server|Socket|Process|Pipe|TLS/.test(kind))
    .sort();
const isOpen = (port: number) =>
  new Promise<boolean>((resolve) => {
    const socket = connect(port, '127.0.0.1');
    socket.once('connect', () => {
      socket.destroy();
      resolve(true);
    });
    socket.once('error', () => resolve(false));
  });

setFlagsFromString('--expose-gc');
const collect = runInNewContext('gc') as () => void;
function memory(): { readonly heap: number; readonly rss: number } {
  collect();
  const { heapUsed, external, rss } = process.memoryUsage();
  return { heap: heapUsed + external, rss };
}

it('fifty tests with a tenant each, eight at a time, leave no process, port, file or memory', {
  timeout: 120_000,
}, async () => {
  // The first Action of a process bundles the sandbox, with a process of esbuild that ends with this one.
  await useTenant(0, new Set());
  const before = { children: children(), folders: folders(), handles: handles() };
  const ports = new Set<number>();
  await Promise.all(Array.from({ length: AT_ONCE }, (_, index) => useTenant(index, ports)));
  const first = memory();
  let next = AT_ONCE;
  const work = async () => {
    while (next < TENANTS) {
      next += 1;
      await useTenant(next, ports);
    }
  };
  await Promise.all(Array.from({ length: AT_ONCE }, work));
  expect(next).toBe(TENANTS);
  await until(async () => children().length === before.children.length && handles().length <= before.handles.length);
  expect(children()).toEqual(before.children);
  expect(folders()).toEqual(before.folders);
  expect(await Promise.all([...ports].map(isOpen))).not.toContain(true);
  const last = memory();
  const megabytes = (bytes: number) => `${Math.round(bytes / MEGABYTE)} MB`;
  console.log(
    `${TENANTS} tenants on ${ports.size} ports, ${AT_ONCE} at a time: heap ${megabytes(first.heap)} after the first ${AT_ONCE}, ` +
      `${megabytes(last.heap)} after all; resident ${megabytes(first.rss)}, ${megabytes(last.rss)}`,
  );
  expect(last.heap - first.heap).toBeLessThan(MOST_GROWTH);
});

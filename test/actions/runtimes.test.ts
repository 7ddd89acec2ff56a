import { mkdir, mkdtemp, readdir, rm, symlink } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterAll, afterEach, beforeAll, describe, expect, test, vi } from 'vitest';
import { openRuntimes } from '../../src/tenant/actions/builds/runtimes.ts';
import { runtimeCacheFolder } from '../../src/tenant/store/data-folder.ts';
import { claimAction, claimValue, handler, type TenantWithActions, tenantWithActions } from './tenant-with-actions.ts';

let tenant: TenantWithActions;
let folder: string;
beforeAll(async () => {
  tenant = await tenantWithActions({ node18: true });
  folder = await mkdtemp(join(tmpdir(), 'portcullis-runtimes-'));
});
afterAll(async () => {
  await tenant.close();
  await rm(folder, { recursive: true, force: true });
});
afterEach(() => vi.unstubAllEnvs());

/** The address of a registry that does not answer. */
function goOffline(): void {
  vi.stubEnv('npm_config_registry', 'http://127.0.0.1:9/');
  vi.stubEnv('npm_config_fetch_retries', '0');
  vi.stubEnv('npm_config_cache', join(folder, 'npm'));
}

/** Makes a cache of runtimes with links to the installed ones: a copy would have more than 200 MB. */
async function linkRuntimes(cache: string): Promise<void> {
  await mkdir(cache);
  const installed = (await readdir(runtimeCacheFolder())).filter((name) => name.startsWith('node-'));
  for (const name of installed) await symlink(join(runtimeCacheFolder(), name), join(cache, name), 'junction');
}

describe('the runtime that an Action names', () => {
  test.each([
    ['node22', /^v22\./],
    ['node18', /^v18\./],
    ['node18-actions', /^v18\./],
    // Past its end of life: Auth0 moved it to the current one.
    ['node16', /^v22\./],
  ])('%s is the Node.js that it runs on, with a heap of 256 MB', async (runtime, version) => {
    const limit = `require('v8').getHeapStatistics().heap_size_limit / 2 ** 20`;
    await tenant.bound({ code: claimAction(`[process.version, ${limit}]`), runtime });
    const [actualVersion, heapLimit] = claimValue(await tenant.login()) as [string, number];
    expect(actualVersion).toMatch(version);
    // Node.js adds the space for young objects, at most 3 × 16 MB.
    expect(heapLimit).toBeGreaterThanOrEqual(256);
    expect(heapLimit).toBeLessThanOrEqual(304);
  });

  test('is that of each Action of a login, and one does not have features of the other', async () => {
    const globals = `[typeof WebSocket, typeof fetch, typeof require('util').styleText]`;
    await tenant.bound(
      { code: handler(`api.idToken.setCustomClaim('https://test/first', ${globals});`), runtime: 'node18' },
      { code: claimAction(globals), runtime: 'node22' },
    );
    const outcome = await tenant.login();
    expect(outcome).toMatchObject({
      effects: { idTokenClaims: { 'https://test/first': ['undefined', 'function', 'undefined'] } },
    });
    expect(claimValue(outcome)).toEqual(['function', 'function', 'function']);
  });

  test('is Node.js 22 for node18, unless Node.js 18 is requested', async () => {
    const other = await tenantWithActions();
    await other.bound({ code: claimAction('process.version'), runtime: 'node18' });
    expect(claimValue(await other.login())).toMatch(/^v22\./);
    await other.close();
  });

  test('without a network is one that was installed before', async () => {
    goOffline();
    await tenant.bound({ code: claimAction('process.version'), runtime: 'node22' });
    expect(claimValue(await tenant.login())).toMatch(/^v22\./);
  });

  test('that cannot be installed fails the build, and names the next step', async () => {
    goOffline();
    const other = await tenantWithActions({ runtimeCache: join(folder, 'empty') });
    const { id } = await other.engine.lifecycle.create({
      name: 'offline',
      supported_triggers: [{ id: 'post-login', version: 'v3' }],
      code: claimAction('1'),
    });
    await other.engine.ready();
    expect(other.store.actions.find(id)).toMatchObject({
      status: 'failed',
      build_errors: [{ msg: expect.stringMatching(/runtime node22 is Node\.js 22.*ECONNREFUSED.*--own-node/s) }],
    });
    expect(await readdir(join(folder, 'empty'))).toEqual([]);
    await other.close();
  });

  test('whose Node.js was deleted is installed again, and is missing without a network', async () => {
    const cache = join(folder, 'taken');
    await linkRuntimes(cache);
    const runtimes = openRuntimes({ cache });
    expect(await runtimes.find('node22')).toMatchObject({ path: expect.stringContaining(cache), major: 22 });
    await rm(cache, { recursive: true });
    goOffline();
    await expect(runtimes.find('node22')).rejects.toMatchObject({ code: 'build_failed' });
    await expect(runtimes.find('node22')).rejects.toThrow(/--own-node/);
  });

  test('is ignored if the tenant uses its own Node.js', async () => {
    goOffline();
    const other = await tenantWithActions({ ownNode: true, runtimeCache: join(folder, 'empty') });
    await other.bound({ code: claimAction('process.version'), runtime: 'node18' });
    expect(claimValue(await other.login())).toBe(process.version);
    await other.close();
  });
});

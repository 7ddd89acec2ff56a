import { cp, mkdtemp, readdir, rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterAll, afterEach, beforeAll, describe, expect, test, vi } from 'vitest';
import { openRuntimes } from '../../src/tenant/actions/builds/runtimes.ts';
import { runtimeCacheFolder } from '../../src/tenant/store/data-folder.ts';
import { handler, type TenantWithActions, telling, tenantWithActions, told } from './tenant-with-actions.ts';

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

/** A registry that nobody answers for. */
function goOffline(): void {
  vi.stubEnv('npm_config_registry', 'http://127.0.0.1:9/');
  vi.stubEnv('npm_config_fetch_retries', '0');
  vi.stubEnv('npm_config_cache', join(folder, 'npm'));
}

describe('the runtime that an Action names', () => {
  test.each([
    ['node22', /^v22\./],
    ['node18', /^v18\./],
    ['node18-actions', /^v18\./],
    // Past its end of life: Auth0 moved it to the present one.
    ['node16', /^v22\./],
  ])('%s is the Node.js that it runs on', async (runtime, version) => {
    await tenant.bound({ code: telling('process.version'), runtime });
    expect(told(await tenant.login())).toMatch(version);
  });

  test('is that of each Action of a login, and the one does not have what came with the other', async () => {
    const globals = `[typeof WebSocket, typeof fetch, typeof require('util').styleText]`;
    await tenant.bound(
      { code: handler(`api.idToken.setCustomClaim('https://test/first', ${globals});`), runtime: 'node18' },
      { code: telling(globals), runtime: 'node22' },
    );
    const outcome = await tenant.login();
    expect(outcome).toMatchObject({
      effects: { idTokenClaims: { 'https://test/first': ['undefined', 'function', 'undefined'] } },
    });
    expect(told(outcome)).toEqual(['function', 'function', 'function']);
  });

  test('is Node.js 22 for node18, unless Node.js 18 is asked for', async () => {
    const other = await tenantWithActions();
    await other.bound({ code: telling('process.version'), runtime: 'node18' });
    expect(told(await other.login())).toMatch(/^v22\./);
    await other.close();
  });

  test('without a network is one that was fetched before', async () => {
    goOffline();
    await tenant.bound({ code: telling('process.version'), runtime: 'node22' });
    expect(told(await tenant.login())).toMatch(/^v22\./);
  });

  test('that cannot be fetched fails the build, and says what to do', async () => {
    goOffline();
    const other = await tenantWithActions({ runtimeCache: join(folder, 'empty') });
    const { id } = await other.engine.lifecycle.create({
      name: 'offline',
      supported_triggers: [{ id: 'post-login', version: 'v3' }],
      code: telling('1'),
    });
    await other.engine.ready();
    expect(other.store.actions.find(id)).toMatchObject({
      status: 'failed',
      build_errors: [{ msg: expect.stringMatching(/runtime node22 is Node\.js 22.*ECONNREFUSED.*--own-node/s) }],
    });
    expect(await readdir(join(folder, 'empty'))).toEqual([]);
    await other.close();
  });

  test('whose Node.js somebody took away is fetched again, and missed without a network', async () => {
    const cache = join(folder, 'taken');
    await cp(runtimeCacheFolder(), cache, { recursive: true, filter: (path) => !path.includes('installing-') });
    const runtimes = openRuntimes({ cache });
    expect(await runtimes.find('node22')).toMatchObject({ path: expect.stringContaining(cache), major: 22 });
    await rm(cache, { recursive: true });
    goOffline();
    await expect(runtimes.find('node22')).rejects.toMatchObject({ code: 'build_failed' });
    await expect(runtimes.find('node22')).rejects.toThrow(/--own-node/);
  });

  test('is no matter where the tenant is told to use its own Node.js', async () => {
    goOffline();
    const other = await tenantWithActions({ ownNode: true, runtimeCache: join(folder, 'empty') });
    await other.bound({ code: telling('process.version'), runtime: 'node18' });
    expect(told(await other.login())).toBe(process.version);
    await other.close();
  });
});

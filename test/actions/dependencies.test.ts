import { cp, mkdir, mkdtemp, readdir, rm, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { basename, join } from 'node:path';
import { afterAll, afterEach, beforeAll, beforeEach, describe, expect, test, vi } from 'vitest';
import { openDependencies } from '../../src/tenant/actions/builds/dependencies.ts';
import { nativeModules } from '../../src/tenant/actions/builds/native-modules.ts';
import { claimAction, claimValue, tenantWithActions } from './tenant-with-actions.ts';

const isOdd = { name: 'is-odd', version: '3.0.1' };
const ms = { name: 'ms', version: '2.1.3' };

/** A cache in which both packages are installed, which no test changes. */
let shared: string;
/** The folders that simultaneous requests for that installation returned. */
let folders: (string | undefined)[];
beforeAll(async () => {
  shared = await mkdtemp(join(tmpdir(), 'portcullis-packages-'));
  const dependencies = openDependencies(shared);
  folders = await Promise.all([
    dependencies.install([isOdd, ms]),
    dependencies.install([ms, isOdd]),
    // Another tenant over the same folder.
    openDependencies(shared).install([isOdd, ms]),
  ]);
});
afterAll(() => rm(shared, { recursive: true, force: true }));

let cache: string;
beforeEach(async () => {
  cache = await mkdtemp(join(tmpdir(), 'portcullis-packages-'));
});
afterEach(async () => {
  vi.unstubAllEnvs();
  await rm(cache, { recursive: true, force: true });
});

/** Copies the installation into the test's cache, and returns its folder there. */
async function copyInstallation(): Promise<string> {
  await cp(shared, cache, { recursive: true });
  return join(cache, basename(folders[0] ?? ''));
}

describe('a dependency', () => {
  test('is really installed, and the Action can require it with its own dependencies, but not those alone', async () => {
    await copyInstallation();
    const tenant = await tenantWithActions({ dependencyCache: cache });
    const [action] = await tenant.bound({
      code: claimAction(
        `[require('is-odd')(3), (() => { try { require('is-number') } catch (error) { return error.message } })(), typeof (await import('is-odd')).default]`,
      ),
      dependencies: [{ name: 'is-odd', version: '^3.0.0' }, ms],
    });
    expect(tenant.store.actions.find(action?.id ?? '')?.dependencies).toEqual([isOdd, ms]);
    expect(claimValue(await tenant.login())).toEqual([true, "Cannot find module 'is-number'", 'function']);
    await tenant.close();
  });

  test('without a version is the latest, replaced when the Action is saved', async () => {
    await copyInstallation();
    const tenant = await tenantWithActions({ dependencyCache: cache });
    const created = await tenant.engine.lifecycle.create({
      name: 'latest',
      supported_triggers: [{ id: 'post-login', version: 'v3' }],
      dependencies: [{ name: 'is-odd' }, ms],
    });
    expect(created.dependencies).toEqual([{ name: 'is-odd', version: expect.stringMatching(/^\d+\.\d+\.\d+$/) }, ms]);
    await tenant.engine.ready();
    await tenant.close();
  });

  test('that does not exist fails the build with npm’s reason, and leaves nothing in the cache', async () => {
    const tenant = await tenantWithActions({ dependencyCache: cache });
    const created = await tenant.engine.lifecycle.create({
      name: 'missing',
      supported_triggers: [{ id: 'post-login', version: 'v3' }],
      dependencies: [{ name: 'is-number', version: '999.0.0' }],
    });
    await tenant.engine.ready();
    expect(tenant.store.actions.find(created.id)).toMatchObject({
      status: 'failed',
      build_errors: [{ msg: expect.stringMatching(/is-number@999\.0\.0 failed\. .*(ETARGET|No matching version)/s) }],
    });
    expect(await readdir(cache)).toEqual([]);
    await tenant.close();
  });
});

describe('the cache', () => {
  test('shares one installation between simultaneous requests, by content and not by order', async () => {
    expect(new Set(folders).size).toBe(1);
    expect(await readdir(shared)).toEqual([basename(folders[0] ?? '')]);
  });

  test('needs neither npm nor a network for its content', async () => {
    const folder = await copyInstallation();
    vi.stubEnv('PATH', '');
    vi.stubEnv('npm_execpath', undefined);
    expect(await openDependencies(cache).install([isOdd, ms])).toBe(folder);
    await expect(openDependencies(cache).install([{ name: 'is-number', version: '7.0.0' }])).rejects.toMatchObject({
      code: 'build_failed',
      message: expect.stringMatching(/npm cannot be run/),
    });
  });

  test('repairs an incomplete folder', async () => {
    const folder = await copyInstallation();
    await rm(join(folder, 'installed.json'));
    await rm(join(folder, 'node_modules', 'is-number'), { recursive: true });
    expect(await openDependencies(cache).install([isOdd, ms])).toBe(folder);
    expect(await readdir(join(folder, 'node_modules'))).toContain('is-number');
  });
});

test('packages that need a compiler are named, optional ones are not', async () => {
  const make = async (name: string, manifest: object, gyp = false) => {
    const folder = join(cache, 'node_modules', name);
    await mkdir(folder, { recursive: true });
    await writeFile(join(folder, 'package.json'), JSON.stringify(manifest));
    if (gyp) await writeFile(join(folder, 'binding.gyp'), '{}');
  };
  await make('plain', {});
  await make('@scope/native', {}, true);
  await make('says-so', { gypfile: true });
  await make('optional', {}, true);
  const entries = ['plain', '@scope/native', 'says-so'].map((name) => [`node_modules/${name}`, {}] as const);
  const packages = { ...Object.fromEntries(entries), 'node_modules/optional': { optional: true } };
  await writeFile(join(cache, 'node_modules', '.package-lock.json'), JSON.stringify({ packages }));
  expect(await nativeModules(cache)).toEqual(['@scope/native', 'says-so']);
});

test('an installation under way ends with the tenant, and is resumed later', async () => {
  const tenant = await tenantWithActions({ dependencyCache: cache });
  const { id } = await tenant.engine.lifecycle.create({
    name: 'slow',
    supported_triggers: [{ id: 'post-login', version: 'v3' }],
    dependencies: [isOdd],
  });
  await expect.poll(() => readdir(cache)).toHaveLength(1);
  await tenant.engine.close();
  expect(tenant.store.actions.find(id)?.status).toBe('building');
  expect(await readdir(cache)).toEqual([]);
  await tenant.close();
});

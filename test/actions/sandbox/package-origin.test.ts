import { existsSync } from 'node:fs';
import { cp, mkdir, mkdtemp, readdir, readFile, rm, symlink, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { basename, join } from 'node:path';
import { afterAll, beforeAll, beforeEach, describe, expect, test, vi } from 'vitest';
import { openDependencies } from '../../../src/tenant/actions/builds/dependencies.ts';
import {
  dependencySpecification,
  isRegistryVersion,
} from '../../../src/tenant/actions/builds/dependency-specification.ts';
import { npmCommand } from '../../../src/tenant/actions/builds/npm-command.ts';
import { startRegistry } from './npm-registry.ts';

let folder: string;
let registry: Awaited<ReturnType<typeof startRegistry>>;
/** The folder of the installed package `plain`, which no test changes. */
let plain: string;
beforeAll(async () => {
  folder = await mkdtemp(join(tmpdir(), 'portcullis-origin-'));
  await mkdir(join(folder, 'private'));
  await writeFile(join(folder, 'private', 'package.json'), '{"name":"stolen","version":"1.0.0"}');
  const outside = join(folder, 'private');
  registry = await startRegistry([
    { name: 'plain', manifest: { dependencies: { other: '^1.0.0', alias: 'npm:other@1.x' } } },
    { name: 'other', manifest: { bin: { other: 'index.js' } } },
    { name: 'wants-folder', manifest: { dependencies: { stolen: `file:${outside}` } } },
    { name: 'wants-link', manifest: { dependencies: { stolen: `link:${outside}` } } },
    { name: 'wants-path', manifest: { dependencies: { stolen: outside } } },
    { name: 'wants-relative', manifest: { dependencies: { stolen: '../../../../private' } } },
    { name: 'wants-address', manifest: { dependencies: { stolen: 'http://127.0.0.1:9/other.tgz' } } },
    { name: 'wants-git', manifest: { dependencies: { stolen: `git+file://${outside}` } } },
    { name: 'wants-github', manifest: { dependencies: { stolen: 'owner/repository' } } },
    { name: 'wants-optionally', manifest: { optionalDependencies: { stolen: `file:${outside}` } } },
    { name: 'wants-peer', manifest: { peerDependencies: { stolen: `file:${outside}` } } },
    { name: 'wants-by-another', manifest: { dependencies: { 'wants-folder': '1.0.0' } } },
    { name: 'holds-link', links: { out: outside, 'file.js': '/etc/hostname' } },
    {
      name: 'bundles-link',
      manifest: { bundleDependencies: ['stolen'], dependencies: { stolen: '*' } },
      links: { 'node_modules/stolen': outside },
    },
    {
      name: 'runs-script',
      manifest: { scripts: { preinstall: `touch ${join(outside, 'ran')}`, install: `touch ${join(outside, 'ran')}` } },
    },
  ]);
  useRegistry();
  plain = (await openDependencies(join(folder, 'plain')).install(of('plain'))) ?? '';
});
afterAll(async () => {
  registry.close();
  await rm(folder, { recursive: true, force: true });
});
let cache: string;
beforeEach(async () => {
  cache = await mkdtemp(join(folder, 'cache-'));
  useRegistry();
});

function useRegistry(): void {
  vi.stubEnv('npm_config_registry', registry.url);
  vi.stubEnv('npm_config_cache', join(folder, 'npm'));
  vi.stubEnv('npm_config_fetch_retries', '0');
}

const of = (name: string) => [{ name, version: '1.0.0' }];

describe('a package of an Action', () => {
  test('comes from the registry with its dependencies, by range and by alias', async () => {
    expect((await readdir(join(plain, 'node_modules'))).sort()).toEqual([
      '.package-lock.json',
      'alias',
      'other',
      'plain',
    ]);
  });

  test.each([
    'wants-folder',
    'wants-link',
    'wants-path',
    'wants-relative',
    'wants-address',
    'wants-git',
    'wants-github',
    'wants-optionally',
    'wants-peer',
    'wants-by-another',
  ])('that depends on anything outside the registry fails the build, which reports it: %s', async (name) => {
    const installing = openDependencies(cache).install(of(name));
    await expect(installing).rejects.toMatchObject({
      code: 'build_failed',
      message: expect.stringMatching(
        /(names a (directory|git|remote|file|link) in place|asks for stolen as).* npm registry/,
      ),
    });
    expect(await readdir(cache)).toEqual([]);
  });

  test.each(['holds-link', 'bundles-link'])('has no link that leaves its folder: %s', async (name) => {
    const installed = await openDependencies(cache)
      .install(of(name))
      .catch(() => undefined);
    const paths = installed === undefined ? [] : await readdir(installed, { recursive: true, withFileTypes: true });
    expect(paths.filter((path) => path.isSymbolicLink())).toEqual([]);
  });

  test('runs no script when it is installed', async () => {
    await openDependencies(cache).install(of('runs-script'));
    expect(existsSync(join(folder, 'private', 'ran'))).toBe(false);
  });
});

describe('an installation in the cache', () => {
  /** Returns the folder of `plain`, copied into the test's cache. */
  async function cachedPlain(): Promise<string> {
    const installed = join(cache, basename(plain));
    await cp(plain, installed, { recursive: true });
    return installed;
  }

  const linkOutside = (path: string) => symlink(join(folder, 'private'), join(path, 'node_modules', 'stolen'));

  test.each([
    ['a link that leaves it', linkOutside],
    [
      'a link to a file outside',
      (path: string) => symlink('/etc/hostname', join(path, 'node_modules', 'plain', 'file')),
    ],
    ['a link to nothing', (path: string) => symlink('/nowhere', join(path, 'node_modules', 'plain', 'file'))],
    ['a package linked by its lock', (path: string) => changeLock(path, { link: true, resolved: '../private' })],
    ['a package without integrity', (path: string) => changeLock(path, { resolved: 'https://a.test/x.tgz' })],
    [
      'a package of a repository',
      (path: string) => changeLock(path, { resolved: 'git+ssh://a.test/x', integrity: 'sha1-x' }),
    ],
  ])('with %s is removed, and npm runs again', async (_, spoil) => {
    const installed = await cachedPlain();
    await spoil(installed);
    // Without npm nothing takes its place.
    await expect(openDependencies(cache, { PATH: '' }).install(of('plain'))).rejects.toThrow(/npm cannot be run/);
    expect(await readdir(cache)).toEqual([]);
  });

  test('that is removed is replaced by one of the registry', async () => {
    const installed = await cachedPlain();
    await linkOutside(installed);
    registry.requests.length = 0;
    expect(await openDependencies(cache).install(of('plain'))).toBe(installed);
    expect(registry.requests).toContain('plain');
    expect((await readdir(join(installed, 'node_modules'))).sort()).toEqual(
      (await readdir(join(plain, 'node_modules'))).sort(),
    );
  });

  test('that is unchanged needs neither the registry nor npm', async () => {
    const installed = await cachedPlain();
    registry.requests.length = 0;
    expect(await openDependencies(cache, { PATH: '' }).install(of('plain'))).toBe(installed);
    expect(registry.requests).toEqual([]);
  });
});

async function changeLock(path: string, entry: object): Promise<void> {
  const file = join(path, 'node_modules', '.package-lock.json');
  const lock = JSON.parse(await readFile(file, 'utf8')) as { packages: Record<string, object> };
  lock.packages['node_modules/other'] = { version: '1.0.0', ...entry };
  await writeFile(file, JSON.stringify(lock));
}

describe('the version of a dependency', () => {
  test.each([
    '1.2.3',
    '^1.2.3',
    '~1',
    '1.x',
    '>=1.2 <2',
    '1 - 2',
    '1.0 || 2.0.0-beta.1',
    '*',
    'latest',
    'next-11',
    'v1.2.3',
    '>= 1.2.3',
  ])('may be %s', (version) => {
    expect(dependencySpecification({ name: 'plain', version }).version).toBe(version);
    expect(isRegistryVersion(version)).toBe(true);
  });

  test.each([
    '1 | calc',
    '1 & calc',
    '1;calc',
    '$(calc)',
    '`calc`',
    '%PATH%',
    '1\ncalc',
    'file:/etc',
    'git:a',
    'http://a.test/',
    'link:x',
    'a/b',
    './a',
    '../a',
    '~/a',
    'npm:other@1',
    '-g',
    '1 -g',
    '|| calc',
    '>calc',
  ])('is never %j', (version) => {
    expect(() => dependencySpecification({ name: 'plain', version })).toThrow(/not a version of plain/);
  });
});

test('npm is a script that this Node.js runs, wherever npm is installed', async () => {
  const bin = join(folder, 'bin');
  const script = join(folder, 'bin', 'node_modules', 'npm', 'bin', 'npm-cli.js');
  await mkdir(join(script, '..'), { recursive: true });
  await writeFile(script, '');
  await writeFile(join(bin, 'npm.cmd'), '');
  expect(npmCommand({ Path: bin })).toEqual([process.execPath, expect.stringMatching(/npm-cli\.js$/)]);
  expect(npmCommand({ npm_execpath: script })).toEqual([process.execPath, script]);
});

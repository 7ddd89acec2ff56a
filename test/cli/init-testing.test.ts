import { mkdirSync, mkdtempSync, readdirSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterEach, beforeEach, describe, expect, it } from 'vitest';
import { RUNNERS } from '../../src/cli/init/testing-files.ts';
import { readSeed } from '../../src/testing/seed/read-seed.ts';
import { run } from './command-line.ts';

describe('portcullis init --testing', () => {
  let folder: string;
  beforeEach(() => {
    folder = mkdtempSync(join(tmpdir(), 'init-testing-'));
  });
  afterEach(() => rmSync(folder, { recursive: true, force: true }));

  const init = (...args: string[]) => run(['init', '--testing', ...args], { cwd: folder });
  const read = (path: string) => readFileSync(join(folder, path), 'utf8');
  const files = () => readdirSync(folder, { recursive: true, encoding: 'utf8' }).sort();

  it('writes a test for Node’s runner, its seed and scripts into an empty folder, and says so', async () => {
    const { status, stdout } = await init();
    expect(status).toBe(0);
    for (const path of ['auth0/tenant.yaml', 'test/sign-in.test.mjs', 'package.json: "test": "node --test"']) {
      expect(stdout).toContain(`+ ${path}`);
    }
    expect(files()).toEqual(['auth0', 'auth0/tenant.yaml', 'package.json', 'test', 'test/sign-in.test.mjs']);
    expect(JSON.parse(read('package.json'))).toEqual({
      private: true,
      scripts: { test: 'node --test', tenant: 'portcullis tenant --seed auth0' },
    });
    expect(readSeed('auth0', folder, {}, ({ kind }) => expect.fail(`${kind} is not taken`))).toMatchObject({
      clients: [{ name: 'Web' }],
    });
  });

  it.each([
    ['vitest', { devDependencies: { vitest: '5.1.1', jest: '30.0.0' } }],
    ['jest', { devDependencies: { '@playwright/test': '1.65.1', jest: '30.0.0' } }],
    ['playwright', { dependencies: { '@playwright/test': '1.65.1' } }],
    ['node', { dependencies: { express: '5.0.0' } }],
  ] as const)('takes %s as the runner of %j', async (runner, manifest) => {
    writeFileSync(join(folder, 'package.json'), JSON.stringify(manifest));
    const { stdout } = await init('--json');
    expect(JSON.parse(stdout)).toEqual({
      runner,
      written: ['auth0/tenant.yaml', RUNNERS[runner].file],
      present: [],
      scripts: { test: RUNNERS[runner].command, tenant: 'portcullis tenant --seed auth0' },
    });
  });

  it('leaves files and scripts as they are, and the form of package.json', async () => {
    const manifest = '{\n\t"name": "mine",\n\t"scripts": {\n\t\t"test": "mocha"\n\t}\n}';
    writeFileSync(join(folder, 'package.json'), manifest);
    mkdirSync(join(folder, 'auth0'));
    writeFileSync(join(folder, 'auth0', 'tenant.yaml'), 'mine');
    const { stdout } = await init('--runner', 'vitest');
    expect(stdout).toContain('auth0/tenant.yaml exists already and is left as it is');
    expect(read('auth0/tenant.yaml')).toBe('mine');
    const scripts =
      '"test": "mocha",\n\t\t"test:tenant": "vitest run",\n\t\t"tenant": "portcullis tenant --seed auth0"';
    expect(read('package.json')).toBe(manifest.replace('"test": "mocha"', scripts));
    const before = files().map((path) => [path, path.includes('.') && read(path)]);
    expect((await init('--runner', 'vitest')).status).toBe(0);
    expect(files().map((path) => [path, path.includes('.') && read(path)])).toEqual(before);
  });

  it('names the example for Jest so that Jest finds it, in a package of ES modules too', async () => {
    writeFileSync(
      join(folder, 'package.json'),
      JSON.stringify({ type: 'module', devDependencies: { jest: '30.5.2' } }),
    );
    await init();
    expect(files()).toContain('test/sign-in.test.cjs');
  });

  it('writes nothing if package.json cannot be read, or a file cannot be written', async () => {
    writeFileSync(join(folder, 'package.json'), '{ "scripts": ');
    expect((await init()).stderr).toContain('[package_json_invalid]');
    expect(files()).toEqual(['package.json']);
    writeFileSync(join(folder, 'package.json'), '{}');
    writeFileSync(join(folder, 'test'), '');
    expect((await init()).stderr).toContain('[file_unwritable]');
    expect(files()).toEqual(['package.json', 'test']);
    expect((await run(['init', '--runner', 'node'], { cwd: folder })).stderr).toContain('[usage]');
  });
});

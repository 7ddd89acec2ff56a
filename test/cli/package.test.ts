import { execFile, spawn } from 'node:child_process';
import { once } from 'node:events';
import { existsSync, mkdtempSync, readdirSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { delimiter, dirname, join } from 'node:path';
import { fileURLToPath } from 'node:url';
import { promisify } from 'node:util';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';

const run = promisify(execFile);
const root = fileURLToPath(new URL('../../', import.meta.url));

describe('the package', () => {
  let folder: string;
  // The Node that runs this test, in front of whatever else the machine has.
  const env = { ...process.env, PATH: `${dirname(process.execPath)}${delimiter}${process.env.PATH}` };

  beforeAll(async () => {
    folder = mkdtempSync(join(tmpdir(), 'portcullis-package-'));
    await run('npm', ['pack', '--pack-destination', folder], { cwd: root, env });
    const [tarball = ''] = readdirSync(folder);
    await run('npm', ['init', '--yes'], { cwd: folder, env });
    await run('npm', ['install', '--no-audit', '--no-fund', `./${tarball}`], { cwd: folder, env });
  }, 180_000);
  afterAll(() => rmSync(folder, { recursive: true, force: true }));

  it('runs the gate in an empty folder', async () => {
    const { stdout } = await run('npx', ['portcullis', 'dev', '--once'], { cwd: folder, env });
    expect(stdout).toMatch(/All 12 visits ended as the policy says/);
  }, 60_000);

  it('carries compiled code, its types and the example, and nothing of the workshop', async () => {
    const installed = readdirSync(join(folder, 'node_modules', 'portcullis')).sort();
    expect(installed).toEqual([
      'CHANGELOG.md',
      'LICENSE',
      'README.md',
      'bin',
      'dist',
      'package.json',
      'portcullis.config.ts',
    ]);
  });

  it('has the console built, with nothing of what it was built from', async () => {
    const entry = join(folder, 'node_modules', 'portcullis', 'bin', 'portcullis.cjs');
    const args = [entry, 'tenant', '--memory', '--json', '--port', '0', '--console'];
    const child = spawn(process.execPath, args, { cwd: folder, env, stdio: ['ignore', 'pipe', 'ignore'] });
    try {
      const [line] = (await once(child.stdout, 'data')) as [Buffer];
      const { console } = JSON.parse(String(line));
      const page = await (await fetch(console.url)).text();
      const script = /<script type="module" src="([^"]+)"/.exec(page)?.[1] ?? '';
      const answer = await fetch(new URL(script, console.url));
      expect(answer.status).toBe(200);
      expect(answer.headers.get('content-type')).toContain('text/javascript');
    } finally {
      child.kill('SIGTERM');
      await once(child, 'exit');
    }
    expect(existsSync(join(folder, 'node_modules', 'react'))).toBe(false);
    expect(readdirSync(join(folder, 'node_modules', 'portcullis', 'dist', 'console'))).toEqual(['site']);
  });

  it('gives types to a configuration file', async () => {
    const entry = join(folder, 'node_modules', 'portcullis', 'dist', 'configuration');
    expect(readdirSync(entry)).toEqual(
      expect.arrayContaining(['define-configuration.js', 'define-configuration.d.ts']),
    );
  });
});

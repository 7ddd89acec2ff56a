import { execFile, spawn } from 'node:child_process';
import { once } from 'node:events';
import {
  copyFileSync,
  existsSync,
  linkSync,
  mkdirSync,
  mkdtempSync,
  readdirSync,
  readFileSync,
  rmSync,
  writeFileSync,
} from 'node:fs';
import { tmpdir } from 'node:os';
import { delimiter, dirname, join } from 'node:path';
import { fileURLToPath } from 'node:url';
import { promisify } from 'node:util';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';

const run = promisify(execFile);
const root = fileURLToPath(new URL('../../', import.meta.url));

/** Copies a file if a hard link is not possible: no link leads from one file system to another. */
function linkOrCopy(from: string, to: string): void {
  try {
    linkSync(from, to);
  } catch {
    copyFileSync(from, to);
  }
}

describe('the package', () => {
  let folder: string;
  // The Node that runs this test comes before any other on the machine.
  const env = { ...process.env, PATH: `${dirname(process.execPath)}${delimiter}${process.env.PATH}` };

  beforeAll(async () => {
    folder = mkdtempSync(join(tmpdir(), 'portcullis-package-'));
    await run('npm', ['pack', '--pack-destination', folder], { cwd: root, env });
    const [tarball = ''] = readdirSync(folder);
    writeFileSync(join(folder, 'package.json'), '{"private":true}');
    linkDependencies();
    // npm removes what the package does not declare, and fetches what is missing.
    const options = ['--prefer-offline', '--no-audit', '--no-fund'];
    await run('npm', ['install', ...options, `./${tarball}`], { cwd: folder, env });
  });
  /** Links the dependencies of this checkout: npm need not unpack again what it finds. */
  function linkDependencies(): void {
    const lock: unknown = JSON.parse(readFileSync(join(root, 'package-lock.json'), 'utf8'));
    const { packages } = lock as { packages: Record<string, { dev?: boolean }> };
    const needed = Object.entries(packages).filter(([path, { dev }]) => path !== '' && !dev);
    for (const [path] of needed.filter(([one]) => existsSync(join(root, one)))) linkFolder(path);
  }

  function linkFolder(path: string): void {
    mkdirSync(join(folder, path), { recursive: true });
    for (const entry of readdirSync(join(root, path), { withFileTypes: true })) {
      const inside = join(path, entry.name);
      // Packages below a package have an entry of their own.
      if (entry.isDirectory() && entry.name !== 'node_modules') linkFolder(inside);
      if (entry.isFile()) linkOrCopy(join(root, inside), join(folder, inside));
    }
  }

  afterAll(() => rmSync(folder, { recursive: true, force: true }));

  it('runs the gate in an empty folder', async () => {
    const { stdout } = await run('npx', ['portcullis', 'dev', '--once'], { cwd: folder, env });
    expect(stdout).toMatch(/All 12 visits ended as the policy says/);
  });

  it('contains the target of every link of its README', () => {
    const installed = join(folder, 'node_modules', 'portcullis');
    const readme = readFileSync(join(installed, 'README.md'), 'utf8');
    const targets = [...readme.matchAll(/\]\(([^)#]+)(?:#[^)]*)?\)/g)].map(([, target = '']) => target);
    const local = targets.filter((target) => !/^[a-z]+:/.test(target));
    expect(local.length).toBeGreaterThan(10);
    expect(local.filter((target) => !existsSync(join(installed, target)))).toEqual([]);
  });

  it('contains compiled code, its types, the example and the documents, and no sources or tests', async () => {
    const installed = readdirSync(join(folder, 'node_modules', 'portcullis')).sort();
    expect(installed).toEqual([
      'ARCHITECTURE.md',
      'CHANGELOG.md',
      'CONTRIBUTING.md',
      'LICENSE',
      'README.md',
      'SECURITY.md',
      'bin',
      'dist',
      'docs',
      'package.json',
      'portcullis.config.ts',
    ]);
  });

  it('contains the built console without its sources', async () => {
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
    const write = (name: string, policy: string) =>
      writeFileSync(
        join(folder, name),
        `import { defineConfiguration } from 'portcullis';\nexport default defineConfiguration({ policy: ${policy} });\n`,
      );
    const needed = "applications: ['APEX'], claim: 'https://apex.test/roles', landingPage: 'https://apex.test/refused'";
    write('right.ts', `{ ${needed} }`);
    write('wrong.ts', `{ ${needed}, defaultRoll: 'APEX User' }`);
    const compiler = join(root, 'node_modules', 'typescript', 'bin', 'tsc');
    const options = ['--noEmit', '--strict', '--skipLibCheck', 'false', '--module', 'nodenext', '--target', 'es2024'];
    const check = (file: string) => run(process.execPath, [compiler, ...options, file], { cwd: folder, env });
    await check('right.ts');
    await expect(check('wrong.ts')).rejects.toMatchObject({ stdout: expect.stringContaining('defaultRoll') });
  });
});

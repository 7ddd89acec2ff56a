import { execFile, spawn } from 'node:child_process';
import { once } from 'node:events';
import { existsSync, globSync, readdirSync, readFileSync, writeFileSync } from 'node:fs';
import { dirname, join, resolve } from 'node:path';
import { promisify } from 'node:util';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { describeJourney } from './describe-journey.ts';
import { linksOf } from './document-content.ts';
import { type InstalledPackage, installPackage } from './installed-package.ts';

const run = promisify(execFile);
const root = resolve(import.meta.dirname, '../..');

describe('the package', () => {
  let installed: InstalledPackage;
  let folder: string;
  let env: NodeJS.ProcessEnv;
  beforeAll(async () => {
    installed = await installPackage();
    ({ folder, env } = installed);
  });
  afterAll(() => installed.remove());

  // The other sections and documents are in the long run.
  describeJourney('README.md', () => installed, ['See it decide', 'On your tenant']);

  it('contains the target of every link of its documents', () => {
    const content = join(folder, 'node_modules', 'portcullis');
    const documents = globSync('{*.md,docs/**/*.md}', { cwd: content });
    const links = documents.flatMap((file) =>
      linksOf(readFileSync(join(content, file), 'utf8')).map((to) => ({ file, to: to.replace(/#.*/, '') })),
    );
    expect(links.length).toBeGreaterThan(100);
    expect(links.filter(({ file, to }) => to !== '' && !existsSync(join(content, dirname(file), to)))).toEqual([]);
  });

  it('contains compiled code, its types, the example and the documents, and no sources or tests', async () => {
    const installed = readdirSync(join(folder, 'node_modules', 'portcullis')).sort();
    expect(installed).toEqual([
      'ARCHITECTURE.md',
      'CHANGELOG.md',
      'CONTRIBUTING.md',
      'Containerfile',
      'LICENSE',
      'README.md',
      'SECURITY.md',
      'action.yml',
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
    expect(readdirSync(join(folder, 'node_modules', 'portcullis', 'dist', 'console')).sort()).toEqual([
      'IBM-Plex-Mono-LICENSE.txt',
      'site',
    ]);
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

  it('starts a tenant inside a test, with types', async () => {
    writeFileSync(
      join(folder, 'tenant.mts'),
      `import { startTenant } from 'portcullis/testing';
await using tenant = await startTenant({ users: [{ email: 'una@example.com', password: 'Open-1-gate' }] });
const una = await tenant.signIn({ user: 'una@example.com' });
const email: unknown = una.claims.email;
console.log(email);
// @ts-expect-error An option that does not exist.
startTenant({ seeds: './auth0' }).catch((error) => console.log(error.remedy));
`,
    );
    const compiler = join(root, 'node_modules', 'typescript', 'bin', 'tsc');
    const types = [
      '--types',
      'node',
      '--typeRoots',
      join(root, 'node_modules', '@types'),
      '--lib',
      'es2024,esnext.disposable',
    ];
    const options = ['--noEmit', '--strict', '--module', 'nodenext', '--target', 'es2024', ...types];
    await run(process.execPath, [compiler, ...options, 'tenant.mts'], { cwd: folder, env });
    const { stdout } = await run(process.execPath, ['tenant.mts'], { cwd: folder, env });
    expect(stdout).toBe('una@example.com\nDid you mean "seed"?\n');
  });
});

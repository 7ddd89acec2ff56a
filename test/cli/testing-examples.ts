// Runs the examples of docs/testing.md as they stand, with the packed package.
import { execFile } from 'node:child_process';
import { mkdirSync, writeFileSync } from 'node:fs';
import { dirname, join, resolve } from 'node:path';
import { promisify, stripVTControlCharacters } from 'node:util';
import { expect, it } from 'vitest';
import { chromiumOptions } from '../browser/chromium.ts';
import { installTool } from '../tools/install-tool.ts';
import { readDocument } from './document-content.ts';
import { copyPackages, type InstalledPackage, linkPackage, readerEnvironment } from './installed-package.ts';

const run = promisify(execFile);
const modules = resolve(import.meta.dirname, '../../node_modules');

/** The examples by their files: the first line of each names it. */
const EXAMPLES = new Map(
  [...readDocument('docs/testing.md').matchAll(/```jsx?\n\/\/ (\S+)\n([\s\S]*?)```/g)].map(
    ([, name = '', code = '']) => [name, code],
  ),
);

/** Libraries that the examples import. */
const LIBRARIES = [
  ['express', '5.3.0'],
  ['express-openid-connect', '3.4.0'],
  ['express-oauth2-jwt-bearer', '1.10.0'],
] as const;
const REACT = { '@auth0/auth0-react': '2.27.0', next: '16.4.6', react: '19.3.1', 'react-dom': '19.3.1' };

/** Describes the run of the examples, with the packages that their reader has. */
export function itRunsTestingExamples(installed: () => InstalledPackage): void {
  const start = async (...args: string[]) => {
    const cwd = join(installed().folder, 'examples');
    return run(process.execPath, args, { cwd, env: readerEnvironment(installed()) }).catch((error) => {
      throw new Error(`${args.join(' ')}\n${error.stdout}${error.stderr}`);
    });
  };

  it('the examples of docs/testing.md run in Vitest', async () => {
    const { folder } = installed();
    for (const [name, code] of EXAMPLES) {
      mkdirSync(dirname(join(folder, 'examples', name)), { recursive: true });
      writeFileSync(join(folder, 'examples', name), code);
    }
    for (const [name, version] of LIBRARIES) {
      linkPackage(join(await installTool(name, version), 'node_modules', name), folder, name);
    }
    // Next.js follows no link out of the project.
    copyPackages(await installTool('@auth0/nextjs-auth0', '4.30.0', REACT), folder);
    linkPackage(join(modules, 'vitest'), folder, 'vitest');
    linkPackage(join(modules, '@playwright', 'test'), folder, '@playwright/test');
    const vitest = join(modules, 'vitest', 'vitest.mjs');
    const { stdout } = await start(
      vitest,
      'run',
      '--exclude',
      'e2e/**',
      '--exclude',
      'jest/**',
      '--testTimeout',
      '240000',
      '--maxWorkers',
      '2',
    );
    const names = [...EXAMPLES.keys()].filter((name) => name.endsWith('.test.mjs'));
    expect(names).toHaveLength(10);
    for (const name of names) expect(stripVTControlCharacters(stdout)).toContain(`✓ ${name}`);
  });

  it('the example of docs/testing.md for Node’s own runner runs in it', async () => {
    const { stdout } = await start('--test', 'node-runner.mjs');
    expect(stdout).toMatch(/pass 1\n.*fail 0/);
  });

  it.each(['29.7.0', '30.5.2'])('the example of docs/testing.md for Jest runs in Jest %s', async (version) => {
    const jest = await installTool('jest', version);
    writeFileSync(join(installed().folder, 'examples', 'package.json'), '{}');
    const { stderr } = await start(join(jest, 'node_modules', 'jest', 'bin', 'jest.js'), 'jest/');
    expect(stderr).toMatch(/PASS jest\/sign-in\.test\.js[\s\S]*2 passed, 2 total/);
  });

  it('the examples of docs/testing.md for Playwright run in it', async () => {
    const use = { launchOptions: await chromiumOptions() };
    const file = join(installed().folder, 'examples', 'playwright.config.mjs');
    writeFileSync(
      file,
      `export default ${JSON.stringify({ testDir: 'e2e', reporter: 'list', timeout: 240_000, use })};`,
    );
    const { stdout } = await start(join(modules, '@playwright', 'test', 'cli.js'), 'test');
    expect(stdout).toContain('2 passed');
  });
}

// Runs the examples of `portcullis init --testing` as their reader does, with the packed package.
import { execFile } from 'node:child_process';
import { mkdirSync, writeFileSync } from 'node:fs';
import { join, resolve } from 'node:path';
import { promisify, stripVTControlCharacters } from 'node:util';
import { expect, it } from 'vitest';
import type { TestRunner } from '../../src/cli/init/testing-files.ts';
import { chromiumOptions } from '../browser/chromium.ts';
import { installTool } from '../tools/install-tool.ts';
import { type InstalledPackage, linkPackage, readerEnvironment } from './installed-package.ts';

const run = promisify(execFile);
const modules = resolve(import.meta.dirname, '../../node_modules');
const jestVersion = '30.5.2';

/** A package that the reader's project has, and what its run prints. */
const RUNS: Readonly<Record<TestRunner, { readonly devDependencies: object; readonly printed: RegExp }>> = {
  vitest: { devDependencies: { vitest: '5.1.1' }, printed: /✓ test\/sign-in\.test\.mjs.*[\s\S]*Tests {2}2 passed/ },
  jest: { devDependencies: { jest: jestVersion }, printed: /PASS test\/sign-in\.test\.js[\s\S]*2 passed, 2 total/ },
  playwright: { devDependencies: { '@playwright/test': '1.65.1' }, printed: /1 passed/ },
  node: { devDependencies: {}, printed: /pass 2\n.*fail 0/ },
};

/** Describes the run of the example for each runner. */
export function itRunsInitExamples(installed: () => InstalledPackage): void {
  it.each(Object.entries(RUNS))(
    'the example of init --testing runs in %s',
    async (runner, { devDependencies, printed }) => {
      const { folder: root } = installed();
      const folder = join(root, `init-${runner}`);
      mkdirSync(folder);
      writeFileSync(join(folder, 'package.json'), JSON.stringify({ private: true, devDependencies }));
      linkPackage(join(modules, 'vitest'), root, 'vitest', { vitest: 'vitest.mjs' });
      linkPackage(join(modules, '@playwright', 'test'), root, '@playwright/test', { playwright: 'cli.js' });
      const jest = join(await installTool('jest', jestVersion), 'node_modules', 'jest');
      linkPackage(jest, root, 'jest', { jest: 'bin/jest.js' });
      if (runner === 'playwright') {
        const use = { launchOptions: await chromiumOptions() };
        const config = `export default ${JSON.stringify({ reporter: 'list', timeout: 240_000, use })};`;
        writeFileSync(join(folder, 'playwright.config.mjs'), config);
      }
      const env = readerEnvironment(installed());
      const type = (...line: readonly string[]) =>
        run(line[0] ?? '', line.slice(1), { cwd: folder, env }).catch((error) => {
          throw new Error(`${line.join(' ')}\n${error.stdout}${error.stderr}`);
        });
      await type('npx', 'portcullis', 'init', '--testing');
      const { stdout, stderr } = await type('npm', 'test');
      expect(stripVTControlCharacters(stdout + stderr)).toMatch(printed);
    },
  );
}

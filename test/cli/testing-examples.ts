// Runs the examples of docs/testing.md as they stand, with the packed package.
import { execFile } from 'node:child_process';
import { existsSync, mkdirSync, symlinkSync, writeFileSync } from 'node:fs';
import { dirname, join, resolve } from 'node:path';
import { promisify, stripVTControlCharacters } from 'node:util';
import { expect, it } from 'vitest';
import { chromiumOptions } from '../browser/chromium.ts';
import { installTool } from '../tools/install-tool.ts';
import { readDocument } from './document-content.ts';
import type { InstalledPackage } from './installed-package.ts';

const run = promisify(execFile);
const modules = resolve(import.meta.dirname, '../../node_modules');

/** The examples by their files: the first line of each names it. */
const EXAMPLES = new Map(
  [...readDocument('docs/testing.md').matchAll(/```js\n\/\/ (\S+)\n([\s\S]*?)```/g)].map(([, name = '', code = '']) => [
    name,
    code,
  ]),
);

/** Describes the run of the examples, with the packages that their reader has. */
export function itRunsTestingExamples(installed: () => InstalledPackage): void {
  const start = async (...args: string[]) => {
    const { folder, env } = installed();
    // These processes are no part of the run that starts them.
    const { VITEST: _v, VITEST_WORKER_ID: _w, VITEST_POOL_ID: _p, NODE_TEST_CONTEXT: _c, ...own } = env;
    const cwd = join(folder, 'examples');
    return run(process.execPath, args, { cwd, env: { ...own, FORCE_COLOR: '0', CI: '1' } }).catch((error) => {
      throw new Error(`${args.join(' ')}\n${error.stdout}${error.stderr}`);
    });
  };

  it('the examples of docs/testing.md run in Vitest', async () => {
    const { folder } = installed();
    for (const [name, code] of EXAMPLES) {
      mkdirSync(dirname(join(folder, 'examples', name)), { recursive: true });
      writeFileSync(join(folder, 'examples', name), code);
    }
    const express = await installTool('express', '5.3.0');
    const openid = await installTool('express-openid-connect', '3.4.0');
    link(join(modules, 'vitest'), folder, 'vitest');
    link(join(modules, '@playwright', 'test'), folder, '@playwright/test');
    link(join(express, 'node_modules', 'express'), folder, 'express');
    link(join(openid, 'node_modules', 'express-openid-connect'), folder, 'express-openid-connect');
    const vitest = join(modules, 'vitest', 'vitest.mjs');
    const { stdout } = await start(
      vitest,
      'run',
      '--exclude',
      'e2e/**',
      '--testTimeout',
      '240000',
      '--maxWorkers',
      '2',
    );
    const names = [...EXAMPLES.keys()].filter((name) => name.endsWith('.test.mjs'));
    expect(names).toHaveLength(8);
    for (const name of names) expect(stripVTControlCharacters(stdout)).toContain(`✓ ${name}`);
  });

  it('the example of docs/testing.md for Node’s own runner runs in it', async () => {
    const { stdout } = await start('--test', 'node-runner.mjs');
    expect(stdout).toMatch(/pass 1\n.*fail 0/);
  });

  it('the example of docs/testing.md for Playwright runs in it', async () => {
    const use = { launchOptions: await chromiumOptions() };
    const file = join(installed().folder, 'examples', 'playwright.config.mjs');
    writeFileSync(
      file,
      `export default ${JSON.stringify({ testDir: 'e2e', reporter: 'list', timeout: 240_000, use })};`,
    );
    const { stdout } = await start(join(modules, '@playwright', 'test', 'cli.js'), 'test');
    expect(stdout).toContain('1 passed');
  });
}

function link(target: string, folder: string, name: string): void {
  const path = join(folder, 'node_modules', name);
  mkdirSync(dirname(path), { recursive: true });
  if (!existsSync(path)) symlinkSync(target, path);
}

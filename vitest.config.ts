import { defineConfig } from 'vitest/config';
import { cacheFolder } from './src/tenant/store/data-folder.ts';

/** Long runs, and the versions of other tools: `npm run test:long` alone runs them. CONTRIBUTING.md lists them with why. */
const long = ['test/**/*.long.test.ts'];

/**
 * Files that leave something behind in their process, or look at what is there: each gets a process of its own. All other files share
 * the modules that they load, and the browser, since a process starts once for many of them.
 */
const ownProcess = ['test/{architecture,cli,deployment,reliability,tools}/**/*.test.ts'];

/** Long enough for the slowest machine: these limits end a test that hangs. No test shows with them that something is fast. */
const HANGS = 240_000;

export default defineConfig({
  test: {
    globalSetup: ['./test/fetch-runtimes.ts', './test/make-tenant-keys.ts'],
    setupFiles: './test/keep-compiled-code.ts',
    testTimeout: HANGS,
    hookTimeout: HANGS,
    expect: { poll: { timeout: HANGS } },
    maxWorkers: 2,
    pool: 'forks',
    // Compiled code is kept between runs, for the processes that tests start as well: half of the time that importing takes.
    env: { NODE_COMPILE_CACHE: process.env.NODE_COMPILE_CACHE ?? cacheFolder('compiled-code') },
    // A variable of the environment that a test sets is gone with it.
    unstubEnvs: true,
    // Tests load the source as users do, with Node's own module loader.
    experimental: { viteModuleRunner: false },
    projects: [
      { extends: true, test: { name: 'own-process', include: ownProcess, exclude: long } },
      {
        extends: true,
        test: { name: 'shared', include: ['test/**/*.test.ts'], exclude: [...long, ...ownProcess], isolate: false },
      },
      { extends: true, test: { name: 'long', include: long } },
    ],
  },
});

import { defineConfig } from 'vitest/config';
import { cacheFolder } from './src/tenant/store/data-folder.ts';
import { LongestFirst } from './test/longest-first.ts';

/** Long runs, and the versions of other tools: only `npm run test:long` runs them. CONTRIBUTING.md lists them with the reasons. */
const long = ['test/**/*.long.test.ts'];

/** Long enough for the slowest machine: these limits end a test that hangs. No test uses them to show that something is fast. */
const HANGS = 240_000;

export default defineConfig({
  test: {
    globalSetup: ['./test/fetch-runtimes.ts', './test/make-tenant-keys.ts'],
    setupFiles: './test/keep-compiled-code.ts',
    testTimeout: HANGS,
    hookTimeout: HANGS,
    expect: { poll: { timeout: HANGS } },
    // More than cores: a test that waits for another process or a browser leaves its core to the next one.
    maxWorkers: 3,
    pool: 'forks',
    sequence: { sequencer: LongestFirst },
    // Compiled code is kept between runs, also for the processes that tests start: it halves the time of imports.
    env: { NODE_COMPILE_CACHE: process.env.NODE_COMPILE_CACHE ?? cacheFolder('compiled-code') },
    // Restores environment variables that a test sets.
    unstubEnvs: true,
    // Tests load the source like users do, with Node's own module loader.
    experimental: { viteModuleRunner: false },
    projects: [
      // One process runs many files, which share the modules that they load and the browser. So a test leaves its process as it was.
      { extends: true, test: { name: 'shared', include: ['test/**/*.test.ts'], exclude: long, isolate: false } },
      { extends: true, test: { name: 'long', include: long } },
    ],
  },
});

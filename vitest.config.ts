import { defineConfig } from 'vitest/config';

const long = 'test/**/*.long.test.ts';

export default defineConfig({
  test: {
    globalSetup: './test/fetch-runtimes.ts',
    testTimeout: 30_000,
    hookTimeout: 60_000,
    maxWorkers: 2,
    pool: 'forks',
    // Tests load the source as users do, with Node's own module loader.
    experimental: { viteModuleRunner: false },
    projects: [
      { extends: true, test: { name: 'main', include: ['test/**/*.test.ts'], exclude: [long] } },
      // The versions of other tools, and long random runs: CONTRIBUTING.md lists them.
      { extends: true, test: { name: 'long', include: [long] } },
    ],
  },
});

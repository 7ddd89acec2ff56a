import { defineConfig } from 'vitest/config';

/** Long runs, and the versions of other tools: `npm run test:long` alone runs them. CONTRIBUTING.md lists them with why. */
const long = ['test/**/*.long.test.ts'];

/**
 * Files that leave something behind in their process, or look at what is there: each gets a process of its own. The files of all other
 * folders share the modules that they load, and a process starts once for many of them.
 */
const ownProcess = [
  'test/{architecture,browser,cli,console,deployment,reliability,tools}/**/*.test.ts',
  // The pool counts the processes that there are.
  'test/actions/*.test.ts',
];

export default defineConfig({
  test: {
    globalSetup: './test/fetch-runtimes.ts',
    testTimeout: 30_000,
    hookTimeout: 60_000,
    maxWorkers: 2,
    pool: 'forks',
    // A variable of the environment that a test sets is gone with it.
    unstubEnvs: true,
    // Tests load the source as users do, with Node's own module loader.
    experimental: { viteModuleRunner: false },
    projects: [
      { extends: true, test: { name: 'main', include: ownProcess, exclude: long } },
      {
        extends: true,
        test: { name: 'shared', include: ['test/**/*.test.ts'], exclude: [...long, ...ownProcess], isolate: false },
      },
      { extends: true, test: { name: 'long', include: long } },
    ],
  },
});

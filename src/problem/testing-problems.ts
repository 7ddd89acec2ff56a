import type { ProblemEntries } from './problem-entry.ts';

/** Problems of a tenant inside a test, and of its seed. */
export const TESTING_PROBLEMS = {
  testing_option_unknown: {
    meaning: 'A test starts a tenant with an option that does not exist.',
    remedy: 'Correct the name: docs/testing.md has all options.',
  },
  seed_unreadable: {
    meaning: 'A seed, or a file that it names, cannot be read or parsed.',
    remedy: 'Name a file or folder that Auth0’s deploy CLI has exported: --seed FILE',
  },
  seed_invalid: {
    meaning: 'A seed has a name that does not exist, or a value of another form.',
    remedy: 'Correct the seed. Its names are those of Auth0’s deploy CLI, and users: docs/testing.md',
  },
  seed_keyword_missing: {
    meaning: 'A seed has a keyword, ##NAME## or @@NAME@@, without a value.',
    remedy: 'Give each a value: AUTH0_KEYWORD_REPLACE_MAPPINGS=\'{"NAME":"value"}\'',
  },
  seed_reference_missing: {
    meaning: 'A seed names a resource that does not exist.',
    remedy: 'Add the resource to the seed, or correct the name.',
  },
  seed_refused: {
    meaning: 'The tenant refused a resource of a seed.',
    remedy: 'Correct it in the seed.',
  },
  application_unknown: {
    meaning: 'A test names an application that the tenant does not have.',
    remedy: 'Seed it: clients: [{ name, callbacks: [URL] }]',
  },
  sign_in_impossible: {
    meaning: 'A login asks for what the test did not say.',
    remedy: 'Add it to signIn({ … }): docs/testing.md has all its options.',
  },
  sign_in_interrupted: {
    meaning: 'A tenant went back to a snapshot while a user signed in: two tests use it at the same time.',
    remedy: 'Give each test that runs at the same time a tenant of its own, or await the login before restore.',
  },
  sign_in_denied: {
    meaning: 'A test reads a token of a login that was refused.',
    remedy: 'Look at `denied` first, or at `tenant.logs(login)` and `tenant.executions(login)`.',
  },
  refresh_refused: {
    meaning: 'The tenant refused a refresh token, or the login has none.',
    remedy: 'Look at `tenant.logs(login)`: it has the reason.',
  },
  fault_invalid: {
    meaning: 'A fault has no method and path, or does nothing.',
    remedy: "Name a method and a path: tenant.fail('POST /oauth/token', { status: 503 })",
  },
  clock_invalid: {
    meaning: 'The clock is moved by or to what is no time.',
    remedy: 'Name lengths or a time: advance({ days: 31 }), set("2027-01-01T00:00:00Z")',
  },
  snapshot_unsupported: {
    meaning: 'This Node.js cannot copy a database in memory.',
    remedy: 'Use Node.js 24.16 or newer: npm install --save-dev node@24',
  },
  snapshot_on_disk: {
    meaning: 'A tenant whose data is on the disk cannot go back to a snapshot.',
    remedy: 'Start it without --data.',
  },
  snapshot_unusable: {
    meaning: 'The file of a snapshot cannot be read or written.',
    remedy: 'Name another file: portcullis tenant --snapshot FILE',
  },
  snapshot_foreign: {
    meaning: 'A snapshot is of another tenant.',
    remedy: 'Restore it on the tenant that made it.',
  },
} as const satisfies ProblemEntries;

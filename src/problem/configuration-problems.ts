import type { ProblemEntries } from './problem-entry.ts';

const CORRECT = 'Correct the file, save it, and run the command again.';

/** Problems of `portcullis.config.ts` and of the variables `AUTH0_*`. */
export const CONFIGURATION_PROBLEMS = {
  file_missing: {
    meaning: 'There is no configuration.',
    remedy:
      'Write one: portcullis init. Or start from the example: cp node_modules/portcullis/portcullis.config.ts . Or say where yours is: --config FOLDER/portcullis.config.ts',
  },
  file_unreadable: {
    meaning: 'The configuration cannot be read, or its name has another ending than a configuration has.',
    remedy: 'Name a file that can be read, and ends in .ts, .mts, .cts, .js, .mjs or .cjs: --config FILE',
  },
  file_syntax: { meaning: 'The configuration is not valid TypeScript or JavaScript.', remedy: CORRECT },
  file_import: {
    meaning: 'The configuration imports a file, a package or a name that does not exist.',
    remedy: CORRECT,
  },
  file_threw: { meaning: 'The configuration stopped with an error of its own.', remedy: CORRECT },
  file_never_finished: {
    meaning: 'The configuration did not finish in time.',
    remedy: 'Look for an await that waits for ever.',
  },
  file_without_default_export: {
    meaning: 'The configuration has no default export.',
    remedy: 'Write: export default definePolicy({ … });',
  },
  policy_invalid: { meaning: 'The policy has mistakes; the message lists each.', remedy: CORRECT },
  policy_file_unusual: {
    meaning: 'The console cannot change a rule in the policy file, since the file writes it in another way.',
    remedy: 'Edit the file by hand.',
  },
  policy_file_changed: {
    meaning: 'The policy file has changed since the console showed the differences.',
    remedy: 'Look at the differences again.',
  },
  policy_tests_failed: {
    meaning: 'A test in the policy fails; the message names the rule that decided. Nothing has been done.',
    remedy: 'See every test: portcullis test. Correct the policy or the test.',
  },
  configuration_invalid: { meaning: 'The configuration has mistakes; the message lists each.', remedy: CORRECT },
  domain_mismatch: {
    meaning: 'The configuration is for one tenant, and `AUTH0_DOMAIN` names another.',
    remedy: 'Correct the one that is wrong; nothing has been done.',
  },
  environment_incomplete: {
    meaning: 'Variables that say how to reach the tenant are missing.',
    remedy:
      'Set the variables, or write them into a file .env in this folder, one NAME=value on each line; keep it out of Git.',
  },
  environment_invalid: {
    meaning: 'A variable that says how to reach the tenant has an impossible value, or `.env` cannot be read.',
    remedy: 'Correct the variable, in the shell or in the file .env in this folder.',
  },
  certificates_unreadable: {
    meaning: '`NODE_EXTRA_CA_CERTS` in `.env` names a file that holds no certificates.',
    remedy: 'A tenant in memory takes its certificates with it when it stops: copy the lines that it prints again.',
  },
} as const satisfies ProblemEntries;

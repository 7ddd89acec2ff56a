import type { Configuration } from '../../configuration/load-configuration.ts';
import { runPolicyTest } from '../../policy/policy-test.ts';
import { Problem } from '../../problem/problem.ts';
import { describeExpectation, describeOutcome } from './describe-test.ts';

/**
 * Refuses a configuration if a test in its policy fails.
 *
 * @returns the number of tests
 * @throws {Problem} `policy_tests_failed`
 * @example assertTestsHold(await loadConfiguration())
 */
export function assertTestsHold({ policy, tests, file }: Pick<Configuration, 'policy' | 'tests' | 'file'>): number {
  // By its place, since a problem names no visitor.
  const lines = tests.flatMap((test, index) => {
    const result = runPolicyTest(policy, test);
    const { expect } = test;
    return result.holds
      ? []
      : `  tests[${index}]: expected ${describeExpectation(expect)}, but ${describeOutcome(result)}`;
  });
  if (lines.length === 0) return tests.length;
  const message = [`The policy does not do what ${lines.length} of its ${tests.length} tests expect:`, ...lines].join(
    '\n',
  );
  throw new Problem('policy_tests_failed', message, undefined, { file });
}

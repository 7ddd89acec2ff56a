import { basename } from 'node:path';
import type { PolicyTestResult } from '../../policy/policy-test.ts';
import { junitReport } from '../junit-report.ts';
import { describeExpectation, describeOutcome, describeVisitor } from './describe-test.ts';

/**
 * Returns the policy's tests in the format that build servers read.
 *
 * @param seconds the time that all tests took together
 * @example testReport('portcullis.config.ts', results, 0.001)
 */
export function testReport(file: string, results: readonly PolicyTestResult[], seconds: number): string {
  const cases = results.map((result, index) => ({
    name: `tests[${index}]: ${describeVisitor(result.test.who)}`,
    seconds: seconds / results.length,
    status: result.holds ? ('pass' as const) : ('fail' as const),
    message: `expected ${describeExpectation(result.test.expect)}`,
    details: describeOutcome(result),
  }));
  return junitReport('portcullis.test', `portcullis test ${basename(file)}`, cases);
}

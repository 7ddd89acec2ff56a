import type { CheckResult } from '../../deployment/verify/verify-deployment.ts';
import { junitReport } from '../junit-report.ts';

/**
 * Returns the checks of a tenant in the format that build servers read. Doubtful checks count as passed, with the reason in
 * their output.
 *
 * @example verifyReport('example.eu.auth0.com', results)
 */
export function verifyReport(domain: string, results: readonly CheckResult[]): string {
  const cases = results.map((result) => {
    const { id, title, status, milliseconds } = result;
    return {
      name: `${id}: ${title}`,
      seconds: milliseconds / 1000,
      status: status === 'warn' ? ('pass' as const) : status,
      message: title,
      details: detailsOf(result),
    };
  });
  return junitReport('portcullis.verify', `portcullis verify ${domain}`, cases);
}

function detailsOf({ findings }: CheckResult): string {
  return findings
    .map(({ status, looked, remedy }) => `${status}: ${looked}${remedy === undefined ? '' : ` -> ${remedy}`}`)
    .join('\n');
}

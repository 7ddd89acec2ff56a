import { Problem } from '../../problem/problem.ts';
import { type Check, type Finding, fail } from './check.ts';
import { actionChecks } from './checks/action-checks.ts';
import { applicationChecks } from './checks/application-checks.ts';
import { connectionChecks } from './checks/connection-checks.ts';
import { flowChecks } from './checks/flow-checks.ts';
import { machineChecks } from './checks/machine-checks.ts';
import { publicPageChecks } from './checks/public-page-checks.ts';
import { roleChecks } from './checks/role-checks.ts';
import { tenantChecks } from './checks/tenant-checks.ts';
import type { VerifyFacts } from './verify-facts.ts';

/** All checks, in this order. */
export const checks: readonly Check[] = [
  ...tenantChecks,
  ...actionChecks,
  ...flowChecks,
  ...machineChecks,
  ...roleChecks,
  ...applicationChecks,
  ...connectionChecks,
  ...publicPageChecks,
];

/** The beginning of a finding of a check that depends on something missing. */
export const NOT_LOOKED_AT = 'not looked at';

/** The result of a check. */
export interface CheckResult {
  readonly id: string;
  readonly title: string;
  readonly status: Finding['status'] | 'skip';
  readonly findings: readonly Finding[];
  readonly milliseconds: number;
}

/**
 * Runs the checks one after another. A check that cannot run counts as failed, and the others continue.
 *
 * @param skip IDs of checks to leave out
 * @param explain explains an error in a check
 * @example
 * for await (const result of verifyDeployment(facts, { skip: [], explain: String })) console.log(result.id, result.status);
 */
export async function* verifyDeployment(
  facts: VerifyFacts,
  options: {
    readonly skip: readonly string[];
    readonly explain: (error: unknown) => { readonly message: string; readonly remedy: string };
    readonly signal?: AbortSignal;
  },
): AsyncGenerator<CheckResult> {
  for (const check of checks) {
    options.signal?.throwIfAborted();
    const { id, title } = check;
    if (options.skip.includes(id)) {
      yield { id, title, status: 'skip', findings: [], milliseconds: 0 };
      continue;
    }
    const begun = performance.now();
    const findings = await findingsOf(check, facts, options.explain);
    yield { id, title, status: worst(findings), findings, milliseconds: Math.round(performance.now() - begun) };
  }
}

async function findingsOf(
  check: Check,
  facts: VerifyFacts,
  explain: (error: unknown) => { readonly message: string; readonly remedy: string },
): Promise<readonly Finding[]> {
  try {
    const found = await check.run(facts);
    return 'status' in found ? [found] : found;
  } catch (error) {
    // Another check reports why it is missing.
    if (error instanceof Problem && error.code === 'check_impossible')
      return [fail(`${NOT_LOOKED_AT}: ${error.message}`, error.remedy)];
    const { message, remedy } = explain(error);
    return [{ status: 'fail', looked: `it could not be checked: ${message}`, remedy }];
  }
}

function worst(findings: readonly Finding[]): Finding['status'] {
  if (findings.some(({ status }) => status === 'fail')) return 'fail';
  return findings.some(({ status }) => status === 'warn') ? 'warn' : 'pass';
}

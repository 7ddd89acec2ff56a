import type { Policy } from '../../policy/policy.ts';
import { Problem } from '../../problem/problem.ts';

/**
 * Returns the parts of a policy that the database cannot decide, by name: it decides by the short fields alone.
 *
 * @example undecidableRules(policy) // ['refuse "left the company"', 'otherwise']
 */
export function undecidableRules({ refuse = [], admit = [], otherwise, unverifiedEmail }: Policy): string[] {
  return [
    ...refuse.map(({ rule }) => `refuse ${JSON.stringify(rule)}`),
    ...admit.map(({ rule }) => `admit ${JSON.stringify(rule)}`),
    ...(otherwise === undefined ? [] : ['otherwise']),
    ...(unverifiedEmail === 'rules' ? ['unverifiedEmail'] : []),
  ];
}

/**
 * Refuses a policy that the database cannot decide.
 *
 * @throws {Problem} `apex_rules_undecidable`
 */
export function assertDecidable(policy: Policy): void {
  const names = undecidableRules(policy);
  if (names.length === 0) return;
  throw new Problem(
    'apex_rules_undecidable',
    `The database cannot decide these parts of the policy: ${names.join(', ')}.`,
  );
}

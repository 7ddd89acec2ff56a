import { parsePolicy as parseWithTests } from '../../src/configuration/parse-policy.ts';
import type { Policy } from '../../src/policy/policy.ts';

/** Parses a policy, and returns it without its tests. */
export function parsePolicy(...input: Parameters<typeof parseWithTests>): Policy {
  return parseWithTests(...input).policy;
}

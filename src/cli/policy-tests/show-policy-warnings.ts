import type { Policy } from '../../policy/policy.ts';
import { policyWarnings } from '../../policy/policy-warnings.ts';
import { type Colours, coloursFor } from '../colours.ts';
import { printable } from '../printable.ts';
import type { Terminal } from '../terminal.ts';

/** A line for each warning. */
export function warningLines(warnings: readonly string[], colours: Colours): string[] {
  return warnings.map((warning) => `  ${colours.yellow('!')} ${printable(warning)}`);
}

/**
 * Prints what is probably a mistake in a policy that is used nevertheless, such as a rule that never fits, on standard error.
 *
 * @example showPolicyWarnings(configuration.policy, terminal)
 */
export function showPolicyWarnings(policy: Policy, terminal: Terminal): void {
  const lines = warningLines(policyWarnings(policy, Date.now()), coloursFor(terminal, terminal.stderr));
  if (lines.length > 0) terminal.stderr.write(`${lines.join('\n')}\n`);
}

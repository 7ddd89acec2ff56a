import type { Policy } from '../../policy/policy.ts';
import { policyWarnings } from '../../policy/policy-warnings.ts';
import { type Colours, coloursFor } from '../colours.ts';
import { printable } from '../printable.ts';
import { type Terminal, widthOf } from '../terminal.ts';
import { wrap } from '../wrap.ts';

/** Each warning, in lines that fit the terminal. Without a terminal each is one line. */
export function warningLines(
  warnings: readonly string[],
  colours: Colours,
  columns = Number.POSITIVE_INFINITY,
): string[] {
  return warnings.flatMap((warning) => {
    const [first = '', ...more] = wrap(`    ${printable(warning)}`, columns, 4);
    return [`  ${colours.yellow('!')} ${first.trimStart()}`, ...more];
  });
}

/**
 * Prints what is probably a mistake in a policy that is used nevertheless, such as a rule that never fits, on standard error.
 *
 * @example showPolicyWarnings(configuration.policy, terminal)
 */
export function showPolicyWarnings(policy: Policy, terminal: Terminal): void {
  showWarnings(policyWarnings(policy, Date.now()), terminal);
}

/** Prints warnings on standard error. */
export function showWarnings(warnings: readonly string[], terminal: Terminal): void {
  const { stderr } = terminal;
  const lines = warningLines(warnings, coloursFor(terminal, stderr), widthOf(stderr));
  if (lines.length > 0) stderr.write(`${lines.join('\n')}\n`);
}

import { formatMistake, type Mistake } from '../problem/mistake.ts';
import { Problem } from '../problem/problem.ts';

/**
 * Makes the problem for an input with mistakes: its message lists each on a line of its own.
 *
 * @param subject the input: a file, or `The policy`
 * @example throw mistakesProblem('policy_invalid', 'The policy', mistakes, undefined);
 */
export function mistakesProblem(
  code: 'policy_invalid' | 'configuration_invalid',
  subject: string,
  mistakes: readonly Mistake[],
  file: string | undefined,
): Problem {
  const count = mistakes.length === 1 ? 'one mistake' : `${mistakes.length} mistakes`;
  const lines = mistakes.map((mistake) => `  ${formatMistake(mistake)}`);
  return new Problem(code, [`${subject} has ${count}:`, ...lines].join('\n'), undefined, { file, mistakes });
}

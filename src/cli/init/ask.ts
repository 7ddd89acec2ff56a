import { isCancel, multiselect, text } from '@clack/prompts';
import { Problem } from '../../problem/problem.ts';
import type { Terminal } from '../terminal.ts';

export interface Question {
  readonly message: string;
  /** What Enter alone means. */
  readonly usual?: string | undefined;
  /** What is wrong with an answer. */
  readonly check?: ((answer: string) => string | undefined) | undefined;
}

/**
 * Asks for a text.
 *
 * @throws {Problem} `cancelled`
 */
export async function askText({ message, usual, check }: Question, { stdin, stdout }: Terminal): Promise<string> {
  const answer = await text({
    message,
    input: stdin,
    output: stdout,
    ...(usual !== undefined && { initialValue: usual }),
    validate: (given) => check?.((given ?? '').trim()),
  });
  if (isCancel(answer)) throw new Problem('cancelled', 'Nothing has been done.');
  return answer.trim();
}

/**
 * Lets choose among several.
 *
 * @throws {Problem} `cancelled`
 */
export async function askSeveral(
  message: string,
  options: readonly string[],
  { stdin, stdout }: Terminal,
): Promise<string[]> {
  const chosen = await multiselect({
    message,
    input: stdin,
    output: stdout,
    options: options.map((value) => ({ value })),
    required: true,
  });
  if (isCancel(chosen)) throw new Problem('cancelled', 'Nothing has been done.');
  return chosen;
}

import { isCancel, multiselect, text } from '@clack/prompts';
import { Problem } from '../../problem/problem.ts';
import type { Terminal } from '../terminal.ts';

export interface Question {
  readonly message: string;
  /** The default answer, for Enter alone. */
  readonly defaultAnswer?: string | undefined;
  /** Returns what is wrong with an answer. */
  readonly check?: ((answer: string) => string | undefined) | undefined;
}

/**
 * Asks for text.
 *
 * @throws {Problem} `cancelled`
 */
export async function askText(
  { message, defaultAnswer, check }: Question,
  { stdin, stdout }: Terminal,
): Promise<string> {
  const answer = await text({
    message,
    input: stdin,
    output: stdout,
    ...(defaultAnswer !== undefined && { initialValue: defaultAnswer }),
    validate: (input) => check?.((input ?? '').trim()),
  });
  if (isCancel(answer)) throw new Problem('cancelled', 'Nothing has been done.');
  return answer.trim();
}

/**
 * Asks for a choice of one or more options.
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

import { createInterface } from 'node:readline/promises';
import { Problem } from '../../problem/problem.ts';
import type { Terminal } from '../terminal.ts';

/**
 * Asks a person. Anything but `yes` is a no.
 *
 * @throws {Problem} `confirmation_needed` where nobody can answer
 * @throws {Problem} `cancelled` at Ctrl-C and Ctrl-D
 */
export async function confirm(question: string, terminal: Terminal): Promise<boolean> {
  if (!terminal.stdin.isTTY || !terminal.stdout.isTTY) {
    throw new Problem(
      'confirmation_needed',
      'There is nobody to ask, since this is not a terminal. Nothing has been done.',
    );
  }
  const lines = createInterface({ input: terminal.stdin, output: terminal.stdout });
  // Ctrl-C and Ctrl-D both close it; a question that is closed never answers by itself.
  const { promise: closed, reject } = Promise.withResolvers<never>();
  lines.once('close', () => reject(new Problem('cancelled', 'Nothing has been done.')));
  lines.once('SIGINT', () => lines.close());
  try {
    const answer = await Promise.race([lines.question(`  ${question} Type yes to go on: `), closed]);
    return answer.trim().toLowerCase() === 'yes';
  } finally {
    closed.catch(() => {});
    lines.close();
  }
}

import { createInterface } from 'node:readline/promises';
import { Problem } from '../../problem/problem.ts';
import type { Terminal } from '../terminal.ts';

/**
 * Asks the user. Any answer except `yes` counts as no.
 *
 * @throws {Problem} `confirmation_needed` if there is no terminal to ask on
 * @throws {Problem} `cancelled` at Ctrl-C and Ctrl-D
 */
export async function confirm(question: string, terminal: Terminal): Promise<boolean> {
  if (!terminal.stdin.isTTY || !terminal.stdout.isTTY) {
    throw new Problem(
      'confirmation_needed',
      'The question cannot be asked, since this is not a terminal. Nothing has been done.',
    );
  }
  const lines = createInterface({ input: terminal.stdin, output: terminal.stdout });
  // Ctrl-C and Ctrl-D both close the interface; the promise of a question that is closed never settles by itself.
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

import { createInterface } from 'node:readline/promises';
import { CliError } from '../cli-error.ts';

/**
 * Asks a person. Anything but `yes` is a no.
 *
 * @throws {CliError} `confirmation_needed` where nobody can answer
 */
export async function confirm(question: string): Promise<boolean> {
  if (!process.stdin.isTTY || !process.stdout.isTTY) {
    throw new CliError(
      'confirmation_needed',
      'There is nobody to ask, since this is not a terminal. Nothing has been done.',
      'Say so beforehand: --yes',
    );
  }
  const lines = createInterface({ input: process.stdin, output: process.stdout });
  try {
    return (await lines.question(`  ${question} Type yes to go on: `)).trim().toLowerCase() === 'yes';
  } finally {
    lines.close();
  }
}

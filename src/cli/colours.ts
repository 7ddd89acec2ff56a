import pc from 'picocolors';
import type { Terminal, TerminalOutput } from './terminal.ts';

/** Functions that mark text for a terminal. They return plain text if the output is not a terminal or `NO_COLOR` is set. */
export type Colours = ReturnType<typeof pc.createColors>;

/**
 * Returns the colours for an output. There are none unless the output is a terminal or `FORCE_COLOR` is set.
 *
 * @param output standard output unless given
 * @example
 * terminal.stdout.write(coloursFor(terminal).bold('The gate is up.'));
 */
export function coloursFor(
  {
    stdout,
    environment,
  }: { readonly stdout: Pick<TerminalOutput, 'isTTY'>; readonly environment: Terminal['environment'] },
  output: Pick<TerminalOutput, 'isTTY'> = stdout,
): Colours {
  const forced = environment.FORCE_COLOR !== undefined && environment.FORCE_COLOR !== '0';
  const refused = environment.NO_COLOR !== undefined && environment.NO_COLOR !== '';
  return pc.createColors(!refused && (forced || output.isTTY === true));
}

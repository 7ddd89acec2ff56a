import type { Command } from 'commander';
import { processTerminal } from '../../src/cli/process-terminal.ts';
import { portcullisProgram } from '../../src/cli/program.ts';

/** Returns every command with its options, to inspect and not to run. */
export function commandTree(): Command {
  return portcullisProgram(processTerminal(), () => () => Promise.reject(new Error('It is not to be run.')));
}

import type { Command } from 'commander';
import { processTerminal } from '../../src/cli/process-terminal.ts';
import { portcullisProgram } from '../../src/cli/program.ts';

/** Every command with its options, to be looked at and not to be run. */
export function commandTree(): Command {
  return portcullisProgram(processTerminal(), () => () => Promise.reject(new Error('It is not to be run.')));
}

import { Command } from 'commander';
import { usageError } from './usage-error.ts';

/** `portcullis help action run`: prints the help of a command, including nested ones. */
export function helpCommand(program: Command): Command {
  return new Command('help')
    .description('print the help of a command')
    .argument('[command...]')
    .action((names: readonly string[]) => {
      let found = program;
      for (const name of names) {
        const next = found.commands.find((command) => command.name() === name);
        if (next === undefined) throw usageError(`Unknown command '${name}'.`, found);
        found = next;
      }
      found.outputHelp();
    });
}

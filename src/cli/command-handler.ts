import type { Terminal } from './terminal.ts';

/** Runs a command: takes the typed arguments and the terminal, and returns the exit status: ours, or
 * that of a command that was run. */
export type CommandHandler<Typed extends readonly unknown[]> = (
  ...args: [...typed: Typed, terminal: Terminal]
) => Promise<number>;

/**
 * Makes commander's action from a command's handler. The handler is loaded only if its command was typed, so that help
 * and mistakes are answered at once.
 *
 * @example
 * command.action(run(async () => (await import('./deployment/run-plan.ts')).runPlan));
 */
export type RunHandler = <Typed extends readonly unknown[]>(
  load: () => Promise<CommandHandler<Typed>>,
) => (...typed: Typed) => Promise<void>;

import type { Command, CommanderError } from 'commander';
import { Problem } from '../problem/problem.ts';

/**
 * Reports a mistake in the arguments in the form of every other error. Help and the version, which `commander` throws like an
 * error, are thrown on unchanged.
 *
 * @param command the command that the arguments were for
 * @throws {Problem} `usage`
 * @throws {CommanderError} if help or the version was printed
 * @example
 * command.exitOverride((error) => throwUsage(error, command));
 */
export function throwUsage(error: CommanderError, command: Command): never {
  if (error.exitCode === 0 || error.code === 'commander.help') throw error;
  const [happened = '', hint] = error.message.replace(/^error: /, '').split('\n(Did you mean ');
  const suggestion = hint === undefined ? '' : ` Did you mean ${hint.replace(/\)$/, '')}`;
  throw usageError(`${happened.charAt(0).toUpperCase()}${happened.slice(1).replace(/\.$/, '')}.${suggestion}`, command);
}

/** @param message one sentence or two */
export function usageError(message: string, command: Command): Problem {
  return new Problem('usage', message, `See what it takes: ${nameOf(command)} --help`);
}

function nameOf(command: Command): string {
  return command.parent === null ? command.name() : `${nameOf(command.parent)} ${command.name()}`;
}

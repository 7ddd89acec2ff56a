import { InvalidArgumentError } from 'commander';
import { readVariable } from '../../configuration/environment.ts';
import type { Terminal } from '../terminal.ts';

/** A secret from the command line. */
export interface SecretOption {
  readonly name: string;
  readonly value: string;
}

/** An npm package from the command line. No version means the latest. */
export interface DependencyOption {
  readonly name: string;
  readonly version?: string;
}

/**
 * Parses `NAME=VALUE`, or `NAME` for the variable of that name of the environment or of `.env`. The latter keeps the value out of the shell's
 * history.
 *
 * @throws {InvalidArgumentError} if there is no name or no such variable; the message never quotes a value
 * @example collectSecret(terminal)('KEY=hunter2', []) // [{ name: 'KEY', value: 'hunter2' }]
 */
export function collectSecret(terminal: Terminal): (text: string, earlier: readonly SecretOption[]) => SecretOption[] {
  return (text, earlier) => [...earlier, secretOf(text, earlier, terminal)];
}

function secretOf(text: string, earlier: readonly SecretOption[], terminal: Terminal): SecretOption {
  const [name, value] = pairOf(text);
  if (name === '') throw new InvalidArgumentError('A secret is NAME=VALUE, or NAME alone.');
  if (earlier.some((secret) => secret.name === name)) throw new InvalidArgumentError(`"${name}" is given twice.`);
  const known = value ?? readVariable(name, { variables: terminal.environment, cwd: terminal.folder });
  if (known === undefined) {
    throw new InvalidArgumentError(
      `Neither the environment nor .env has a variable "${name}". Set it, or write NAME=VALUE.`,
    );
  }
  return { name, value: known };
}

/**
 * Parses `PACKAGE` or `PACKAGE@VERSION`. A scope keeps its own `@`.
 *
 * @throws {InvalidArgumentError} if there is no name
 * @example collectDependency('@scope/one@1.2.3', []) // [{ name: '@scope/one', version: '1.2.3' }]
 */
export function collectDependency(text: string, earlier: readonly DependencyOption[]): DependencyOption[] {
  const at = text.indexOf('@', 1);
  const name = at === -1 ? text : text.slice(0, at);
  const version = at === -1 ? undefined : text.slice(at + 1);
  if (name === '' || version === '') {
    throw new InvalidArgumentError('A dependency is PACKAGE or PACKAGE@VERSION, such as auth0@3.7.2.');
  }
  return [...earlier, { name, ...(version === undefined ? {} : { version }) }];
}

/**
 * Parses `NAME=VALUE`, a parameter of a request's query.
 *
 * @throws {InvalidArgumentError} if there is no value
 * @example collectQuery('session_token=abc', {}) // { session_token: 'abc' }
 */
export function collectQuery(text: string, earlier: Readonly<Record<string, string>>): Record<string, string> {
  const [name, value] = pairOf(text);
  if (name === '' || value === undefined) throw new InvalidArgumentError('A parameter is NAME=VALUE.');
  return { ...earlier, [name]: value };
}

/** A module from the command line: the name that follows `actions:`, and the file with its code. */
export interface ModuleOption {
  readonly name: string;
  readonly file: string;
}

/**
 * Parses `NAME=FILE`, a module that Actions share.
 *
 * @throws {InvalidArgumentError} if there is no file, or the name is given twice
 * @example collectModule('logger=logger.js', []) // [{ name: 'logger', file: 'logger.js' }]
 */
export function collectModule(text: string, earlier: readonly ModuleOption[]): ModuleOption[] {
  const [given, file] = pairOf(text);
  const name = given.replace(/^actions:/, '');
  if (name === '' || file === undefined || file === '') {
    throw new InvalidArgumentError('A module is NAME=FILE, such as logger=logger.js for actions:logger.');
  }
  if (earlier.some((one) => one.name === name)) throw new InvalidArgumentError(`"${name}" is given twice.`);
  return [...earlier, { name, file }];
}

function pairOf(text: string): [name: string, value: string | undefined] {
  const equals = text.indexOf('=');
  return equals === -1 ? [text.trim(), undefined] : [text.slice(0, equals).trim(), text.slice(equals + 1)];
}

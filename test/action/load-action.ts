import * as crypto from 'node:crypto';
import { compileFunction } from 'node:vm';
import type { PostLoginHandler } from '../../src/action/action-api.ts';
import type { Clock } from './virtual-clock.ts';

export interface LoadedAction {
  readonly onExecutePostLogin: PostLoginHandler;
  readonly onContinuePostLogin: PostLoginHandler;
}

/**
 * Loads an Action as Auth0 does: as a CommonJS module whose handlers have to be native async functions. `require`
 * finds only `crypto` of Node.js, and all output of the Action goes to `print`. The Action's time and requests are those of `clock`.
 */
export function loadAction(
  code: string,
  print: (line: string) => void,
  clock: Clock = globalThis as Clock,
): LoadedAction {
  const module = { exports: {} as Record<string, unknown> };
  const require = (name: string) => {
    if (name === 'crypto') return crypto;
    throw new Error(`Cannot find module '${name}'`);
  };
  const write = (...values: unknown[]) => print(values.map(String).join(' '));
  const console = { log: write, info: write, warn: write, error: write, debug: write };
  const { performance, setTimeout, clearTimeout, AbortSignal, fetch } = clock;
  const time = { performance, setTimeout, clearTimeout, AbortSignal, fetch };
  const scope = { exports: module.exports, require, module, console, ...time };
  compileFunction(code, Object.keys(scope))(...Object.values(scope));
  return {
    onExecutePostLogin: handler(module.exports, 'onExecutePostLogin'),
    onContinuePostLogin: handler(module.exports, 'onContinuePostLogin'),
  };
}

function handler(exports: Record<string, unknown>, name: string): PostLoginHandler {
  const value = exports[name];
  if (typeof value !== 'function' || value.constructor.name !== 'AsyncFunction') {
    throw new Error(`Invalid function signature for the "${name}" handler.`);
  }
  return value as PostLoginHandler;
}

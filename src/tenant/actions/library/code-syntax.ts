import { compileFunction } from 'node:vm';

/**
 * Parses code as a CommonJS module, which is how Actions are run. Parsing runs none of it.
 *
 * @returns the error of the JavaScript engine with its line, or `undefined` if the code can be parsed
 * @example
 * syntaxError('let a = ;') // "SyntaxError: Unexpected token ';' (line 1)"
 */
export function syntaxError(code: string): string | undefined {
  try {
    compileFunction(code, ['module', 'exports', 'require', 'console'], { filename: 'action.js' });
    return undefined;
  } catch (error) {
    if (!(error instanceof Error)) throw error;
    const line = /^action\.js:(\d+)/.exec(error.stack ?? '')?.[1];
    return `${error.name}: ${error.message}${line === undefined ? '' : ` (line ${line})`}`;
  }
}

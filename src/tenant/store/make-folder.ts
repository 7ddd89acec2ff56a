import { existsSync, mkdirSync } from 'node:fs';
import { dirname } from 'node:path';

/**
 * Creates a folder and its parents if they do not exist. The `recursive` option of Node.js loops for ever below an existing
 * folder that accepts no folders, such as `/proc`.
 *
 * @throws errors of Node.js, with a `code`
 * @example makeFolder('infrastructure/gate')
 */
export function makeFolder(path: string, mode?: number): void {
  if (existsSync(path)) return;
  makeFolder(dirname(path), mode);
  mkdirSync(path, mode === undefined ? {} : { mode });
}

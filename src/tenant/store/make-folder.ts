import { existsSync, mkdirSync } from 'node:fs';
import { dirname } from 'node:path';

/**
 * Makes a folder and those above it where they are not there. Node's own `recursive` goes round for ever below a folder that
 * is there and takes no folders, such as `/proc`.
 *
 * @throws of Node.js, with a `code`
 * @example makeFolder('infrastructure/gate')
 */
export function makeFolder(path: string, mode?: number): void {
  if (existsSync(path)) return;
  makeFolder(dirname(path), mode);
  mkdirSync(path, mode === undefined ? {} : { mode });
}

import { realpathSync } from 'node:fs';
import { isAbsolute, relative } from 'node:path';
import { startsWith } from './stored-methods.ts';

/**
 * Makes a function that decides whether a file may be read: its real path, after all links, must be in one of these files and folders.
 * Make it before `fs` is guarded, and freeze `node:path` before the Action's code is loaded.
 *
 * @param readable real paths
 */
export function readablePaths(readable: readonly string[]): (path: string) => boolean {
  const realpath = realpathSync;
  return (path) => {
    let real = path;
    try {
      real = realpath(path);
    } catch {
      // A file that does not exist cannot be read either.
    }
    for (let at = 0; at < readable.length; at += 1) {
      if (isWithin(readable[at] ?? '', real)) return true;
    }
    return false;
  };
}

function isWithin(folder: string, path: string): boolean {
  const way = relative(folder, path);
  return way === '' || (!startsWith(way, '..') && !isAbsolute(way));
}

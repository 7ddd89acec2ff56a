import { realpathSync } from 'node:fs';
import { isAbsolute, relative } from 'node:path';

/**
 * Makes a function that decides whether a file may be read: its real path, after all links, must be in one of these files and folders.
 * Make it before `fs` is guarded.
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
    return readable.some((one) => isWithin(one, real));
  };
}

function isWithin(folder: string, path: string): boolean {
  const way = relative(folder, path);
  return way === '' || (!way.startsWith('..') && !isAbsolute(way));
}

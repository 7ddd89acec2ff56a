import { realpathSync } from 'node:fs';
import { isAbsolute, relative } from 'node:path';

/**
 * Whether a file may be read: where it really lies, whatever links lead to it, must be in one of these files and folders. To be made
 * before `fs` is fenced.
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
      // What is not there cannot be read either.
    }
    return readable.some((one) => isWithin(one, real));
  };
}

function isWithin(folder: string, path: string): boolean {
  const way = relative(folder, path);
  return way === '' || (!way.startsWith('..') && !isAbsolute(way));
}

import fs from 'node:fs';
import { resolve } from 'node:path';
import { fileURLToPath } from 'node:url';
import { accessDenied, deny, put } from './denial.ts';

type Call = (...values: unknown[]) => unknown;

/** Functions whose first argument is what is read. `open` is among them: to read alone. */
const READING = [
  'access',
  'createReadStream',
  'exists',
  'lstat',
  'open',
  'openAsBlob',
  'opendir',
  'readFile',
  'readdir',
  'readlink',
  'realpath',
  'stat',
  'statfs',
];
/** Functions on what is open already. */
const OPEN_ALREADY = ['close', 'fdatasync', 'fstat', 'fsync', 'read', 'readv', 'write', 'writev'];

const REASON = 'An Action reads no file but those of its packages, and writes none.';

/**
 * Refuses within the process what Node's permission model refuses of files, and what it does not: it follows links, and tells whether a
 * file is there. On Node.js 18, which has no such model, this is all that there is. The model is a wall that Node itself keeps; this is
 * a fence of the harness's own.
 *
 * @param permitted whether a file may be read
 */
export function fenceFiles(permitted: (path: string) => boolean): void {
  function checked(name: string, original: Call): Call {
    const reads = function (this: unknown, target: unknown, ...more: unknown[]): unknown {
      if (typeof target === 'number') return original.call(this, target, ...more);
      // A copy of its own: what gives one path to the check gives the same to Node.
      const path = resolve(target instanceof URL ? fileURLToPath(target) : String(target));
      const given = /^readFile/.test(name) ? withoutFlag(more) : more;
      const toRead =
        given !== undefined &&
        (!/^open(Sync)?$/.test(name) || more[0] === undefined || more[0] === 'r' || typeof more[0] === 'function');
      if (!toRead || !permitted(path)) throw accessDenied(`fs.${name}`, REASON);
      return original.call(this, path, ...given);
    };
    const { native } = original as { native?: Call };
    return native === undefined ? reads : Object.assign(reads, { native: checked(name, native) });
  }

  for (const space of [fs, fs.promises] as object[]) {
    for (const name of Object.keys(space)) {
      const original: unknown = Reflect.get(space, name);
      // Classes stay: they open what they read by the functions here.
      if (typeof original !== 'function' || /^[A-Z]/.test(name)) continue;
      const base = name.replace(/Sync$/, '');
      if (OPEN_ALREADY.includes(base)) continue;
      if (READING.includes(base)) put(space, name, checked(name, original as Call));
      else deny(space, name, `fs.${name}`, REASON);
    }
  }
}

/**
 * What follows the path of `readFile`, with a copy of the options that says once and for all that the file is opened to be read: with
 * another flag `readFile` empties it, or makes it. `undefined` if another flag is asked for.
 */
function withoutFlag([options, ...more]: readonly unknown[]): unknown[] | undefined {
  if (typeof options !== 'object' || options === null) return [options, ...more];
  const { encoding, flag = 'r', signal } = options as Record<string, unknown>;
  if (flag !== 'r') return undefined;
  return [{ encoding: encoding ?? null, flag, ...(signal === undefined ? {} : { signal }) }, ...more];
}

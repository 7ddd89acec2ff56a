import fs from 'node:fs';
import { resolve } from 'node:path';
import { accessDenied, deny, put } from './denial.ts';
import { apply, toPath } from './stored-methods.ts';

type Call = (...values: unknown[]) => unknown;

/** Functions whose first argument is the file to read. `open` is one of them, for reading only. */
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
/** Functions on open descriptors. */
const OPEN_ALREADY = ['close', 'fdatasync', 'fstat', 'fsync', 'read', 'readv', 'write', 'writev'];

const REASON = 'An Action reads no file but those of its packages, and writes none.';

/**
 * Refuses within the process the same files as Node's permission model, and what the model permits: it follows links, and reveals
 * whether a file exists. On Node.js 18, which has no such model, this is the only protection. Node itself enforces the model;
 * the harness enforces this guard.
 *
 * @param permitted whether a file may be read
 */
export function guardFiles(permitted: (path: string) => boolean): void {
  function checked(name: string, original: Call): Call {
    const hasOptions = /^readFile/.test(name);
    const hasFlags = /^open(Sync)?$/.test(name);
    const reads = function (this: unknown, ...values: unknown[]): unknown {
      const target = values[0];
      if (typeof target === 'number') return apply(original, this, values);
      // Copies: a path or a flag that changes between two reads is the same for the check and for Node.
      const path = resolve(target instanceof URL ? toPath(target) : String(target));
      const options = hasOptions ? readingOptions(name, values[1]) : values[1];
      const toRead = !hasFlags || options === undefined || options === 'r' || typeof options === 'function';
      if (!toRead || !permitted(path)) throw accessDenied(`fs.${name}`, REASON);
      values[0] = path;
      if (values.length > 1) values[1] = options;
      return apply(original, this, values);
    };
    const { native } = original as { native?: Call };
    return native === undefined ? reads : Object.assign(reads, { native: checked(name, native) });
  }

  for (const space of [fs, fs.promises] as object[]) {
    for (const name of Object.keys(space)) {
      const original: unknown = Reflect.get(space, name);
      // Classes stay: they open files through the functions that are guarded here.
      if (typeof original !== 'function' || /^[A-Z]/.test(name)) continue;
      const base = name.replace(/Sync$/, '');
      if (OPEN_ALREADY.includes(base)) continue;
      if (READING.includes(base)) put(space, name, checked(name, original as Call));
      else deny(space, name, `fs.${name}`, REASON);
    }
  }
}

/**
 * Returns a copy of the options of `readFile` that fixes the flag for reading: with another flag `readFile` empties the file, or
 * creates it.
 *
 * @throws {Error} if another flag is requested
 */
function readingOptions(name: string, options: unknown): unknown {
  if (typeof options !== 'object' || options === null) return options;
  const { encoding, flag = 'r', signal } = options as Record<string, unknown>;
  if (flag !== 'r') throw accessDenied(`fs.${name}`, REASON);
  return { encoding: encoding ?? null, flag, ...(signal === undefined ? {} : { signal }) };
}

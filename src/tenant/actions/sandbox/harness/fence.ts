import childProcess from 'node:child_process';
import fs from 'node:fs';
import inspector from 'node:inspector';
import module from 'node:module';
import { isAbsolute, relative, resolve } from 'node:path';
import traceEvents from 'node:trace_events';
import { fileURLToPath } from 'node:url';
import wasi from 'node:wasi';
import workers from 'node:worker_threads';

/**
 * What Node's permission model refuses, refused within the process: for Node.js 18, which has no such model. The model is a
 * wall that Node itself keeps; this is a fence of the harness's own, which keeps out what does not set out to climb it.
 *
 * @param readable files and folders that may be read, by their real paths
 */
export function fence(readable: readonly string[]): void {
  fenceFiles(readable);
  fenceImports(readable);
  for (const name of Object.keys(childProcess)) {
    if (typeof Reflect.get(childProcess, name) === 'function' && name !== 'ChildProcess') deny(childProcess, name);
  }
  deny(childProcess.ChildProcess.prototype, 'spawn');
  denyClass(workers, 'Worker');
  denyClass(wasi, 'WASI');
  deny(inspector.Session.prototype, 'connect');
  deny(inspector.Session.prototype, 'connectToMainThread');
  deny(inspector, 'open');
  deny(traceEvents, 'createTracing');
  deny(process, 'dlopen');
}

type Call = (...values: unknown[]) => unknown;

/** Functions whose first argument is what is read. `open` is among them: to read alone. */
const READING = [
  'access',
  'createReadStream',
  'exists',
  'lstat',
  'open',
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

function fenceFiles(readable: readonly string[]): void {
  const realpath = fs.realpathSync;
  const permitted = (path: string): boolean => {
    let real = path;
    try {
      real = realpath(path);
    } catch {
      // What is not there cannot be read either.
    }
    return readable.some((one) => isWithin(one, real));
  };

  function checked(name: string, original: Call): Call {
    const reads = function (this: unknown, target: unknown, ...more: unknown[]): unknown {
      if (typeof target === 'number') return original.call(this, target, ...more);
      // A copy of its own: what gives one path to the check gives the same to Node.
      const path = resolve(target instanceof URL ? fileURLToPath(target) : String(target));
      const toRead =
        !/^open(Sync)?$/.test(name) || more[0] === undefined || more[0] === 'r' || typeof more[0] === 'function';
      if (!toRead || !permitted(path)) throw refused(`fs.${name}`);
      return original.call(this, path, ...more);
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
      else deny(space, name);
    }
  }
}

/** `import()` reads files by itself, JSON among them, and asks hooks where a name leads. */
function fenceImports(readable: readonly string[]): void {
  const hooks = `
    import { realpathSync } from 'node:fs';
    import { fileURLToPath } from 'node:url';
    import { isAbsolute, relative } from 'node:path';
    const readable = ${JSON.stringify(readable)};
    export async function resolve(specifier, context, next) {
      const found = await next(specifier, context);
      if (!found.url.startsWith('file:')) return found;
      const path = realpathSync(fileURLToPath(found.url));
      const isWithin = (folder) => { const way = relative(folder, path); return way === '' || (!way.startsWith('..') && !isAbsolute(way)); };
      if (readable.some(isWithin)) return found;
      throw Object.assign(new Error('Access to this API has been restricted: import of a file.'), { code: 'ERR_ACCESS_DENIED' });
    }`;
  module.register(`data:text/javascript,${encodeURIComponent(hooks)}`);
}

function isWithin(folder: string, path: string): boolean {
  const way = relative(folder, path);
  return way === '' || (!way.startsWith('..') && !isAbsolute(way));
}

function deny(target: object, name: string): void {
  if (!(name in target)) return;
  put(target, name, () => {
    throw refused(name);
  });
}

function denyClass(target: object, name: string): void {
  put(
    target,
    name,
    class {
      constructor() {
        throw refused(name);
      }
    },
  );
}

function put(target: object, name: string, value: unknown): void {
  Object.defineProperty(target, name, { value, writable: true, configurable: true, enumerable: true });
}

function refused(name: string): Error {
  return Object.assign(new Error(`Access to this API has been restricted: ${name} is not available to an Action.`), {
    code: 'ERR_ACCESS_DENIED',
  });
}

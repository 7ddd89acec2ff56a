import module, { Module } from 'node:module';
import { accessDenied, put } from './denial.ts';
import { ALLOWED_MODULES, reasonOfModule } from './sandbox-policy.ts';
import { apply, has, isBuiltin, slice, startsWith, toPath } from './stored-methods.ts';

const SCHEME = 'node:';

/**
 * Lets code load only the modules of Node.js that the policy allows, by `require`, `import()`, `Module._load` or
 * `process.getBuiltinModule`, and only files that it may read.
 *
 * @param readable files and folders, for the hooks that Node.js 18 runs in another thread
 * @param permitted whether a file may be read
 */
export function denyModules(readable: readonly string[], permitted: (path: string) => boolean): void {
  const allowed = new Set(ALLOWED_MODULES);
  const refuse = (name: string): never => {
    throw accessDenied(`node:${name}`, reasonOfModule(name));
  };
  if (typeof module.registerHooks === 'function') {
    module.registerHooks({
      resolve(specifier, context, next) {
        const found = next(specifier, context);
        if (startsWith(found.url, SCHEME) && !has(allowed, withoutScheme(found.url))) refuse(withoutScheme(found.url));
        if (startsWith(found.url, 'file:') && !permitted(toPath(found.url))) {
          throw accessDenied('a file', 'An Action loads the packages that it declares.');
        }
        return found;
      },
    });
  } else {
    guardImports(readable, allowed);
    guardRequire(allowed, refuse);
  }
  guardSearch(permitted);
  const getBuiltin: unknown = Reflect.get(process, 'getBuiltinModule');
  if (typeof getBuiltin === 'function') {
    put(process, 'getBuiltinModule', (requested: unknown): unknown => {
      // A copy: a name that changes between two reads is the same for the check and for Node.
      const name = String(requested);
      return has(allowed, withoutScheme(name)) ? apply(getBuiltin, process, [name]) : undefined;
    });
  }
}

function withoutScheme(name: string): string {
  return startsWith(name, SCHEME) ? slice(name, SCHEME.length) : name;
}

/** Neither `require.resolve` nor the loader's own search may reveal whether an unreadable file exists. */
function guardSearch(permitted: (path: string) => boolean): void {
  const find = Reflect.get(Module, '_findPath') as (...values: readonly unknown[]) => unknown;
  put(Module, '_findPath', function (this: unknown, ...values: readonly unknown[]): unknown {
    const found = apply(find, this, values);
    return typeof found === 'string' && !permitted(found) ? false : found;
  });
}

type Load = (...values: readonly unknown[]) => unknown;

/** Guards `Module._load`, which every `require` calls. It loads the module that `_resolveFilename` names, which therefore stays. */
function guardRequire(allowed: ReadonlySet<string>, refuse: (name: string) => never): void {
  const load = Reflect.get(Module, '_load') as Load;
  put(Module, '_load', function (this: unknown, ...values: unknown[]): unknown {
    const name = String(values[0]);
    const builtin = withoutScheme(name);
    // `isBuiltin` of Node.js 18 does not know those that need the prefix.
    if ((isBuiltin(name) || startsWith(name, SCHEME)) && !has(allowed, builtin)) refuse(builtin);
    values[0] = name;
    return apply(load, this, values);
  });
  Object.defineProperty(Module, '_resolveFilename', { writable: false, configurable: false });
}

/** Guards imports with hooks in a separate thread: Node.js 18 has no others. */
function guardImports(readable: readonly string[], allowed: ReadonlySet<string>): void {
  const hooks = `
    import { realpathSync } from 'node:fs';
    import { fileURLToPath } from 'node:url';
    import { isAbsolute, relative } from 'node:path';
    const readable = ${JSON.stringify(readable)};
    const allowed = new Set(${JSON.stringify([...allowed])});
    const refuse = (what) => { throw Object.assign(new Error('Access to this API has been restricted: ' + what + ' is not available to an Action.'), { code: 'ERR_ACCESS_DENIED' }); };
    export async function resolve(specifier, context, next) {
      const found = await next(specifier, context);
      if (found.url.startsWith('node:') && !allowed.has(found.url.slice(5))) refuse(found.url);
      if (!found.url.startsWith('file:')) return found;
      const path = realpathSync(fileURLToPath(found.url));
      const isWithin = (folder) => { const way = relative(folder, path); return way === '' || (!way.startsWith('..') && !isAbsolute(way)); };
      if (!readable.some(isWithin)) refuse('import of a file');
      return found;
    }`;
  module.register(`data:text/javascript,${encodeURIComponent(hooks)}`);
}

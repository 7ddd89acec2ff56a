import module, { Module } from 'node:module';
import { fileURLToPath } from 'node:url';
import { accessDenied, put } from './denial.ts';
import { ALLOWED_MODULES, reasonOfModule } from './sandbox-policy.ts';

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
        if (found.url.startsWith('node:') && !allowed.has(found.url.slice('node:'.length))) {
          refuse(found.url.slice('node:'.length));
        }
        if (found.url.startsWith('file:') && !permitted(fileURLToPath(found.url))) {
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
    put(process, 'getBuiltinModule', (name: unknown): unknown =>
      allowed.has(String(name).replace(/^node:/, '')) ? getBuiltin.call(process, String(name)) : undefined,
    );
  }
}

/** Neither `require.resolve` nor the loader's own search may reveal whether an unreadable file exists. */
function guardSearch(permitted: (path: string) => boolean): void {
  const find = Reflect.get(Module, '_findPath') as (...values: readonly unknown[]) => unknown;
  put(Module, '_findPath', function (this: unknown, ...values: readonly unknown[]): unknown {
    const found = find.apply(this, [...values]);
    return typeof found === 'string' && !permitted(found) ? false : found;
  });
}

type Load = (request: unknown, ...more: readonly unknown[]) => unknown;

/** Guards `Module._load`, which every `require` calls. */
function guardRequire(allowed: ReadonlySet<string>, refuse: (name: string) => never): void {
  const load = Reflect.get(Module, '_load') as Load;
  put(Module, '_load', function (this: unknown, request: unknown, ...more: readonly unknown[]): unknown {
    const name = String(request);
    const builtin = name.replace(/^node:/, '');
    // `isBuiltin` of Node.js 18 does not know those that need the prefix.
    if ((module.isBuiltin(name) || name.startsWith('node:')) && !allowed.has(builtin)) refuse(builtin);
    return load.call(this, name, ...more);
  });
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

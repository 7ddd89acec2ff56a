import { createRequire, isBuiltin } from 'node:module';
import { compileFunction, constants } from 'node:vm';
import type { BootMessage } from '../protocol.ts';

export interface ActionModule {
  /**
   * The exported handler. The code runs the first time; what it throws is thrown again every time.
   *
   * @throws the Action's own error, or an `Error` where the export is not a native async function
   */
  handler(name: string): (event: unknown, api: unknown) => Promise<unknown>;
}

/**
 * The Action's code as a CommonJS module in the process's own realm: `instanceof`, `fetch` and native async functions are
 * those of Node.
 */
export function loadActionModule(boot: BootMessage, console: unknown): ActionModule {
  const requireFromFolder = createRequire(boot.filename);
  const declared = new Set(boot.dependencies);

  function requireDeclared(specifier: unknown): unknown {
    const name = String(specifier);
    if (!isBuiltin(name) && !declared.has(packageName(name))) throw moduleNotFound(name);
    return requireFromFolder(name);
  }
  requireDeclared.resolve = (specifier: string): string => {
    if (isBuiltin(specifier)) return specifier;
    if (!declared.has(packageName(specifier))) throw moduleNotFound(specifier);
    return requireFromFolder.resolve(specifier);
  };
  requireDeclared.cache = requireFromFolder.cache;

  const module = { exports: {} as unknown };
  let failure: { readonly error: unknown } | undefined;
  let loaded = false;

  function load(): void {
    if (loaded) return;
    loaded = true;
    try {
      const run = compileFunction(boot.code, ['module', 'exports', 'require', 'console'], {
        filename: boot.filename,
        importModuleDynamically: constants.USE_MAIN_CONTEXT_DEFAULT_LOADER,
      });
      run(module, module.exports, requireDeclared, console);
    } catch (error) {
      failure = { error };
    }
  }

  return {
    handler(name) {
      load();
      if (failure) throw failure.error;
      const { exports } = module;
      if (typeof exports !== 'object' || exports === null) throw new Error('The Action must export an object.');
      const handler: unknown = Reflect.get(exports, name);
      if (typeof handler !== 'function' || handler.constructor?.name !== 'AsyncFunction') {
        throw new Error(
          `Invalid function signature for the "${name}" handler. Use "exports.${name} = async function(event, api) { }" as the signature.`,
        );
      }
      return handler as (event: unknown, api: unknown) => Promise<unknown>;
    },
  };
}

/** `@scope/name/file` -> `@scope/name` */
function packageName(specifier: string): string {
  return specifier
    .split('/')
    .slice(0, specifier.startsWith('@') ? 2 : 1)
    .join('/');
}

function moduleNotFound(name: string): Error {
  return Object.assign(new Error(`Cannot find module '${name}'`), { code: 'MODULE_NOT_FOUND' });
}

import { createRequire, isBuiltin, Module } from 'node:module';
import { compileFunction, constants } from 'node:vm';
import type { BootMessage, SandboxedCode } from '../protocol.ts';

export interface ActionModule {
  /**
   * Returns the exported handler. The code runs the first time; an error that it throws is thrown again every time.
   *
   * @throws the Action's own error, or an `Error` if the export is not a native async function
   */
  handler(name: string): (event: unknown, api: unknown) => Promise<unknown>;
}

/** Loads once, on the first call; an error that the code throws is thrown again every time. */
type Load = () => unknown;

/**
 * Loads the Action's code as a CommonJS module in the process's own realm: `instanceof`, `fetch` and native async functions are
 * those of Node.
 */
export function loadActionModule(boot: BootMessage, console: unknown): ActionModule {
  const modules = new Map(
    boot.modules.map((module): [string, Load] => {
      const actions = Object.freeze({ secrets: Object.freeze({ ...module.secrets }) });
      return [`actions:${module.name}`, commonJs(module, requireOf(module, new Map()), { console, actions })];
    }),
  );
  const load = commonJs(boot, requireOf(boot, modules), { console });

  return {
    handler(name) {
      const exports = load();
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

/** @param globals names that the code has in addition to `module`, `exports` and `require` */
function commonJs({ code, filename }: SandboxedCode, require: unknown, globals: Record<string, unknown>): Load {
  const module = { exports: {} as unknown };
  let failure: { readonly error: unknown } | undefined;
  let loaded = false;
  return () => {
    if (!loaded) {
      loaded = true;
      try {
        const run = compiled(code, filename, ['module', 'exports', 'require', ...Object.keys(globals)]);
        run(module, module.exports, require, ...Object.values(globals));
      } catch (error) {
        failure = { error };
      }
    }
    if (failure) throw failure.error;
    return module.exports;
  };
}

type Run = (...values: readonly unknown[]) => unknown;

function compiled(code: string, filename: string, names: readonly string[]): Run {
  // Node.js 18 has no such constant, and `import()` in a compiled function does not work there.
  if (constants === undefined) return compiledByLoader(code, filename, names);
  return compileFunction(code, names, {
    filename,
    importModuleDynamically: constants.USE_MAIN_CONTEXT_DEFAULT_LOADER,
  }) as Run;
}

/** Compiles on the first line, so that stack traces keep their line numbers. */
function compiledByLoader(code: string, filename: string, names: readonly string[]): Run {
  const holder = new Module(filename) as Module & { _compile(content: string, name: string): void };
  holder.filename = filename;
  holder._compile(`module.exports = function (${names.join(', ')}) {${code}\n};`, filename);
  return holder.exports as Run;
}

/** Makes a `require` for Node's own modules, the declared packages, and the Action's modules; it finds nothing else. */
function requireOf({ filename, dependencies }: SandboxedCode, modules: ReadonlyMap<string, Load>): unknown {
  const requireFromFolder = createRequire(filename);
  const declared = new Set(dependencies);

  function requireDeclared(specifier: unknown): unknown {
    const name = String(specifier);
    const load = modules.get(name);
    if (load !== undefined) return load();
    if (!isBuiltin(name) && !declared.has(packageName(name))) throw moduleNotFound(name);
    return requireFromFolder(name);
  }
  requireDeclared.resolve = (specifier: string): string => {
    if (isBuiltin(specifier) || modules.has(specifier)) return specifier;
    if (!declared.has(packageName(specifier))) throw moduleNotFound(specifier);
    return requireFromFolder.resolve(specifier);
  };
  requireDeclared.cache = requireFromFolder.cache;
  return requireDeclared;
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

import { registerHooks } from 'node:module';

/** Marks the modules of one load, and makes Node read their files again. */
const MARK = 'portcullis-load';
/** The module that `import … from 'portcullis'` in a configuration file resolves to, in every folder. */
const ENTRY = new URL(`./define-configuration${import.meta.url.endsWith('.ts') ? '.ts' : '.js'}`, import.meta.url).href;

let loads = 0;

/** An import that cannot be resolved. */
export interface UnresolvedImport {
  /** The text between the quotes. */
  readonly specifier: string;
  /** URL of the file that imports it. */
  readonly importer: string;
  /** Node's error. */
  readonly cause: unknown;
}

type ImportResult = { readonly exports: Readonly<Record<string, unknown>> } | { readonly unresolved: UnresolvedImport };

/**
 * Imports a module as it is on the disk now, together with the local files that it imports. Packages are imported once,
 * as usual. A TypeScript file is an ES module regardless of the `package.json` around it, and the bare specifier
 * `portcullis` always is this package.
 *
 * Source: Node.js documentation, `module.registerHooks()`, and "Modules: TypeScript".
 *
 * @param url `file:` URL of the module
 * @param signal abandons the import: later imports of the module are resolved as usual
 * @returns its exports, or the import that cannot be resolved, in the module or in a local file that it imports
 * @throws the module's own errors, and `SyntaxError`
 */
export async function importFresh(url: string, signal: AbortSignal): Promise<ImportResult> {
  let unresolved: UnresolvedImport | undefined;
  loads += 1;
  const mark = `${MARK}=${loads}`;
  const marked = withMark(url, mark);
  const hooks = registerHooks({
    resolve(specifier, context, nextResolve) {
      const importer = context.parentURL ?? '';
      const isLocal = URL.parse(importer)?.search === `?${mark}`;
      if (specifier !== marked && !isLocal) return nextResolve(specifier, context);
      if (specifier === 'portcullis') return { url: ENTRY, shortCircuit: true };
      const resolved = resolveOrExplain();
      if (!resolved.url.startsWith('file:') || resolved.url.includes('/node_modules/')) return resolved;
      const isTypeScript = /\.m?ts$/.test(new URL(resolved.url).pathname);
      return {
        ...resolved,
        url: withMark(resolved.url, mark),
        ...(isTypeScript ? { format: 'module-typescript' } : {}),
      };

      function resolveOrExplain() {
        try {
          return nextResolve(specifier, context);
        } catch (error) {
          unresolved = { specifier, importer, cause: error };
          throw error;
        }
      }
    },
  });
  // A module that never finishes would keep the hooks.
  const deregister = () => hooks.deregister();
  signal.addEventListener('abort', deregister, { once: true });
  try {
    return { exports: await import(/* @vite-ignore */ marked) };
  } catch (error) {
    if (unresolved !== undefined && unresolved.cause === error) return { unresolved };
    throw error;
  } finally {
    signal.removeEventListener('abort', deregister);
    if (!signal.aborted) deregister();
  }
}

function withMark(url: string, mark: string): string {
  const marked = new URL(url);
  marked.search = mark;
  return marked.href;
}

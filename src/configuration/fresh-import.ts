import { readFileSync } from 'node:fs';
import { createRequire, registerHooks } from 'node:module';
import { fileURLToPath } from 'node:url';

/** Marks the modules of one load, and makes Node read their files again. */
const MARK = 'portcullis-load';
/** The module that `import … from 'portcullis'` in a configuration file resolves to, in every folder. */
const ENTRY = new URL(`./define-configuration${import.meta.url.endsWith('.ts') ? '.ts' : '.js'}`, import.meta.url).href;

/** Node's cache of CommonJS modules, by path. */
const requireCache = createRequire(import.meta.url).cache;

/** Paths of the local CommonJS modules of all loads. */
const commonJsFiles = new Set<string>();

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
 * as usual. A file is an ES module or a CommonJS one by its ending or by what it writes, regardless of the `package.json`
 * around it, and the bare specifier `portcullis` always is this package.
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
  /** URLs of the local CommonJS modules of this load, without marks. */
  const commonJs = new Set<string>();
  // Node returns a cached CommonJS module without asking the hooks.
  for (const file of commonJsFiles) delete requireCache[file];
  const hooks = registerHooks({
    resolve(specifier, context, nextResolve) {
      const importer = context.parentURL ?? '';
      const isLocal = URL.parse(importer)?.search === `?${mark}` || commonJs.has(importer);
      if (specifier !== marked && !isLocal) return nextResolve(specifier, context);
      if (specifier === 'portcullis') return { url: ENTRY, shortCircuit: true };
      const resolved = resolveOrExplain();
      if (!resolved.url.startsWith('file:') || resolved.url.includes('/node_modules/')) return resolved;
      const format = formatOf(fileURLToPath(resolved.url));
      if (format?.startsWith('commonjs')) {
        commonJs.add(withoutMark(resolved.url));
        commonJsFiles.add(fileURLToPath(resolved.url));
      }
      return {
        ...resolved,
        // A CommonJS module that another one requires is cached under its path, which has no mark.
        url: commonJs.has(importer) ? withoutMark(resolved.url) : withMark(resolved.url, mark),
        ...(format === undefined ? {} : { format }),
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

function withoutMark(url: string): string {
  const plain = new URL(url);
  plain.search = '';
  return plain.href;
}

/** Returns Node's name of a file's format; `undefined` if it is no program. */
function formatOf(file: string): string | undefined {
  const [, kind = '', language] = /\.([cm]?)([jt])s$/.exec(file) ?? [];
  if (language === undefined) return undefined;
  const isCommonJs = kind === '' ? isWrittenAsCommonJs(file) : kind === 'c';
  return `${isCommonJs ? 'commonjs' : 'module'}${language === 't' ? '-typescript' : ''}`;
}

function isWrittenAsCommonJs(file: string): boolean {
  let source: string;
  try {
    source = readFileSync(file, 'utf8');
  } catch {
    return false;
  }
  return (
    !/^\s*(?:import|export)\b(?!\s*\()/m.test(source) &&
    /\b(?:module\.exports|exports\.\w+\s*=|require\s*\()/.test(source)
  );
}

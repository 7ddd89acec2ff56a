import { dirname, join } from 'node:path';
import { type BuildResult, build, type Metafile } from 'esbuild';
import type { ConsoleSite } from '../../tenant/console/console-site.ts';

const contentTypes: Readonly<Record<string, string>> = {
  js: 'text/javascript; charset=utf-8',
  css: 'text/css; charset=utf-8',
  woff2: 'font/woff2',
};

/**
 * Builds the console from its source. It takes about half a second and writes nothing.
 *
 * @param entry path of `src/console/main.tsx`
 * @param options.parts with the page of parts, for who changes the style sheets
 * @throws Error with esbuild's description of what is wrong with the source
 * @example
 * const { files } = await buildSite('src/console/main.tsx');
 */
export async function buildSite(entry: string, options: { readonly parts?: boolean } = {}): Promise<ConsoleSite> {
  const shared = { bundle: true, target: 'es2022', minify: true, write: false, logLevel: 'silent' } as const;
  const inline = build({
    ...shared,
    entryPoints: [join(dirname(entry), 'before-paint.ts')],
    format: 'iife',
    outdir: '/',
  });
  const { outputFiles, metafile } = await build({
    ...shared,
    entryPoints: [entry],
    splitting: true,
    format: 'esm',
    jsx: 'automatic',
    legalComments: 'none',
    define: { 'process.env.NODE_ENV': '"production"', PARTS_PAGE: String(options.parts === true) },
    entryNames: '[name]-[hash]',
    chunkNames: '[name]-[hash]',
    assetNames: '[name]-[hash]',
    loader: { '.woff2': 'file' },
    outdir: '/',
    metafile: true,
  });
  const nameOf = (path: string) => path.split(/[\\/]/).at(-1) ?? path;
  const [script, output] = entryOf(metafile);
  return {
    script: nameOf(script),
    stylesheet: nameOf(output.cssBundle ?? ''),
    inlineScript: textOf(await inline, '.js'),
    inlineStyle: textOf(await inline, '.css'),
    preloaded: loadedAtOnce(metafile, script).map(nameOf),
    files: new Map(
      outputFiles.map(({ path, contents }) => {
        const name = nameOf(path);
        return [name, { contentType: contentTypes[name.split('.').at(-1) ?? ''] ?? 'text/plain', body: contents }];
      }),
    ),
  };
}

function textOf({ outputFiles = [] }: BuildResult, extension: string): string {
  return outputFiles.find(({ path }) => path.endsWith(extension))?.text.trim() ?? '';
}

type Output = Metafile['outputs'][string];

function entryOf({ outputs }: Metafile): [string, Output] {
  const found = Object.entries(outputs).find(
    ([path, { entryPoint }]) => entryPoint?.endsWith('main.tsx') && path.endsWith('.js'),
  );
  if (found === undefined) throw new Error('The console has no entry point.');
  return found;
}

/** The scripts that the entry loads at once, and what these import, without what is loaded later on demand. */
function loadedAtOnce({ outputs }: Metafile, entry: string): string[] {
  const visited = new Set<string>();
  const visit = (path: string) => {
    for (const { path: imported, kind } of outputs[path]?.imports ?? []) {
      // The entry itself loads the console as soon as the page is painted.
      const isLoadedAtOnce = kind === 'import-statement' || (kind === 'dynamic-import' && path === entry);
      if (!isLoadedAtOnce || visited.has(imported)) continue;
      visited.add(imported);
      visit(imported);
    }
  };
  visit(entry);
  return [...visited];
}

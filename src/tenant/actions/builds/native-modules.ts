import { access, readFile } from 'node:fs/promises';
import { join } from 'node:path';

interface Lock {
  readonly packages?: Readonly<Record<string, { readonly optional?: boolean; readonly hasInstallScript?: boolean }>>;
}

/**
 * Returns the names of installed packages that need a compiler. Auth0 runs none. Optional ones do not count: packages that depend
 * on them run without them.
 *
 * @param folder the folder that has `node_modules`
 */
export async function nativeModules(folder: string): Promise<string[]> {
  const lock = JSON.parse(await readFile(join(folder, 'node_modules', '.package-lock.json'), 'utf8')) as Lock;
  const candidates = Object.entries(lock.packages ?? {}).filter(([, entry]) => entry.optional !== true);
  const native = await Promise.all(
    candidates.map(async ([path]) => ((await needsCompiler(join(folder, path))) ? [nameOf(path)] : [])),
  );
  return native.flat();
}

async function needsCompiler(packageFolder: string): Promise<boolean> {
  try {
    await access(join(packageFolder, 'binding.gyp'));
    return true;
  } catch {
    const text = await readFile(join(packageFolder, 'package.json'), 'utf8').catch(() => '{}');
    return (JSON.parse(text) as { gypfile?: boolean }).gypfile === true;
  }
}

/** `node_modules/a/node_modules/@b/c` -> `@b/c` */
function nameOf(path: string): string {
  return path.slice(path.lastIndexOf('node_modules/') + 'node_modules/'.length);
}

import { execFile } from 'node:child_process';
import { mkdir, mkdtemp, readFile, rename, rm, writeFile } from 'node:fs/promises';
import { dirname, join } from 'node:path';
import { promisify } from 'node:util';
import { runtimeCacheFolder } from '../../src/tenant/store/data-folder.ts';

const run = promisify(execFile);
/** Beside the Node.js of the runtimes, outside any checkout: a fresh clone reuses the tools of an earlier one. */
const tools = join(dirname(runtimeCacheFolder()), 'test-tools');

/**
 * Installs a tool from the npm registry, once for a machine, at one version and in its own folder, so that the tool and its
 * dependencies are those of its users and never those of this project.
 *
 * Test files run in several processes at the same time. Each process that finds no tool installs it into a temporary folder,
 * and the first to finish gives the folder its final name. A half-installed tool never has that name. A damaged install is
 * removed and repeated.
 *
 * @param name name in the registry, including `@scope/name`.
 * @param version an exact version.
 * @param beside packages that it works with, by their exact versions.
 * @returns the folder whose `node_modules` contains the tool.
 * @throws Error with npm's message if the tool cannot be installed.
 * @example
 * const folder = await installTool('auth0', '4.37.1');
 * await run(process.execPath, ['script.mjs'], { cwd: folder });
 */
export async function installTool(
  name: string,
  version: string,
  beside: Readonly<Record<string, string>> = {},
): Promise<string> {
  const all = Object.entries({ [name]: version, ...beside });
  const folder = join(tools, all.map(([one, at]) => `${one.replace('/', '+')}-${at}`).join('--'));
  if (await isComplete(folder, name, version)) return folder;

  await mkdir(tools, { recursive: true });
  const temporary = await mkdtemp(`${folder}.`);
  try {
    await writeFile(
      join(temporary, 'package.json'),
      JSON.stringify({ private: true, dependencies: Object.fromEntries(all) }),
    );
    await run('npm', ['install', '--ignore-scripts', '--no-audit', '--no-fund'], { cwd: temporary });
    await replace(temporary, folder, name, version);
  } finally {
    await rm(temporary, { recursive: true, force: true });
  }
  return folder;
}

/** Whether every package that npm has listed for the folder exists, including the tool at its version. */
async function isComplete(folder: string, name: string, version: string): Promise<boolean> {
  const read = async (file: string) => JSON.parse(await readFile(join(folder, file), 'utf8'));
  try {
    const { packages } = await read(join('node_modules', '.package-lock.json'));
    if (packages[`node_modules/${name}`]?.version !== version) return false;
    const required = Object.entries<{ version?: string; optional?: boolean }>(packages).filter(
      ([, one]) => !one.optional,
    );
    const installed = await Promise.all(required.map(([path]) => read(join(path, 'package.json'))));
    return installed.every((manifest, index) => manifest.version === required[index]?.[1].version);
  } catch {
    return false;
  }
}

/** Gives the finished install its name, unless another process was faster. */
async function replace(temporary: string, folder: string, name: string, version: string): Promise<void> {
  try {
    await rename(temporary, folder);
  } catch (error) {
    const { code } = error as NodeJS.ErrnoException;
    if (code !== 'ENOTEMPTY' && code !== 'EEXIST') throw error;
    if (await isComplete(folder, name, version)) return;
    await rm(folder, { recursive: true, force: true });
    await replace(temporary, folder, name, version);
  }
}

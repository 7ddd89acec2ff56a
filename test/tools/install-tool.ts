import { execFile } from 'node:child_process';
import { existsSync } from 'node:fs';
import { mkdir, mkdtemp, rename, rm, writeFile } from 'node:fs/promises';
import { join } from 'node:path';
import { promisify } from 'node:util';

const run = promisify(execFile);
const tools = join(import.meta.dirname, '..', '..', 'node_modules', '.cache', 'portcullis', 'tools');

/**
 * Installs a tool from the npm registry, once for a machine, at one version and in a folder of its own, so that the
 * tool and what it depends on are what their users have and never what this project has.
 *
 * Test files run at once in processes of their own: each that finds none installs into a folder of its own, and the
 * first to be done gives it the name that counts. A half-installed tool never has it.
 *
 * @param name as the registry has it, `@scope/name` included.
 * @param version exactly one.
 * @returns the folder whose `node_modules` holds the tool.
 * @throws Error with npm's own words when it cannot be installed.
 * @example
 * const folder = await installTool('auth0', '4.37.1');
 * await run(process.execPath, ['script.mjs'], { cwd: folder });
 */
export async function installTool(name: string, version: string): Promise<string> {
  const folder = join(tools, `${name.replace('/', '+')}-${version}`);
  if (existsSync(folder)) return folder;

  await mkdir(tools, { recursive: true });
  const own = await mkdtemp(`${folder}.`);
  try {
    await writeFile(join(own, 'package.json'), JSON.stringify({ private: true, dependencies: { [name]: version } }));
    await run('npm', ['install', '--ignore-scripts', '--no-audit', '--no-fund'], { cwd: own, timeout: 240_000 });
    await rename(own, folder).catch((error: NodeJS.ErrnoException) => {
      if (error.code !== 'ENOTEMPTY' && error.code !== 'EEXIST') throw error;
    });
  } finally {
    await rm(own, { recursive: true, force: true });
  }
  return folder;
}

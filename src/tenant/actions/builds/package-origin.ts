import { readdir, readFile, realpath } from 'node:fs/promises';
import { isAbsolute, join, relative } from 'node:path';
import { Problem } from '../../../problem/problem.ts';
import { isRegistryVersion } from './dependency-specification.ts';

/** A package as npm's own lock of a `node_modules` folder lists it. */
interface LockEntry {
  readonly link?: boolean;
  readonly resolved?: string;
  readonly integrity?: string;
  readonly inBundle?: boolean;
  readonly dependencies?: Readonly<Record<string, string>>;
  readonly optionalDependencies?: Readonly<Record<string, string>>;
  readonly peerDependencies?: Readonly<Record<string, string>>;
}

/** Options that let npm fetch only packages of the registry. An npm that does not know one ignores it. */
export const REGISTRY_ALONE = [
  '--allow-directory=none',
  '--allow-file=none',
  '--allow-git=none',
  '--allow-remote=none',
  '--no-bin-links',
  '--ignore-scripts',
  // The check below reads where each package comes from.
  '--omit-lockfile-registry-resolved=false',
];

/** The reason for a refusal, and the next step. */
export const ORIGIN_RULE =
  'The packages of an Action come from the npm registry, with an integrity, and from nowhere else. ' +
  'Choose another package, or another version of it.';

/**
 * Checks an installed folder: every package comes from the registry and depends only on packages of the registry, and no link leads
 * out of the folder. npm itself would link a folder of the machine that a package names, or fetch from any address.
 *
 * @param folder the folder that has `node_modules`
 * @throws {Problem} `build_failed`, naming the package or the link
 */
export async function assertFromRegistry(folder: string): Promise<void> {
  const text = await readFile(join(folder, 'node_modules', '.package-lock.json'), 'utf8');
  const { packages = {} } = JSON.parse(text) as { readonly packages?: Readonly<Record<string, LockEntry>> };
  for (const [path, entry] of Object.entries(packages)) assertEntry(path, entry);
  await assertNoLinkLeaves(await realpath(folder));
}

function assertEntry(path: string, entry: LockEntry): void {
  const name = path.slice(path.lastIndexOf('node_modules/') + 'node_modules/'.length);
  for (const kind of ['dependencies', 'optionalDependencies', 'peerDependencies'] as const) {
    for (const [wanted, version] of Object.entries(entry[kind] ?? {})) {
      if (!isRegistryVersion(version)) refuse(`${name} asks for ${wanted} as "${version.slice(0, 200)}".`);
    }
  }
  if (entry.link === true) refuse(`${name} is a link to ${entry.resolved ?? 'a folder'}.`);
  // A bundled package has the integrity of the package that contains it.
  if (entry.inBundle === true) return;
  const { resolved = '', integrity = '' } = entry;
  if (!/^https?:\/\//.test(resolved)) refuse(`${name} was resolved to "${resolved.slice(0, 200)}".`);
  if (!/^sha\d+-/.test(integrity)) refuse(`${name} has no integrity.`);
}

async function assertNoLinkLeaves(folder: string): Promise<void> {
  const entries = await readdir(folder, { recursive: true, withFileTypes: true });
  for (const entry of entries) {
    if (!entry.isSymbolicLink()) continue;
    const link = join(entry.parentPath, entry.name);
    const target = await realpath(link).catch(() => undefined);
    const way = target === undefined ? '..' : relative(folder, target);
    if (way.startsWith('..') || isAbsolute(way)) refuse(`${relative(folder, link)} is a link that leaves the folder.`);
  }
}

function refuse(what: string): never {
  throw new Problem('build_failed', `${what} ${ORIGIN_RULE}`);
}

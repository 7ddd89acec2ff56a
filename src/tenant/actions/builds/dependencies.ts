import { createHash, randomUUID } from 'node:crypto';
import { access, mkdir, rename, rm, writeFile } from 'node:fs/promises';
import { join } from 'node:path';
import { Problem } from '../../../problem/problem.ts';
import type { ActionDependency } from '../../store/records/actions/action-repository.ts';
import { isExact } from './dependency-specification.ts';
import { nativeModules } from './native-modules.ts';
import { runNpm } from './npm-command.ts';
import { assertFromRegistry, ORIGIN_RULE, REGISTRY_ALONE } from './package-origin.ts';

/** Packages of Actions, installed from the npm registry, in folders shared by content. */
export interface Dependencies {
  /**
   * Returns exact versions for the requested ones: ranges, tags and `latest` as the registry resolves them now.
   *
   * @throws Problem `build_failed` with npm's reason
   */
  resolve(asked: readonly ActionDependency[]): Promise<ActionDependency[]>;
  /**
   * Returns the folder in which the packages (exact versions) are installed; `undefined` for none. Cached packages need no
   * network.
   *
   * @throws Problem `build_failed` with npm's reason, or naming the package that needs a compiler
   */
  install(exact: readonly ActionDependency[]): Promise<string | undefined>;
  /** Stops npm; waiting callers get an error. */
  stop(): void;
}

const INSTALL_LIMIT = 180_000;
const RESOLVE_LIMIT = 60_000;
/** A file that marks a folder as complete, and lists its content. */
const MARK = 'installed.json';

/**
 * @param cache folder that stores the installed packages; created when it is first needed
 *
 * @example
 * const dependencies = openDependencies('/data/packages');
 * const exact = await dependencies.resolve([{ name: 'is-number', version: 'latest' }]);
 * const folder = await dependencies.install(exact);
 */
export function openDependencies(cache: string, environment: NodeJS.ProcessEnv = process.env): Dependencies {
  const installing = new Map<string, Promise<string>>();
  const stopping = new AbortController();
  const npm: NpmSettings = { signal: stopping.signal, environment };
  return {
    async resolve(asked) {
      return Promise.all(asked.map((one) => (isExact(one) ? one : resolveOne(cache, one, npm))));
    },

    async install(exact) {
      if (exact.length === 0) return undefined;
      const list = [...exact].sort((a, b) => (a.name < b.name ? -1 : 1));
      const folder = join(cache, keyOf(list));
      const running = installing.get(folder);
      if (running !== undefined) return running;
      const install = installInto(cache, folder, list, npm).finally(() => installing.delete(folder));
      installing.set(folder, install);
      return install;
    },

    stop() {
      stopping.abort();
    },
  };
}

/**
 * Returns exact versions for ranges, tags and `latest`, as Auth0 does when an Action is saved. If the registry does not answer,
 * they are not changed: the build will report it.
 */
export async function resolveIfPossible(
  dependencies: Dependencies,
  asked: readonly ActionDependency[],
): Promise<ActionDependency[]> {
  if (asked.every(isExact)) return [...asked];
  return dependencies.resolve(asked).catch(() => [...asked]);
}

function keyOf(list: readonly ActionDependency[]): string {
  const content = list.map(({ name, version }) => `${name}@${version}`).join('\n');
  return createHash('sha256').update(content).digest('hex').slice(0, 32);
}

/** Settings of every run of npm. */
interface NpmSettings {
  readonly signal: AbortSignal;
  readonly environment: NodeJS.ProcessEnv;
}

async function installInto(
  cache: string,
  folder: string,
  list: readonly ActionDependency[],
  npm: NpmSettings,
): Promise<string> {
  if (await isWhole(folder)) return folder;
  await mkdir(cache, { recursive: true });
  const draft = join(cache, `installing-${randomUUID()}`);
  await mkdir(draft);
  try {
    const dependencies = Object.fromEntries(list.map(({ name, version }) => [name, version]));
    await writeFile(join(draft, 'package.json'), JSON.stringify({ private: true, dependencies }));
    await runNpm(
      ['install', ...REGISTRY_ALONE, '--no-audit', '--no-fund', '--omit=dev', '--no-progress', '--loglevel=error'],
      { folder: draft, timeout: INSTALL_LIMIT, ...npm },
    );
    await assertFromRegistry(draft);
    const native = await nativeModules(draft);
    if (native.length > 0) {
      throw new Problem(
        'build_failed',
        `${native.join(', ')} needs a compiler to install. Actions run no native modules: choose a package in plain JavaScript.`,
      );
    }
    await writeFile(join(draft, MARK), JSON.stringify(list));
    await putInPlace(draft, folder);
    return folder;
  } catch (error) {
    throw asBuildError(error, list.map(({ name, version }) => `${name}@${version}`).join(', '));
  } finally {
    await rm(draft, { recursive: true, force: true });
  }
}

/** Whether an earlier installation is there and complete. Otherwise it is removed: it was made by hand, or before today's checks. */
async function isWhole(folder: string): Promise<boolean> {
  if (!(await exists(join(folder, MARK)))) return false;
  try {
    await assertFromRegistry(folder);
    return true;
  } catch {
    await rm(folder, { recursive: true, force: true });
    return false;
  }
}

/** Moves a finished installation into place. Another tenant may have installed the same; an incomplete folder is replaced. */
async function putInPlace(draft: string, folder: string): Promise<void> {
  try {
    await rename(draft, folder);
  } catch (error) {
    if (await exists(join(folder, MARK))) return;
    if (!(await exists(folder))) throw error;
    await rm(folder, { recursive: true, force: true });
    await rename(draft, folder);
  }
}

async function resolveOne(cache: string, asked: ActionDependency, npm: NpmSettings): Promise<ActionDependency> {
  await mkdir(cache, { recursive: true });
  const specification = `${asked.name}@${asked.version}`;
  try {
    const output = await runNpm(['view', '--json', '--loglevel=error', '--', specification, 'version'], {
      folder: cache,
      timeout: RESOLVE_LIMIT,
      ...npm,
    });
    const found: unknown = output.trim() === '' ? undefined : JSON.parse(output);
    // npm returns every version in a range, the highest last.
    const version: unknown = Array.isArray(found) ? found.at(-1) : found;
    if (typeof version !== 'string')
      throw new Problem('npm_failed', `No version of ${asked.name} fits "${asked.version}".`);
    return { ...asked, version };
  } catch (error) {
    throw asBuildError(error, specification);
  }
}

function asBuildError(error: unknown, what: string): Problem {
  if (error instanceof Problem && error.code === 'build_failed') return error;
  const reason = error instanceof Error ? error.message : String(error);
  // npm does not name the package.
  const [refused, kind = 'link'] = /\bEALLOW([A-Z]+)|\bEUNSUPPORTEDPROTOCOL/.exec(reason) ?? [];
  const message =
    refused === undefined
      ? `Installing ${what} failed. ${reason}`
      : `Installing ${what} was refused: it, or a package that it asks for, names a ${kind.toLowerCase()} in place of a version. ${ORIGIN_RULE}`;
  return new Problem('build_failed', message, undefined, { cause: error });
}

async function exists(path: string): Promise<boolean> {
  return access(path).then(
    () => true,
    () => false,
  );
}

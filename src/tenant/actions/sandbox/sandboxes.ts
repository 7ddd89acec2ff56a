import { mkdir, realpath } from 'node:fs/promises';
import { join } from 'node:path';
import { onProcessExit } from '../../store/process-exit.ts';
import type { ActionVersionRecord } from '../../store/records/actions/action-repository.ts';
import type { Runtime } from '../builds/runtimes.ts';
import type { UsedModule } from '../library/module-references.ts';
import type { ProgramPart, SandboxHost, SandboxProgram } from './sandbox-command.ts';
import type { PoolLimits, PoolReport, SandboxPool } from './sandbox-pool.ts';
import type { SandboxProcess } from './sandbox-process.ts';
import type { SandboxReport, SandboxRun } from './sandbox-run.ts';

/** The frozen content that a sandbox is made from. */
export type SandboxVersion = Pick<
  ActionVersionRecord,
  'id' | 'code' | 'runtime' | 'dependencies' | 'secrets' | 'modules'
>;

export interface SandboxesOptions {
  readonly workFolder: string;
  readonly caFile?: string;
  readonly limits: PoolLimits;
  /** Returns the folder of installed packages; `undefined` for none. Rejects with npm's reason. */
  readonly install: (dependencies: SandboxVersion['dependencies']) => Promise<string | undefined>;
  /** Returns the Node.js of a runtime. Rejects with the reason if it is not available. */
  readonly runtime: (name: string) => Promise<Runtime>;
  /** Returns the modules of a version. Throws if one has been deleted. */
  readonly modulesOf: (version: SandboxVersion) => readonly UsedModule[];
}

const HEAP_LIMIT = 256;
const MEMORY_LIMIT = 512;
/** Milliseconds for which a version stays bound before a process starts ahead of its first run: many are replaced at once. */
const SETTLED = 1000;

/** Every sandbox of a tenant: one pool for each deployed version. */
export class Sandboxes {
  readonly #options: SandboxesOptions;
  /** Prepared for the first sandbox: a tenant whose Actions do not run does not wait for it. */
  #host: Promise<SandboxHost> | undefined;
  readonly #pools = new Map<string, Promise<SandboxPool>>();
  readonly #started = new Set<SandboxPool>();
  readonly #single = new Set<SandboxProcess>();
  /** Versions whose first process starts soon. */
  readonly #settling = new Map<string, { readonly timer: NodeJS.Timeout; readonly start: () => void }>();
  readonly #killAll = (): void => {
    for (const pool of this.#started) pool.kill();
    for (const sandbox of this.#single) sandbox.kill();
  };
  readonly #withdraw: () => void;
  #closed = false;

  constructor(options: SandboxesOptions) {
    this.#options = options;
    // A sandbox in an endless loop never sees its pipe close: it must not outlive the tenant.
    this.#withdraw = onProcessExit(this.#killAll);
  }

  /** Runs a handler of a deployed version. Rejects only if no sandbox can be created. */
  async execute(version: SandboxVersion, run: SandboxRun): Promise<PoolReport> {
    const pool = await this.#pool(version);
    return pool.execute(run);
  }

  /** Runs a handler once, in a process of its own that is ended afterwards. */
  async executeOnce(version: SandboxVersion, run: SandboxRun): Promise<SandboxReport & { bootDuration: number }> {
    const began = performance.now();
    const { SandboxProcess } = await import('./sandbox-process.ts');
    const sandbox = new SandboxProcess(await this.#program(version), await this.#prepared(), (finished) =>
      this.#single.delete(finished),
    );
    this.#single.add(sandbox);
    await sandbox.ready();
    const bootDuration = performance.now() - began;
    const report = await sandbox.execute(run);
    sandbox.finish();
    return { ...report, bootDuration };
  }

  /** Starts a process for a version ahead of its first run, unless it is retired at once. That run reports problems. */
  prewarm(version: SandboxVersion): void {
    if (this.#closed || this.#settling.has(version.id)) return;
    const start = () => {
      this.#cancelPrewarm(version.id);
      this.#pool(version)
        .then((pool) => pool.prewarm())
        .catch(() => {});
    };
    this.#settling.set(version.id, { timer: setTimeout(start, SETTLED).unref(), start });
  }

  #cancelPrewarm(versionId: string): void {
    clearTimeout(this.#settling.get(versionId)?.timer);
    this.#settling.delete(versionId);
  }

  /** Starts the processes that were requested earlier, and resolves when none is starting. */
  async warm(): Promise<void> {
    for (const { start } of [...this.#settling.values()]) start();
    await Promise.allSettled(this.#pools.values());
    await Promise.all([...this.#started].map((pool) => pool.warm()));
  }

  /** Retires a version that is no longer deployed: its processes finish their runs. */
  retire(versionId: string): void {
    this.#cancelPrewarm(versionId);
    const pool = this.#pools.get(versionId);
    this.#pools.delete(versionId);
    pool?.then(
      async (one) => {
        one.finish();
        await one.ended();
        this.#started.delete(one);
      },
      () => {},
    );
  }

  /** Process ids of every sandbox. */
  get pids(): number[] {
    return [...this.#started].flatMap((pool) => pool.pids);
  }

  /** Ends every process. */
  async close(): Promise<void> {
    this.#closed = true;
    for (const versionId of [...this.#settling.keys()]) this.#cancelPrewarm(versionId);
    this.#withdraw();
    await Promise.allSettled([this.#host, ...this.#pools.values()]);
    const single = [...this.#single].map((sandbox) => sandbox.ended());
    const pooled = [...this.#started].map((pool) => pool.ended());
    this.#killAll();
    await Promise.all([...single, ...pooled]);
    this.#pools.clear();
  }

  #pool(version: SandboxVersion): Promise<SandboxPool> {
    const known = this.#pools.get(version.id);
    if (known !== undefined) return known;
    const pool = this.#makePool(version);
    this.#pools.set(version.id, pool);
    // The next run tries again: a registry that did not answer may be back.
    pool.catch(() => this.#pools.delete(version.id));
    return pool;
  }

  async #makePool(version: SandboxVersion): Promise<SandboxPool> {
    const program = await this.#program(version);
    const host = await this.#prepared();
    const { SandboxPool } = await import('./sandbox-pool.ts');
    if (this.#closed) throw new Error('The tenant is stopping.');
    const pool = new SandboxPool(program, host, this.#options.limits);
    this.#started.add(pool);
    return pool;
  }

  async #program(version: SandboxVersion): Promise<SandboxProgram> {
    const modules = this.#options.modulesOf(version);
    return {
      ...(await this.#part(version)),
      runtime: await this.#options.runtime(version.runtime),
      modules: await Promise.all(modules.map(async (module) => ({ name: module.name, ...(await this.#part(module)) }))),
    };
  }

  async #part({ code, dependencies, secrets }: Omit<UsedModule, 'name'>): Promise<ProgramPart> {
    const folder = await this.#options.install(dependencies);
    return {
      code,
      dependencyFolder: folder === undefined ? undefined : await realpath(folder),
      dependencies: dependencies.map(({ name }) => name),
      secrets: Object.fromEntries(secrets.map(({ name, value }) => [name, value])),
    };
  }

  #prepared(): Promise<SandboxHost> {
    this.#host ??= this.#prepare().catch((error: unknown) => {
      // The next run tries again: a full disk may have room then.
      this.#host = undefined;
      throw error;
    });
    return this.#host;
  }

  async #prepare(): Promise<SandboxHost> {
    const { bundleHarness } = await import('./harness-bundle.ts');
    const { workFolder, caFile } = this.#options;
    await mkdir(join(workFolder, 'empty'), { recursive: true });
    // The permission model compares real paths.
    const folder = await realpath(workFolder);
    return {
      harness: await bundleHarness(folder),
      emptyFolder: join(folder, 'empty'),
      heapLimit: HEAP_LIMIT,
      memoryLimit: MEMORY_LIMIT,
      ...(caFile === undefined ? {} : { caFile }),
    };
  }
}

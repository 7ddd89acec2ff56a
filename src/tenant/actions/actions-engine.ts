import { join } from 'node:path';
import type { TenantLog } from '../logs/tenant-log.ts';
import { runtimeCacheFolder } from '../store/data-folder.ts';
import type { ExecutionRecord } from '../store/records/actions/execution-repository.ts';
import type { Store } from '../store/store.ts';
import { createActionBuilds } from './builds/action-builds.ts';
import { openDependencies } from './builds/dependencies.ts';
import { openRuntimes } from './builds/runtimes.ts';
import { type ActionLifecycle, createActionLifecycle } from './library/action-lifecycle.ts';
import { usedModules } from './library/module-references.ts';
import { HANDLERS } from './library/published-triggers.ts';
import type { LoopbackGeoip } from './loopback-geoip-schema.ts';
import type { PostLoginTrigger } from './run/login-transaction.ts';
import { createTriggerCache } from './run/trigger-cache.ts';
import { Sandboxes } from './sandbox/sandboxes.ts';
import { createLoginReplay, type ReplayLogin } from './triggers/login-replay.ts';
import { createPostLoginTrigger } from './triggers/post-login-trigger.ts';
import { createSideTriggers, type SideTriggers } from './triggers/side-triggers.ts';

export interface ActionsEngineOptions {
  readonly store: Store;
  readonly log: TenantLog;
  /** `event.tenant.id`. */
  readonly tenantName: string;
  /** Folder for installed npm packages; can be shared by tenants. */
  readonly dependencyCache: string;
  /** Folder for the Node.js of each runtime; by default the one that all tenants of this user share. */
  readonly runtimeCache?: string;
  /** Whether Actions run on the Node.js that runs this process, regardless of their runtime. */
  readonly ownNode?: boolean;
  /** Whether Actions that name `node18` run on Node.js 18 itself. */
  readonly node18?: boolean;
  /** Variables for npm. By default those of this process. */
  readonly environment?: NodeJS.ProcessEnv;
  /** Folder for the engine's own files. */
  readonly workFolder: string;
  /** PEM of a certificate authority that Actions trust in addition to the public ones. */
  readonly caFile?: string;
  /** The location of this machine: `event.request.geoip` of requests from it. */
  readonly loopbackGeoip?: LoopbackGeoip;
  /** Milliseconds that all Actions of a login may take together; Auth0 allows 20 s, and again 20 s after a redirect. */
  readonly timeoutMs?: number;
  /** Processes of one version; further simultaneous logins wait. */
  readonly poolSize?: number;
  /** Logins that may wait for a process of one version; the next fails as Auth0's concurrency limit does. */
  readonly queueSize?: number;
  /** Milliseconds after which an unused process ends. */
  readonly idleMs?: number;
}

/** Actions of a tenant: created, built, deployed, bound, and run in logins. */
export interface ActionsEngine {
  readonly lifecycle: ActionLifecycle;
  readonly postLogin: PostLoginTrigger;
  readonly sideTriggers: SideTriggers;
  /** Runs the Actions of post-login for a login that was. */
  readonly replay: ReplayLogin;
  /** Called with every execution as it is stored. Returns a function that stops listening. */
  onExecution(listener: (execution: ExecutionRecord) => void): () => void;
  /** Resolves when nothing is being built. */
  ready(): Promise<void>;
  /** Resolves when nothing is being built, and the Actions that no request waits for have ended. */
  settled(): Promise<void>;
  /** Forgets what Actions keep in `api.cache`. */
  clearCaches(): void;
  /** Resolves when the processes that were started ahead of a login are ready. */
  warm(): Promise<void>;
  /** Process ids of the sandboxes. */
  sandboxPids(): number[];
  /** Ends every sandbox. Call it before the store closes. */
  close(): Promise<void>;
}

const DEFAULT_TIMEOUT = 20_000;
const DEFAULT_POOL = 4;
const DEFAULT_QUEUE = 250;
const DEFAULT_IDLE = 10 * 60 * 1000;
const RETENTION_DAYS = 10;
const SWEEP_INTERVAL = 60 * 60 * 1000;

/**
 * Starts the engine over a tenant's store. Builds that were interrupted when the tenant stopped are resumed, and bound
 * Actions are warmed up.
 *
 * @example
 * const engine = startActionsEngine({ store, log, tenantName: 'dev', dependencyCache, workFolder });
 * const outcome = await engine.postLogin.run(transaction);
 * await engine.close();
 */
export function startActionsEngine(options: ActionsEngineOptions): ActionsEngine {
  const { store, log, tenantName, loopbackGeoip, timeoutMs = DEFAULT_TIMEOUT } = options;
  const environment = options.environment ?? process.env;
  const dependencies = openDependencies(options.dependencyCache, environment);
  const runtimes = openRuntimes({
    cache: options.runtimeCache ?? runtimeCacheFolder(environment),
    ownNode: options.ownNode ?? false,
    node18: options.node18 ?? false,
    environment,
  });
  const sandboxes = new Sandboxes({
    workFolder: join(options.workFolder, 'sandbox'),
    install: (list) => dependencies.install(list),
    runtime: (name) => runtimes.find(name),
    modulesOf: (version) => usedModules(store, version),
    limits: {
      size: options.poolSize ?? DEFAULT_POOL,
      queue: options.queueSize ?? DEFAULT_QUEUE,
      idleFor: options.idleMs ?? DEFAULT_IDLE,
    },
    ...(options.caFile === undefined ? {} : { caFile: options.caFile }),
  });
  /** Starts a process ahead, so that the first login does not wait for one. */
  const prewarmIfBound = (actionId: string): void => {
    const versionId = store.actions.find(actionId)?.deployed_version_id;
    const version = versionId === undefined ? undefined : store.actions.findVersion(versionId);
    if (version?.status === 'built' && store.bindings.listByAction(actionId).length > 0) sandboxes.prewarm(version);
  };
  const builds = createActionBuilds(store, { dependencies, runtimes }, prewarmIfBound);
  const lifecycle = createActionLifecycle({ store, builds, dependencies, sandboxes, timeoutMs, prewarmIfBound });
  const listeners = new Set<(execution: ExecutionRecord) => void>();
  const tell = (execution: ExecutionRecord): void => {
    for (const listener of listeners) {
      try {
        listener(execution);
      } catch (error) {
        // An error of a listener never affects the login.
        process.emitWarning(error instanceof Error ? error : String(error));
      }
    }
  };
  const loginCache = createTriggerCache();
  const ofLogins = { store, builds, sandboxes, tenantName, loopbackGeoip, timeoutMs, cache: loginCache };
  const postLogin = createPostLoginTrigger({ ...ofLogins, log, onExecution: tell });
  const caches = new Map<string, ReturnType<typeof createTriggerCache>>();
  const cacheOf = (trigger: string) => {
    const cache = caches.get(trigger) ?? createTriggerCache();
    caches.set(trigger, cache);
    return cache;
  };
  const sideTriggers = createSideTriggers({
    store,
    log,
    builds,
    sandboxes,
    tenantName,
    loopbackGeoip,
    timeoutMs,
    cacheOf,
    onExecution: tell,
  });
  const sweep = setInterval(() => forgetOldExecutions(store), SWEEP_INTERVAL);
  sweep.unref();

  forgetOldExecutions(store);
  builds.resumeInterrupted();
  for (const trigger of Object.keys(HANDLERS)) {
    for (const { action_id } of store.bindings.list(trigger)) prewarmIfBound(action_id);
  }

  return {
    lifecycle,
    postLogin,
    sideTriggers,
    replay: createLoginReplay(ofLogins),
    onExecution(listener) {
      listeners.add(listener);
      return () => listeners.delete(listener);
    },
    ready: () => builds.allSettled(),
    async settled() {
      await Promise.all([builds.allSettled(), sideTriggers.settled()]);
    },
    clearCaches() {
      for (const cache of [loginCache, ...caches.values()]) cache.clear();
    },
    warm: () => sandboxes.warm(),
    sandboxPids: () => sandboxes.pids,
    async close() {
      clearInterval(sweep);
      builds.stop();
      dependencies.stop();
      runtimes.stop();
      await Promise.all([sandboxes.close(), builds.allSettled(), sideTriggers.settled()]);
    },
  };
}

function forgetOldExecutions(store: Store): void {
  store.executions.removeBefore(new Date(Date.now() - RETENTION_DAYS * 24 * 60 * 60 * 1000).toISOString());
}

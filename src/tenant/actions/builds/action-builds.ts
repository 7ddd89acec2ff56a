import { setTimeout } from 'node:timers/promises';
import { compileFunction } from 'node:vm';
import type {
  ActionDependency,
  ActionRecord,
  ActionVersionRecord,
  BuildStatus,
} from '../../store/records/actions/action-repository.ts';
import type { Store } from '../../store/store.ts';
import { actionTime } from '../library/action-time.ts';
import { usedModules } from '../library/module-references.ts';
import type { Dependencies } from './dependencies.ts';
import type { Runtimes } from './runtimes.ts';

/** Turns drafts into something that runs: pending -> building -> built or failed. */
export interface ActionBuilds {
  /** Begins to build the draft as it is now; what is being built of an earlier one no longer counts. */
  start(actionId: string): void;
  /** Whether the Action is being built. */
  isRunning(actionId: string): boolean;
  /** Resolves when nothing of the Action is being built. */
  settled(actionId: string): Promise<void>;
  /** Resolves when nothing at all is being built. */
  allSettled(): Promise<void>;
  /** Takes up what was being built when the tenant stopped. */
  takeUpInterrupted(): void;
  /** What is still being built is left for the next start. */
  stop(): void;
}

/**
 * Milliseconds. Auth0 takes a second or two; a cache that answers at once would hide from a client that it has to wait.
 */
const SHORTEST_INSTALL = 300;

const UNFINISHED: readonly BuildStatus[] = ['pending', 'building', 'packaged', 'retrying'];

/** @param built is told of every Action that was built */
export function createActionBuilds(
  store: Store,
  { dependencies, runtimes }: { readonly dependencies: Dependencies; readonly runtimes: Runtimes },
  built: (actionId: string) => void,
): ActionBuilds {
  /** The last build of each Action. */
  const running = new Map<string, Promise<void>>();
  let stopped = false;

  async function build(actionId: string, isLatest: () => boolean): Promise<void> {
    // The answer to the request that started it still says "pending", as Auth0's does.
    await new Promise((resolve) => setImmediate(resolve));
    const draft = isLatest() ? store.actions.find(actionId) : undefined;
    if (draft === undefined) return;
    save(draft, { status: 'building', build_errors: [] });
    let outcome: Partial<ActionRecord>;
    try {
      checkSyntax(draft.code);
      const [exact] = await Promise.all([
        installed(draft.dependencies),
        installModules(draft),
        runtimes.find(draft.runtime),
        draft.dependencies.length > 0 ? setTimeout(SHORTEST_INSTALL) : undefined,
      ]);
      outcome = { status: 'built', dependencies: exact, built_at: actionTime() };
    } catch (error) {
      const msg = error instanceof Error ? error.message : String(error);
      outcome = { status: 'failed', build_errors: [{ id: 'build_failed', msg }] };
    }
    // Meanwhile it may have been changed again, removed, or the tenant stopped.
    const present = isLatest() ? store.actions.find(actionId) : undefined;
    if (present === undefined) return;
    save(present, outcome);
    if (outcome.status === 'built') built(actionId);
  }

  async function installed(given: readonly ActionDependency[]): Promise<ActionDependency[]> {
    const exact = (await dependencies.resolve(given)).map(({ name, version }) => ({ name, version }));
    await dependencies.install(exact);
    return exact;
  }

  async function installModules(draft: ActionRecord): Promise<void> {
    for (const { name, code, dependencies: given } of usedModules(store, draft)) {
      try {
        checkSyntax(code);
        await dependencies.install(given);
      } catch (error) {
        const reason = error instanceof Error ? error.message : String(error);
        throw new Error(`The module "${name}" cannot be used. ${reason}`, { cause: error });
      }
    }
  }

  function save(draft: ActionRecord, outcome: Partial<ActionRecord>): void {
    store.transaction(() => {
      const version = versionOf(draft);
      const { deployed_version_id: deployed, ...rest } = { ...draft, ...outcome, updated_at: actionTime() };
      if (version !== undefined && outcome.status === 'failed') {
        // What cannot be built is not deployed.
        store.actions.update({ ...rest, all_changes_deployed: false });
        store.actions.removeVersion(version.id);
      } else {
        store.actions.update(deployed === undefined ? rest : { ...rest, deployed_version_id: deployed });
        if (version !== undefined) saveVersion(version, outcome);
      }
    });
  }

  /** An Action that was deployed as it was made shares the build of its draft. */
  function versionOf(draft: ActionRecord): ActionVersionRecord | undefined {
    const version =
      draft.deployed_version_id === undefined ? undefined : store.actions.findVersion(draft.deployed_version_id);
    const isShared = version !== undefined && UNFINISHED.includes(version.status) && draft.all_changes_deployed;
    return isShared ? version : undefined;
  }

  function saveVersion(version: ActionVersionRecord, outcome: Partial<ActionRecord>): void {
    const { status = version.status, built_at, dependencies: exact = version.dependencies } = outcome;
    store.actions.updateVersion({
      ...version,
      status,
      dependencies: exact,
      updated_at: actionTime(),
      ...(built_at === undefined ? {} : { built_at }),
    });
  }

  function start(actionId: string): void {
    const work: Promise<void> = build(actionId, () => running.get(actionId) === work && !stopped)
      // A store that has closed is no place to report to; the build is taken up at the next start.
      .catch(() => {})
      .finally(() => {
        if (running.get(actionId) === work) running.delete(actionId);
      });
    running.set(actionId, work);
  }

  return {
    start,
    isRunning: (actionId) => running.has(actionId),
    async settled(actionId) {
      for (let work = running.get(actionId); work !== undefined; work = running.get(actionId)) await work;
    },
    async allSettled() {
      while (running.size > 0) await Promise.all(running.values());
    },
    takeUpInterrupted() {
      const { rows } = store.actions.list({}, { page: 0, perPage: 1000 });
      for (const action of rows) if (UNFINISHED.includes(action.status)) start(action.id);
    },
    stop() {
      stopped = true;
    },
  };
}

/** The code as the CommonJS module that it will be. Parsing runs nothing of it. */
function checkSyntax(code: string): void {
  try {
    compileFunction(code, ['module', 'exports', 'require', 'console'], { filename: 'action.js' });
  } catch (error) {
    if (!(error instanceof Error)) throw error;
    const line = /^action\.js:(\d+)/.exec(error.stack ?? '')?.[1];
    throw new Error(`${error.name}: ${error.message}${line === undefined ? '' : ` (line ${line})`}`);
  }
}

import { setTimeout } from 'node:timers/promises';
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

/** Builds drafts so that they can run: pending -> building -> built or failed. */
export interface ActionBuilds {
  /** Starts to build the draft as it is now; an earlier build of it no longer counts. */
  start(actionId: string): void;
  /** Whether the Action is being built. */
  isRunning(actionId: string): boolean;
  /** Resolves when no build of the Action is running. */
  settled(actionId: string): Promise<void>;
  /** Resolves when no build is running. */
  allSettled(): Promise<void>;
  /** Resumes builds that were interrupted when the tenant stopped. */
  resumeInterrupted(): void;
  /** Leaves running builds for the next start. */
  stop(): void;
}

/**
 * Milliseconds. Auth0 needs a second or two; a cache that answers at once would hide from a client that it has to wait.
 */
const SHORTEST_INSTALL = 300;

const UNFINISHED: readonly BuildStatus[] = ['pending', 'building', 'packaged', 'retrying'];

/** @param built is called with every Action that was built */
export function createActionBuilds(
  store: Store,
  { dependencies, runtimes }: { readonly dependencies: Dependencies; readonly runtimes: Runtimes },
  built: (actionId: string) => void,
): ActionBuilds {
  /** The last build of each Action. */
  const running = new Map<string, Promise<void>>();
  let stopped = false;

  async function build(actionId: string, isLatest: () => boolean): Promise<void> {
    // The response to the request that started it still says "pending", as Auth0's does.
    await new Promise((resolve) => setImmediate(resolve));
    const draft = isLatest() ? store.actions.find(actionId) : undefined;
    if (draft === undefined) return;
    save(draft, { status: 'building', build_errors: [] });
    let outcome: Partial<ActionRecord>;
    try {
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
    // In the meantime it may have been changed again or removed, or the tenant may have stopped.
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
    for (const { name, dependencies: given } of usedModules(store, draft)) {
      try {
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
        // A version that cannot be built is not deployed.
        store.actions.update({ ...rest, all_changes_deployed: false });
        store.actions.removeVersion(version.id);
      } else {
        store.actions.update(deployed === undefined ? rest : { ...rest, deployed_version_id: deployed });
        if (version !== undefined) saveVersion(version, outcome);
      }
    });
  }

  /** Finds the version of an Action that was deployed at creation: it shares the build of its draft. */
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
      // A closed store cannot record the result; the build is resumed at the next start.
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
    resumeInterrupted() {
      const { rows } = store.actions.list({}, { page: 0, perPage: 1000 });
      for (const action of rows) if (UNFINISHED.includes(action.status)) start(action.id);
    },
    stop() {
      stopped = true;
    },
  };
}

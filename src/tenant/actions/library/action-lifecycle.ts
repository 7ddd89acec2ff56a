import { randomUUID } from 'node:crypto';
import { isDeepStrictEqual } from 'node:util';
import { Problem } from '../../../problem/problem.ts';
import type { JsonObject } from '../../store/json-value.ts';
import type {
  ActionRecord,
  ActionTriggerReference,
  ActionVersionRecord,
} from '../../store/records/actions/action-repository.ts';
import type { BindingRecord } from '../../store/records/actions/binding-repository.ts';
import type { Store } from '../../store/store.ts';
import type { ActionBuilds } from '../builds/action-builds.ts';
import { type Dependencies, resolveIfPossible } from '../builds/dependencies.ts';
import type { DependencyInput } from '../builds/dependency-specification.ts';
import type { Sandboxes } from '../sandbox/sandboxes.ts';
import {
  ACTION_LIMITS,
  checkedCode,
  checkedDependencies,
  checkedName,
  checkedRuntime,
  checkedSecrets,
  checkedTriggers,
  type SecretInput,
} from './action-input.ts';
import { actionTime } from './action-time.ts';
import { type BindingRequest, bindTrigger } from './bindings.ts';
import { delayRepeatedPolls } from './build-polling.ts';
import { testDraft } from './draft-test.ts';
import { createModuleLifecycle, type ModuleLifecycle } from './module-lifecycle.ts';
import { type ModuleReferenceInput, pinnedModules, usedModules } from './module-references.ts';
import { DEFAULT_RUNTIME } from './published-triggers.ts';
import { draftOf, dropOldVersions, insertVersion } from './version-lifecycle.ts';

/** The parts of an Action. */
export interface ActionInput {
  readonly name: string;
  readonly supported_triggers: readonly Partial<ActionTriggerReference>[];
  readonly code?: string;
  readonly dependencies?: readonly DependencyInput[];
  readonly runtime?: string;
  /** In an update, a secret without a value keeps its earlier value. */
  readonly secrets?: readonly SecretInput[];
  readonly modules?: readonly ModuleReferenceInput[];
  /** Deploys the first version as soon as it is built. */
  readonly deploy?: boolean;
}

/**
 * Actions from draft to deployed. Source: Auth0's documentation, "Write Your First Action" and "Manage Versions", and the
 * Management API's Actions section. Every method throws (or rejects with) `Problem`.
 */
export interface ActionLifecycle {
  /** The modules that Actions share. */
  readonly modules: ModuleLifecycle;
  /** Resolves when the state of an Action may be returned: at once, except for clients that poll it during a build. */
  readonly watched: (id: string) => Promise<void>;
  /** Creates a draft and starts its build: the response says `pending`. Errors `name_taken`, `too_many`, `too_large`, `invalid`, `unknown_trigger`. */
  create(input: ActionInput): Promise<ActionRecord>;
  /** Changes a draft and builds it again. Errors `not_found` and those of `create`. */
  update(id: string, patch: Partial<Omit<ActionInput, 'deploy'>>): Promise<ActionRecord>;
  /** Freezes the draft as a new version, which later logins run. Errors `not_found`, `not_built`. */
  deploy(id: string): ActionVersionRecord;
  /** Deploys the content of an earlier version as a new one. Errors `not_found`, `not_built`. */
  redeploy(actionId: string, versionId: string, options?: { readonly updateDraft?: boolean }): ActionVersionRecord;
  /** Errors `not_found`; `bound` if a trigger runs it, unless `force`. */
  remove(id: string, options: { readonly force: boolean }): void;
  /** Replaces the whole ordered list of a trigger. Errors `unknown_trigger`, `not_found`, `not_deployed`, `too_many`, `invalid`. */
  bind(triggerId: string, bindings: readonly BindingRequest[]): BindingRecord[];
  /** Runs the draft once against `payload.event`, without any effects. Errors `not_found`, `not_built`, `invalid`. */
  test(id: string, payload: JsonObject): Promise<JsonObject>;
}

export interface ActionLifecycleOptions {
  readonly store: Store;
  readonly builds: ActionBuilds;
  readonly dependencies: Dependencies;
  readonly sandboxes: Sandboxes;
  readonly prewarmIfBound: (actionId: string) => void;
  /** Milliseconds that a test of a draft may take. */
  readonly timeoutMs: number;
}

/** The parts of an Action that need a new build when they change. */
const BUILT_FROM = ['code', 'dependencies', 'runtime', 'secrets', 'modules', 'supported_triggers'] as const;

/**
 * @example
 * const action = await lifecycle.create({ name: 'greet', supported_triggers: [{ id: 'post-login' }], code });
 * await builds.settled(action.id);
 * lifecycle.deploy(action.id);
 * lifecycle.bind('post-login', [{ ref: { type: 'action_id', value: action.id } }]);
 */
export function createActionLifecycle(options: ActionLifecycleOptions): ActionLifecycle {
  const { store, builds, sandboxes } = options;

  function found(id: string): ActionRecord {
    const action = store.actions.find(id);
    if (action === undefined) throw new Problem('not_found', 'That action does not exist.');
    return action;
  }

  function assertNameFree(name: string, exceptId?: string): void {
    const holder = store.actions.findByName(name);
    if (holder !== undefined && holder.id !== exceptId) {
      throw new Problem('name_taken', `An action named "${name}" exists already.`);
    }
  }

  /** Later logins run the new version; runs of the old one continue to their end. */
  function switchTo(action: ActionRecord, version: ActionVersionRecord): void {
    const before = action.deployed_version_id;
    const after = { ...action, deployed_version_id: version.id, updated_at: actionTime() };
    store.actions.update(after);
    dropOldVersions(store, after);
    if (before !== undefined) sandboxes.retire(before);
    options.prewarmIfBound(action.id);
  }

  return {
    modules: createModuleLifecycle(store, options.dependencies),
    watched: delayRepeatedPolls(builds),

    async create(input) {
      const now = actionTime();
      const name = checkedName(input.name);
      const content = {
        supported_triggers: checkedTriggers(input.supported_triggers),
        code: checkedCode(input.code ?? ''),
        runtime: checkedRuntime(input.runtime ?? DEFAULT_RUNTIME),
        secrets: checkedSecrets(input.secrets ?? [], [], now),
      };
      const dependencies = await resolveIfPossible(options.dependencies, checkedDependencies(input.dependencies ?? []));
      return store.transaction(() => {
        assertNameFree(name);
        if (store.actions.list({}, { page: 0, perPage: 1 }).total >= ACTION_LIMITS.actions) {
          throw new Problem('too_many', `A tenant has at most ${ACTION_LIMITS.actions} actions.`);
        }
        const draft: ActionRecord = {
          id: randomUUID(),
          name,
          ...content,
          dependencies,
          ...(input.modules === undefined ? {} : { modules: pinnedModules(store, input.modules) }),
          status: 'pending',
          build_errors: [],
          all_changes_deployed: false,
          created_at: now,
          updated_at: now,
        };
        store.actions.insert(draft);
        if (input.deploy === true) {
          const version = insertVersion(store, { ...draft, action_id: draft.id }, 'pending');
          draft.deployed_version_id = version.id;
          draft.all_changes_deployed = true;
          store.actions.update(draft);
        }
        builds.start(draft.id);
        return draft;
      });
    },

    async update(id, patch) {
      // A version that was deployed at creation shares the build of the draft, which must finish first.
      const deployedId = found(id).deployed_version_id;
      const deployed = deployedId === undefined ? undefined : store.actions.findVersion(deployedId);
      if (deployed !== undefined && deployed.status !== 'built') await builds.settled(id);
      const now = actionTime();
      const before = found(id);
      const changes: Partial<ActionRecord> = {
        ...(patch.name === undefined ? {} : { name: checkedName(patch.name) }),
        ...(patch.supported_triggers === undefined
          ? {}
          : { supported_triggers: checkedTriggers(patch.supported_triggers) }),
        ...(patch.code === undefined ? {} : { code: checkedCode(patch.code) }),
        ...(patch.runtime === undefined ? {} : { runtime: checkedRuntime(patch.runtime) }),
        ...(patch.secrets === undefined ? {} : { secrets: checkedSecrets(patch.secrets, before.secrets, now) }),
        ...(patch.dependencies === undefined
          ? {}
          : {
              dependencies: await resolveIfPossible(options.dependencies, checkedDependencies(patch.dependencies)),
            }),
      };
      return store.transaction(() => {
        const present = found(id);
        if (changes.name !== undefined) assertNameFree(changes.name, id);
        const after: ActionRecord = { ...present, ...changes, updated_at: now };
        if (patch.modules !== undefined) after.modules = pinnedModules(store, patch.modules);
        const isChanged = BUILT_FROM.some((part) => !isDeepStrictEqual(after[part], present[part]));
        // A build that failed, for example without a network, is tried again.
        const rebuild =
          isChanged || (present.status === 'failed' && BUILT_FROM.some((part) => patch[part] !== undefined));
        if (rebuild) {
          after.status = 'pending';
          after.build_errors = [];
          after.all_changes_deployed = false;
          delete after.built_at;
        }
        store.actions.update(after);
        if (rebuild) builds.start(id);
        return after;
      });
    },

    deploy(id) {
      return store.transaction(() => {
        const action = found(id);
        if (action.status !== 'built') {
          throw new Problem('not_built', "A draft must be in the 'built' state before it can be deployed.");
        }
        const version = insertVersion(store, { ...action, action_id: id }, 'built');
        switchTo({ ...action, all_changes_deployed: true }, version);
        return version;
      });
    },

    redeploy(actionId, versionId, redeployOptions = {}) {
      return store.transaction(() => {
        const action = found(actionId);
        const earlier = store.actions.findVersion(versionId);
        if (earlier === undefined || earlier.action_id !== actionId) {
          throw new Problem('not_found', 'That action version does not exist.');
        }
        if (earlier.status !== 'built') {
          throw new Problem('not_built', "A version must be in the 'built' state before it can be deployed.");
        }
        // One of its modules may have been deleted since.
        usedModules(store, earlier);
        const version = insertVersion(store, earlier, 'built');
        switchTo(
          redeployOptions.updateDraft === true ? draftOf(action, version) : { ...action, all_changes_deployed: false },
          version,
        );
        return version;
      });
    },

    remove(id, { force }) {
      store.transaction(() => {
        const action = found(id);
        const bound = store.bindings.listByAction(id);
        if (bound.length > 0 && !force) {
          throw new Problem('bound', 'Unable to delete an action bound to a trigger.');
        }
        store.actions.remove(id);
        if (action.deployed_version_id !== undefined) sandboxes.retire(action.deployed_version_id);
      });
    },

    bind(triggerId, bindings) {
      const before = store.bindings.list(triggerId);
      const bound = bindTrigger(store, triggerId, bindings);
      for (const { action_id } of before) {
        const versionId = store.actions.find(action_id)?.deployed_version_id;
        if (versionId !== undefined && store.bindings.listByAction(action_id).length === 0) sandboxes.retire(versionId);
      }
      for (const { action_id } of bound) options.prewarmIfBound(action_id);
      return bound;
    },

    test(id, payload) {
      return testDraft(store, sandboxes, found(id), payload, options.timeoutMs);
    },
  };
}

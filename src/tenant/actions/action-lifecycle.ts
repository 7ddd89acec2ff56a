import { randomUUID } from 'node:crypto';
import type {
  ActionRecord,
  ActionTriggerReference,
  ActionVersionRecord,
  BindingRecord,
  JsonObject,
} from '../store/records.ts';
import type { Store } from '../store/store.ts';
import type { ActionBuilds } from './action-builds.ts';
import { ActionError } from './action-error.ts';
import {
  ACTION_LIMITS,
  checkedCode,
  checkedDependencies,
  checkedName,
  checkedRuntime,
  checkedSecrets,
  checkedTriggers,
  type GivenSecret,
} from './action-input.ts';
import { actionTime } from './action-time.ts';
import { type BindingRequest, bindTrigger } from './bindings.ts';
import type { Dependencies } from './dependencies.ts';
import { testDraft } from './draft-test.ts';
import { isExact } from './packages/dependency-specification.ts';
import type { Sandboxes } from './sandbox/sandboxes.ts';
import { DEFAULT_RUNTIME } from './triggers.ts';

/** What an Action is made of. */
export interface ActionInput {
  readonly name: string;
  readonly supported_triggers: readonly Partial<ActionTriggerReference>[];
  readonly code?: string;
  readonly dependencies?: readonly { readonly name: string; readonly version?: string }[];
  readonly runtime?: string;
  /** At an update, one without a value keeps the value that it had. */
  readonly secrets?: readonly GivenSecret[];
  /** Deploys the first version as soon as it is built. */
  readonly deploy?: boolean;
}

/**
 * Actions from draft to deployed. Source: Auth0's documentation, "Write Your First Action" and "Manage Versions", and the
 * Management API's Actions section. Every method throws (or rejects with) `ActionError`.
 */
export interface ActionLifecycle {
  /** Makes a draft and begins to build it: the answer is `pending`. Errors `name_taken`, `too_many`, `too_large`, `invalid`, `unknown_trigger`. */
  create(input: ActionInput): Promise<ActionRecord>;
  /** Changes a draft and builds it again. Errors `not_found` and those of `create`. */
  update(id: string, patch: Partial<Omit<ActionInput, 'deploy'>>): Promise<ActionRecord>;
  /** Freezes the draft as a new version, which logins run from now on. Errors `not_found`, `not_built`. */
  deploy(id: string): ActionVersionRecord;
  /** Deploys the content of an earlier version as a new one. Errors `not_found`, `not_built`. */
  redeploy(actionId: string, versionId: string, options?: { readonly updateDraft?: boolean }): ActionVersionRecord;
  /** Errors `not_found`; `bound` where a trigger runs it, unless `force`. */
  remove(id: string, options: { readonly force: boolean }): void;
  /** Puts the whole ordered list of a trigger in place of what was there. Errors `unknown_trigger`, `not_found`, `not_deployed`, `too_many`, `invalid`. */
  bind(triggerId: string, bindings: readonly BindingRequest[]): BindingRecord[];
  /** Runs the draft once against `payload.event`; nothing that it asks for is done. Errors `not_found`, `not_built`, `invalid`. */
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
const BUILT_FROM = ['code', 'dependencies', 'runtime', 'secrets', 'supported_triggers'] as const;

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
    if (action === undefined) throw new ActionError('not_found', 'That action does not exist.');
    return action;
  }

  function nameIsFree(name: string, exceptId?: string): void {
    const holder = store.actions.findByName(name);
    if (holder !== undefined && holder.id !== exceptId) {
      throw new ActionError('name_taken', `An action named "${name}" exists already.`);
    }
  }

  function insertVersion(from: VersionContent, status: ActionVersionRecord['status']): ActionVersionRecord {
    const now = actionTime();
    const version: ActionVersionRecord = {
      id: randomUUID(),
      action_id: from.action_id,
      number: store.actions.highestVersionNumber(from.action_id) + 1,
      code: from.code,
      dependencies: from.dependencies,
      runtime: from.runtime,
      secrets: from.secrets,
      supported_triggers: from.supported_triggers,
      status,
      created_at: now,
      updated_at: now,
      ...(status === 'built' ? { built_at: now } : {}),
    };
    store.actions.insertVersion(version);
    return version;
  }

  /** Auth0 keeps fifty; the oldest that is not deployed goes. */
  function dropOldVersions(action: ActionRecord): void {
    const { rows } = store.actions.versions(action.id, { page: 0, perPage: ACTION_LIMITS.versions * 2 });
    const unused = rows.filter(({ id }) => id !== action.deployed_version_id).sort((a, b) => a.number - b.number);
    for (const version of unused.slice(0, Math.max(0, rows.length - ACTION_LIMITS.versions))) {
      store.actions.removeVersion(version.id);
    }
  }

  /** Logins run the new version from the next one on; what runs of the old one comes to its end. */
  function switchTo(action: ActionRecord, version: ActionVersionRecord, changes: Partial<ActionRecord>): void {
    const before = action.deployed_version_id;
    const after = { ...action, ...changes, deployed_version_id: version.id, updated_at: actionTime() };
    store.actions.update(after);
    dropOldVersions(after);
    if (before !== undefined) sandboxes.retire(before);
    options.prewarmIfBound(action.id);
  }

  return {
    async create(input) {
      const now = actionTime();
      const name = checkedName(input.name);
      const content = {
        supported_triggers: checkedTriggers(input.supported_triggers),
        code: checkedCode(input.code ?? ''),
        runtime: checkedRuntime(input.runtime ?? DEFAULT_RUNTIME),
        secrets: checkedSecrets(input.secrets ?? [], [], now),
      };
      const dependencies = await resolvedWherePossible(
        options.dependencies,
        checkedDependencies(input.dependencies ?? []),
      );
      return store.transaction(() => {
        nameIsFree(name);
        if (store.actions.list({}, { page: 0, perPage: 1 }).total >= ACTION_LIMITS.actions) {
          throw new ActionError('too_many', `A tenant has at most ${ACTION_LIMITS.actions} actions.`);
        }
        const draft: ActionRecord = {
          id: randomUUID(),
          name,
          ...content,
          dependencies,
          status: 'pending',
          build_errors: [],
          all_changes_deployed: false,
          created_at: now,
          updated_at: now,
        };
        store.actions.insert(draft);
        if (input.deploy === true) {
          const version = insertVersion({ ...draft, action_id: draft.id }, 'pending');
          draft.deployed_version_id = version.id;
          draft.all_changes_deployed = true;
          store.actions.update(draft);
        }
        builds.start(draft.id);
        return draft;
      });
    },

    async update(id, patch) {
      // A version that was deployed at creation shares the build of the draft, which is not to be overtaken.
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
              dependencies: await resolvedWherePossible(options.dependencies, checkedDependencies(patch.dependencies)),
            }),
      };
      const rebuild = BUILT_FROM.some((part) => patch[part] !== undefined);
      return store.transaction(() => {
        const present = found(id);
        if (changes.name !== undefined) nameIsFree(changes.name, id);
        const after: ActionRecord = { ...present, ...changes, updated_at: now };
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
          throw new ActionError('not_built', "A draft must be in the 'built' state before it can be deployed.");
        }
        const version = insertVersion({ ...action, action_id: id }, 'built');
        switchTo(action, version, { all_changes_deployed: true });
        return version;
      });
    },

    redeploy(actionId, versionId, redeployOptions = {}) {
      return store.transaction(() => {
        const action = found(actionId);
        const earlier = store.actions.findVersion(versionId);
        if (earlier === undefined || earlier.action_id !== actionId) {
          throw new ActionError('not_found', 'That action version does not exist.');
        }
        if (earlier.status !== 'built') {
          throw new ActionError('not_built', "A version must be in the 'built' state before it can be deployed.");
        }
        const version = insertVersion(earlier, 'built');
        switchTo(
          action,
          version,
          redeployOptions.updateDraft === true ? draftOf(version) : { all_changes_deployed: false },
        );
        return version;
      });
    },

    remove(id, { force }) {
      store.transaction(() => {
        const action = found(id);
        const bound = store.bindings.ofAction(id);
        if (bound.length > 0 && !force) {
          throw new ActionError('bound', 'Unable to delete an action bound to a trigger.');
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
        if (versionId !== undefined && store.bindings.ofAction(action_id).length === 0) sandboxes.retire(versionId);
      }
      for (const { action_id } of bound) options.prewarmIfBound(action_id);
      return bound;
    },

    test(id, payload) {
      return testDraft(sandboxes, found(id), payload, options.timeoutMs);
    },
  };
}

type VersionContent = Pick<
  ActionVersionRecord,
  'action_id' | 'code' | 'dependencies' | 'runtime' | 'secrets' | 'supported_triggers'
>;

function draftOf(version: ActionVersionRecord): Partial<ActionRecord> {
  const { code, dependencies, runtime, secrets, supported_triggers } = version;
  return {
    code,
    dependencies,
    runtime,
    secrets,
    supported_triggers,
    status: 'built',
    build_errors: [],
    all_changes_deployed: true,
  };
}

/** `latest` and ranges are replaced when an Action is saved. Where the registry is away the build says so. */
async function resolvedWherePossible(
  dependencies: Dependencies,
  asked: ActionRecord['dependencies'],
): Promise<ActionRecord['dependencies']> {
  if (asked.every(isExact)) return asked;
  return dependencies.resolve(asked).catch(() => asked);
}

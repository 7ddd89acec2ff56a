import { randomUUID } from 'node:crypto';
import { Problem } from '../../../problem/problem.ts';
import type {
  ActionModuleRecord,
  ActionModuleVersionRecord,
} from '../../store/records/actions/action-module-repository.ts';
import type { Store } from '../../store/store.ts';
import { type Dependencies, resolveIfPossible } from '../builds/dependencies.ts';
import type { DependencyInput } from '../builds/dependency-specification.ts';
import { ACTION_LIMITS, checkedDependencies, checkedName, checkedSecrets, type SecretInput } from './action-input.ts';
import { moduleTime } from './action-time.ts';

/** The parts of a module. */
export interface ModuleInput {
  readonly name: string;
  readonly code: string;
  readonly dependencies?: readonly DependencyInput[];
  readonly secrets?: readonly SecretInput[];
  /** Publishes the first version at once. */
  readonly publish?: boolean;
}

/**
 * Action modules from draft to published. Source: the Management API's Action modules section. Every method throws (or
 * rejects with) `Problem`.
 */
export interface ModuleLifecycle {
  /** Errors `name_taken`, `too_many`, `too_large`, `invalid`. */
  create(input: ModuleInput): Promise<ActionModuleRecord>;
  /** Changes the draft; the published version is not changed. Errors `not_found` and those of `create`. */
  update(id: string, patch: Partial<Omit<ModuleInput, 'name' | 'publish'>>): Promise<ActionModuleRecord>;
  /** Freezes the draft as a new version. Errors `not_found`; `nothing_to_publish` if the draft is the latest version; `in_use` if every possible version is in use. */
  publish(id: string): ActionModuleVersionRecord;
  /** Replaces the draft with the content of a version. Errors `not_found`; `already_draft`. */
  rollBack(id: string, versionId: string): ActionModuleRecord;
  /** Errors `not_found`; `in_use` if an Action names it. */
  remove(id: string): void;
}

/**
 * @example
 * const { id } = await modules.create({ name: 'greeting', code: "exports.greet = () => 'Hello';" });
 * const version = modules.publish(id);
 */
export function createModuleLifecycle(store: Store, dependencies: Dependencies): ModuleLifecycle {
  const { actionModules } = store;

  function found(id: string): ActionModuleRecord {
    const module = actionModules.find(id);
    if (module === undefined) throw new Problem('not_found', 'The action module does not exist.');
    return module;
  }

  function resolved(given: readonly DependencyInput[]): Promise<ActionModuleRecord['dependencies']> {
    return resolveIfPossible(dependencies, checkedDependencies(given));
  }

  /** Removes the oldest version that no Action names. */
  function makeRoom(id: string): void {
    const { rows } = actionModules.versions(id, { page: 0, perPage: ACTION_LIMITS.versions });
    if (rows.length < ACTION_LIMITS.versions) return;
    const unused = rows.findLast((version) => !actionModules.isPinned(version.id));
    if (unused === undefined) {
      throw new Problem(
        'in_use',
        'Maximum number of module versions reached. Consolidate versions used in actions before creating new ones.',
      );
    }
    actionModules.removeVersion(unused.id);
  }

  function publish(id: string): ActionModuleVersionRecord {
    return store.transaction(() => {
      const draft = found(id);
      const latest = actionModules.latestVersion(id);
      if (isPublished(store, draft)) {
        throw new Problem('nothing_to_publish', 'No draft version is available to publish.');
      }
      makeRoom(id);
      const version: ActionModuleVersionRecord = {
        id: randomUUID(),
        module_id: id,
        number: (latest?.number ?? 0) + 1,
        code: draft.code,
        dependencies: draft.dependencies,
        secrets: draft.secrets,
        created_at: moduleTime(),
      };
      actionModules.insertVersion(version);
      actionModules.update({ ...draft, draft_of: version.id });
      return version;
    });
  }

  return {
    publish,

    async create(input) {
      const now = moduleTime();
      const module: ActionModuleRecord = {
        id: randomUUID(),
        name: checkedName(input.name),
        code: checkedModuleCode(input.code),
        dependencies: await resolved(input.dependencies ?? []),
        secrets: checkedSecrets(input.secrets ?? [], [], now),
        created_at: now,
        updated_at: now,
      };
      return store.transaction(() => {
        if (actionModules.findByName(module.name) !== undefined) {
          throw new Problem('name_taken', 'An action module with the same name already exists.');
        }
        if (actionModules.list({ page: 0, perPage: 1 }).total >= ACTION_LIMITS.modules) {
          throw new Problem('too_many', `A tenant has at most ${ACTION_LIMITS.modules} action modules.`);
        }
        actionModules.insert(module);
        if (input.publish === true) publish(module.id);
        return found(module.id);
      });
    },

    async update(id, patch) {
      const now = moduleTime();
      const newDependencies = patch.dependencies === undefined ? undefined : await resolved(patch.dependencies);
      return store.transaction(() => {
        const before = found(id);
        const { draft_of, ...present } = before;
        const after: ActionModuleRecord = {
          ...present,
          ...(patch.code === undefined ? {} : { code: checkedModuleCode(patch.code) }),
          ...(newDependencies === undefined ? {} : { dependencies: newDependencies }),
          ...(patch.secrets === undefined ? {} : { secrets: checkedSecrets(patch.secrets, before.secrets, now) }),
          updated_at: now,
        };
        const changed = [patch.code, patch.dependencies, patch.secrets].some((part) => part !== undefined);
        if (!changed && draft_of !== undefined) after.draft_of = draft_of;
        actionModules.update(after);
        return after;
      });
    },

    rollBack(id, versionId) {
      return store.transaction(() => {
        const module = found(id);
        const version = actionModules.findVersion(versionId);
        if (version === undefined || version.module_id !== id) {
          throw new Problem('not_found', 'The action module version does not exist.');
        }
        if (module.draft_of === versionId) {
          throw new Problem('already_draft', 'The specified version is already the current draft version.');
        }
        const { code, dependencies: exact, secrets } = version;
        const after = { ...module, code, dependencies: exact, secrets, draft_of: versionId, updated_at: moduleTime() };
        actionModules.update(after);
        return after;
      });
    },

    remove(id) {
      store.transaction(() => {
        found(id);
        if (actionModules.users(id).length > 0) {
          throw new Problem(
            'in_use',
            'The Actions Module cannot be deleted because it is in use by one or more actions.',
          );
        }
        actionModules.remove(id);
      });
    },
  };
}

/** Whether the draft of a module equals its latest version. */
export function isPublished(store: Store, { id, draft_of }: ActionModuleRecord): boolean {
  return draft_of !== undefined && store.actionModules.latestVersion(id)?.id === draft_of;
}

function checkedModuleCode(code: string): string {
  if (code.length > ACTION_LIMITS.moduleCode) {
    throw new Problem('too_large', `The code of a module has at most ${ACTION_LIMITS.moduleCode} characters.`);
  }
  return code;
}

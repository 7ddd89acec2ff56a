import { Problem } from '../../../problem/problem.ts';
import type { ActionModuleVersionRecord } from '../../store/records/actions/action-module-repository.ts';
import type { ActionModuleReference, ActionSecret } from '../../store/records/actions/action-repository.ts';
import type { Store } from '../../store/store.ts';
import { ACTION_LIMITS } from './action-input.ts';

/** A module as the author of an Action names it: by id or name, and its version by id or number; without one it is the latest. */
export type ModuleReferenceInput = Partial<ActionModuleReference>;

/** A published version of a module, under the name that Actions require it by: `actions:NAME`. */
export interface UsedModule extends Pick<ActionModuleVersionRecord, 'code' | 'dependencies' | 'secrets'> {
  readonly name: string;
}

interface ModuleUser {
  readonly modules?: readonly ActionModuleReference[];
}

/**
 * Pins each module to a version.
 *
 * @throws Problem `too_many`, `invalid` if a module or version does not exist, or is named twice
 */
export function pinnedModules(store: Store, given: readonly ModuleReferenceInput[]): ActionModuleReference[] {
  if (given.length > ACTION_LIMITS.modulesUsed) {
    throw new Problem('too_many', `An Action uses at most ${ACTION_LIMITS.modulesUsed} modules.`);
  }
  const pinned = given.map((one) => pinnedModule(store, one));
  if (new Set(pinned.map(({ module_id }) => module_id)).size < pinned.length) {
    throw new Problem('invalid', 'A module is named twice.');
  }
  return pinned;
}

/**
 * Returns the content of an Action's modules.
 *
 * @throws Problem `build_failed` if one has been deleted
 */
export function usedModules(store: Store, { modules = [] }: ModuleUser): UsedModule[] {
  return modules.map(({ module_name: name, module_version_id, module_version_number }) => {
    const version = store.actionModules.findVersion(module_version_id);
    if (version === undefined) {
      throw new Problem('build_failed', `The module "${name}" has no version ${module_version_number} any more.`);
    }
    const { code, dependencies, secrets } = version;
    return { name, code, dependencies, secrets };
  });
}

/** Returns every secret that the code of an Action can read: its own and those of its modules. */
export function secretsInReach(
  store: Store,
  user: ModuleUser & { readonly secrets: readonly ActionSecret[] },
): ActionSecret[] {
  const versions = (user.modules ?? []).flatMap(
    ({ module_version_id }) => store.actionModules.findVersion(module_version_id) ?? [],
  );
  return [...user.secrets, ...versions.flatMap(({ secrets }) => secrets)];
}

function pinnedModule(store: Store, given: ModuleReferenceInput): ActionModuleReference {
  const version = versionOf(store, given);
  const module = version === undefined ? undefined : store.actionModules.find(version.module_id);
  const fits =
    module !== undefined &&
    [undefined, module.id].includes(given.module_id) &&
    [undefined, module.name].includes(given.module_name) &&
    [undefined, version?.number].includes(given.module_version_number);
  if (!fits || version === undefined) {
    throw new Problem('invalid', 'One of the modules does not exist, or has no such published version.');
  }
  return {
    module_id: module.id,
    module_name: module.name,
    module_version_id: version.id,
    module_version_number: version.number,
  };
}

function versionOf({ actionModules }: Store, given: ModuleReferenceInput): ActionModuleVersionRecord | undefined {
  if (given.module_version_id !== undefined) return actionModules.findVersion(given.module_version_id);
  const module =
    given.module_id === undefined
      ? actionModules.findByName(given.module_name ?? '')
      : actionModules.find(given.module_id);
  if (module === undefined) return undefined;
  if (given.module_version_number === undefined) return actionModules.latestVersion(module.id);
  const { rows } = actionModules.versions(module.id, { page: 0, perPage: ACTION_LIMITS.versions });
  return rows.find(({ number }) => number === given.module_version_number);
}

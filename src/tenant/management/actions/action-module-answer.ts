import { isPublished } from '../../actions/library/module-lifecycle.ts';
import type { JsonObject } from '../../store/json-value.ts';
import type {
  ActionModuleRecord,
  ActionModuleVersionRecord,
} from '../../store/records/actions/action-module-repository.ts';
import type { Store } from '../../store/store.ts';

/** A module's draft with its latest version. Secrets are shown by name only. */
export function moduleAnswer(store: Store, record: ActionModuleRecord): JsonObject {
  const latest = store.actionModules.latestVersion(record.id);
  return {
    ...draftMembers(store, record),
    ...(latest !== undefined && {
      latest_version: {
        id: latest.id,
        version_number: latest.number,
        code: latest.code,
        dependencies: dependenciesOf(latest),
        secrets: secretsOf(latest),
      },
    }),
  };
}

/** A module in a list: only the number of its latest version is shown. */
export function moduleListItem(store: Store, record: ActionModuleRecord): JsonObject {
  const latest = store.actionModules.latestVersion(record.id);
  return { ...draftMembers(store, record), ...(latest !== undefined && { latest_version_number: latest.number }) };
}

/** A published version of a module. */
export function moduleVersionAnswer(version: ActionModuleVersionRecord): JsonObject {
  return {
    id: version.id,
    module_id: version.module_id,
    version_number: version.number,
    code: version.code,
    secrets: secretsOf(version),
    dependencies: dependenciesOf(version),
    created_at: version.created_at,
  };
}

function draftMembers(store: Store, record: ActionModuleRecord): JsonObject {
  return {
    id: record.id,
    name: record.name,
    code: record.code,
    dependencies: dependenciesOf(record),
    secrets: secretsOf(record),
    all_changes_published: isPublished(store, record),
    actions_using_module_total: store.actionModules.users(record.id).filter(({ deployed }) => deployed).length,
    created_at: record.created_at,
    updated_at: record.updated_at,
  };
}

function secretsOf({ secrets }: Pick<ActionModuleRecord, 'secrets'>): JsonObject[] {
  return secrets.map(({ name, updated_at }) => ({ name, updated_at }));
}

function dependenciesOf({ dependencies }: Pick<ActionModuleRecord, 'dependencies'>): JsonObject[] {
  return dependencies.map(({ name, version }) => ({ name, version }));
}

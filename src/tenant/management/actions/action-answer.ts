import type { JsonObject } from '../../store/json-value.ts';
import type { ActionRecord, ActionVersionRecord } from '../../store/records/actions/action-repository.ts';
import type { BindingRecord } from '../../store/records/actions/binding-repository.ts';
import type { Store } from '../../store/store.ts';

/** An Action's draft with its deployed version. Secrets are shown by name only. */
export function actionAnswer(store: Store, record: ActionRecord): JsonObject {
  return {
    id: record.id,
    name: record.name,
    supported_triggers: triggersOf(record),
    created_at: record.created_at,
    updated_at: record.updated_at,
    code: record.code,
    dependencies: dependenciesOf(record),
    runtime: record.runtime,
    status: record.status,
    secrets: secretsOf(record),
    ...modulesOf(record),
    ...deployedOf(store, record),
    ...(record.build_errors.length > 0 && { errors: record.build_errors.map((error) => ({ ...error })) }),
    all_changes_deployed: record.all_changes_deployed,
  };
}

/** A version, with its Action. */
export function versionAnswer(record: ActionRecord, version: ActionVersionRecord): JsonObject {
  return {
    ...versionMembers(version, version.id === record.deployed_version_id),
    action: actionSummary(record),
  };
}

/** A version as the deploy operation answers it: at that time, Auth0 has only begun to deploy it. */
export function deployAnswer(record: ActionRecord, version: ActionVersionRecord): JsonObject {
  const { built_at: _notYet, ...members } = versionMembers(version, false);
  return { ...members, updated_at: version.created_at, action: actionSummary(record) };
}

/** An Action's place in a trigger. */
export function bindingAnswer(store: Store, binding: BindingRecord): JsonObject {
  const record = store.actions.find(binding.action_id);
  return {
    id: binding.id,
    trigger_id: binding.trigger_id,
    ...(record !== undefined && {
      action: { ...actionSummary(record), ...deployedOf(store, record), all_changes_deployed: false },
    }),
    created_at: binding.created_at,
    updated_at: binding.updated_at,
    display_name: binding.display_name,
  };
}

/** Here Auth0 shows when the Action was created, not its last change, and never shows all changes as deployed. */
function actionSummary(record: ActionRecord): JsonObject {
  return {
    id: record.id,
    name: record.name,
    supported_triggers: triggersOf(record),
    created_at: record.created_at,
    updated_at: record.created_at,
    all_changes_deployed: false,
  };
}

function deployedOf(store: Store, record: ActionRecord): JsonObject {
  const id = record.deployed_version_id;
  const version = id === undefined ? undefined : store.actions.findVersion(id);
  if (version === undefined) return {};
  const built = version.built_at !== undefined && version.status === 'built';
  return {
    current_version: {
      id: version.id,
      code: version.code,
      runtime: version.runtime,
      status: version.status.toUpperCase(),
      number: version.number,
      ...(built && { build_time: version.built_at }),
      created_at: version.created_at,
      updated_at: version.updated_at,
    },
    deployed_version: versionMembers(version, true),
  };
}

function versionMembers(version: ActionVersionRecord, deployed: boolean): JsonObject {
  return {
    code: version.code,
    dependencies: dependenciesOf(version),
    id: version.id,
    deployed,
    number: version.number,
    ...(version.built_at !== undefined && { built_at: version.built_at }),
    secrets: secretsOf(version),
    ...modulesOf(version),
    status: version.status,
    created_at: version.created_at,
    updated_at: version.updated_at,
    runtime: version.runtime,
    supported_triggers: triggersOf(version),
  };
}

function secretsOf({ secrets }: Pick<ActionRecord, 'secrets'>): JsonObject[] {
  return secrets.map(({ name, updated_at }) => ({ name, updated_at }));
}

function dependenciesOf({ dependencies }: Pick<ActionRecord, 'dependencies'>): JsonObject[] {
  return dependencies.map(({ name, version, registry_url }) => ({
    name,
    version,
    ...(registry_url !== undefined && { registry_url }),
  }));
}

function modulesOf({ modules = [] }: Pick<ActionRecord, 'modules'>): JsonObject {
  return modules.length === 0 ? {} : { modules: modules.map((module) => ({ ...module })) };
}

function triggersOf({ supported_triggers }: Pick<ActionRecord, 'supported_triggers'>): JsonObject[] {
  return supported_triggers.map(({ id, version }) => ({ id, version }));
}

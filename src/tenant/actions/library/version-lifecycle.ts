import { randomUUID } from 'node:crypto';
import type { ActionRecord, ActionVersionRecord } from '../../store/records/actions/action-repository.ts';
import type { Store } from '../../store/store.ts';
import { ACTION_LIMITS } from './action-input.ts';
import { actionTime } from './action-time.ts';

type VersionContent = Pick<
  ActionVersionRecord,
  'action_id' | 'code' | 'dependencies' | 'runtime' | 'secrets' | 'modules' | 'supported_triggers'
>;

/** Freezes content as the next version of its Action. */
export function insertVersion(
  store: Store,
  from: VersionContent,
  status: ActionVersionRecord['status'],
): ActionVersionRecord {
  const now = actionTime();
  const version: ActionVersionRecord = {
    id: randomUUID(),
    action_id: from.action_id,
    number: store.actions.highestVersionNumber(from.action_id) + 1,
    code: from.code,
    dependencies: from.dependencies,
    runtime: from.runtime,
    secrets: from.secrets,
    ...(from.modules === undefined ? {} : { modules: from.modules }),
    supported_triggers: from.supported_triggers,
    status,
    created_at: now,
    updated_at: now,
    ...(status === 'built' ? { built_at: now } : {}),
  };
  store.actions.insertVersion(version);
  return version;
}

/** Removes the oldest versions that are not deployed: Auth0 keeps fifty. */
export function dropOldVersions(store: Store, action: ActionRecord): void {
  const { rows } = store.actions.versions(action.id, { page: 0, perPage: ACTION_LIMITS.versions * 2 });
  const unused = rows.filter(({ id }) => id !== action.deployed_version_id).sort((a, b) => a.number - b.number);
  for (const version of unused.slice(0, Math.max(0, rows.length - ACTION_LIMITS.versions))) {
    store.actions.removeVersion(version.id);
  }
}

/** Returns the draft with the content of a version. */
export function draftOf({ modules: _before, ...draft }: ActionRecord, version: ActionVersionRecord): ActionRecord {
  const { code, dependencies, runtime, secrets, modules, supported_triggers } = version;
  return {
    ...draft,
    code,
    dependencies,
    runtime,
    secrets,
    ...(modules === undefined ? {} : { modules }),
    supported_triggers,
    status: 'built',
    build_errors: [],
    all_changes_deployed: true,
  };
}

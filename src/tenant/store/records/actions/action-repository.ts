import type { Database } from '../../database.ts';
import type { Page, Paging } from '../../paging.ts';

export interface ActionTriggerReference {
  id: string;
  version: string;
}

export interface ActionDependency {
  name: string;
  version: string;
  /** As the caller wrote it. Auth0 forgets it when the draft is built. */
  registry_url?: string;
}

/** The version of a module that an Action uses. */
export interface ActionModuleReference {
  readonly module_id: string;
  readonly module_name: string;
  readonly module_version_id: string;
  readonly module_version_number: number;
}

export interface ActionSecret {
  readonly name: string;
  /** Leaves the tenant only to go into the Action. */
  readonly value: string;
  readonly updated_at: string;
}

export type BuildStatus = 'pending' | 'building' | 'packaged' | 'built' | 'retrying' | 'failed';

/** An Action's draft. */
export interface ActionRecord {
  /** A UUID. */
  readonly id: string;
  name: string;
  supported_triggers: ActionTriggerReference[];
  code: string;
  dependencies: ActionDependency[];
  runtime: string;
  secrets: ActionSecret[];
  modules?: ActionModuleReference[];
  status: BuildStatus;
  /** The reasons why the build failed. */
  build_errors: { id: string; msg: string; url?: string }[];
  deployed_version_id?: string;
  all_changes_deployed: boolean;
  /** RFC 3339 with nanoseconds, as Auth0 returns for Actions. */
  readonly created_at: string;
  updated_at: string;
  built_at?: string;
}

/** A deployed version: code, secrets and dependencies frozen together. */
export interface ActionVersionRecord {
  readonly id: string;
  readonly action_id: string;
  /** 1, 2, 3, … */
  readonly number: number;
  readonly code: string;
  readonly dependencies: ActionDependency[];
  readonly runtime: string;
  readonly secrets: ActionSecret[];
  readonly modules?: ActionModuleReference[];
  readonly supported_triggers: ActionTriggerReference[];
  status: BuildStatus;
  readonly created_at: string;
  updated_at: string;
  built_at?: string;
}

export interface ActionRepository {
  list(filter: { triggerId?: string; name?: string; deployed?: boolean }, paging: Paging): Page<ActionRecord>;
  find(id: string): ActionRecord | undefined;
  findByName(name: string): ActionRecord | undefined;
  insert(record: ActionRecord): void;
  update(record: ActionRecord): void;
  /** Removes its versions and bindings too. */
  remove(id: string): boolean;
  versions(actionId: string, paging: Paging): Page<ActionVersionRecord>;
  findVersion(versionId: string): ActionVersionRecord | undefined;
  insertVersion(record: ActionVersionRecord): void;
  updateVersion(record: ActionVersionRecord): void;
  removeVersion(versionId: string): boolean;
  highestVersionNumber(actionId: string): number;
}

/** Actions in order of creation, and their versions, newest first. */
export function createActionRepository(database: Database): ActionRepository {
  const actions = database.remember<ActionRecord | undefined>(['actions']);
  const versions = database.remember<ActionVersionRecord | undefined>(['action_versions']);
  return {
    list(filter, paging) {
      const conditions = ['TRUE'];
      const values: string[] = [];
      if (filter.triggerId !== undefined) {
        conditions.push(
          `EXISTS (SELECT 1 FROM json_each(record, '$.supported_triggers') AS supported
           WHERE json_extract(supported.value, '$.id') = ?)`,
        );
        values.push(filter.triggerId);
      }
      if (filter.name !== undefined) {
        conditions.push('name = ?');
        values.push(filter.name);
      }
      if (filter.deployed !== undefined) {
        conditions.push(`json_extract(record, '$.deployed_version_id') IS ${filter.deployed ? 'NOT NULL' : 'NULL'}`);
      }
      const from = `actions WHERE ${conditions.join(' AND ')}`;
      return database.page({ select: 'record', from, order: 'sequence', values }, paging, (row) =>
        JSON.parse(String(row.record)),
      );
    },
    find: (id) => actions.get(id, () => database.record('SELECT record FROM actions WHERE id = ?', id)),
    findByName: (name) => database.record('SELECT record FROM actions WHERE name = ?', name),
    insert(record) {
      database.run(
        'INSERT INTO actions (id, name, record) VALUES (?, ?, ?)',
        record.id,
        record.name,
        JSON.stringify(record),
      );
    },
    update(record) {
      database.run(
        'UPDATE actions SET name = ?, record = ? WHERE id = ?',
        record.name,
        JSON.stringify(record),
        record.id,
      );
    },
    remove: (id) => database.run('DELETE FROM actions WHERE id = ?', id) > 0,
    versions: (actionId, paging) =>
      database.page(
        { select: 'record', from: 'action_versions WHERE action_id = ?', order: 'number DESC', values: [actionId] },
        paging,
        (row) => JSON.parse(String(row.record)),
      ),
    findVersion: (versionId) =>
      versions.get(versionId, () => database.record('SELECT record FROM action_versions WHERE id = ?', versionId)),
    insertVersion(record) {
      database.run(
        'INSERT INTO action_versions (id, action_id, number, record) VALUES (?, ?, ?, ?)',
        record.id,
        record.action_id,
        record.number,
        JSON.stringify(record),
      );
    },
    updateVersion(record) {
      database.run('UPDATE action_versions SET record = ? WHERE id = ?', JSON.stringify(record), record.id);
    },
    removeVersion: (versionId) => database.run('DELETE FROM action_versions WHERE id = ?', versionId) > 0,
    highestVersionNumber: (actionId) =>
      database.count('SELECT max(number) AS count FROM action_versions WHERE action_id = ?', actionId),
  };
}

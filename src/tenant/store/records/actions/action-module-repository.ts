import type { Database } from '../../database.ts';
import type { Page, Paging } from '../../paging.ts';
import type { ActionDependency, ActionRecord, ActionSecret, ActionVersionRecord } from './action-repository.ts';

/** The draft of code that Actions share. */
export interface ActionModuleRecord {
  /** A UUID. */
  readonly id: string;
  readonly name: string;
  code: string;
  dependencies: ActionDependency[];
  secrets: ActionSecret[];
  /** The version that equals the draft. Absent if the draft has changed since. */
  draft_of?: string;
  /** RFC 3339, microseconds. */
  readonly created_at: string;
  updated_at: string;
}

/** A published version of a module: code, secrets and dependencies frozen together. */
export interface ActionModuleVersionRecord {
  readonly id: string;
  readonly module_id: string;
  /** 1, 2, 3, … */
  readonly number: number;
  readonly code: string;
  readonly dependencies: ActionDependency[];
  readonly secrets: ActionSecret[];
  readonly created_at: string;
}

export interface ActionModuleRepository {
  list(paging: Paging): Page<ActionModuleRecord>;
  find(id: string): ActionModuleRecord | undefined;
  findByName(name: string): ActionModuleRecord | undefined;
  insert(record: ActionModuleRecord): void;
  update(record: ActionModuleRecord): void;
  /** Removes its versions too. */
  remove(id: string): boolean;
  versions(moduleId: string, paging: Paging): Page<ActionModuleVersionRecord>;
  findVersion(versionId: string): ActionModuleVersionRecord | undefined;
  latestVersion(moduleId: string): ActionModuleVersionRecord | undefined;
  insertVersion(record: ActionModuleVersionRecord): void;
  removeVersion(versionId: string): boolean;
  /** Actions that use the module in their draft or in their deployed version; `deployed` is set if that version does. */
  users(moduleId: string): { action: ActionRecord; deployed?: ActionVersionRecord }[];
  /** Whether any Action, or any version of one, uses this version. */
  isPinned(versionId: string): boolean;
}

/** Modules in order of creation, and their versions, newest first. */
export function createActionModuleRepository(database: Database): ActionModuleRepository {
  return {
    list: (paging) =>
      database.page({ select: 'record', from: 'action_modules', order: 'sequence', values: [] }, paging, (row) =>
        JSON.parse(String(row.record)),
      ),
    find: (id) => database.record('SELECT record FROM action_modules WHERE id = ?', id),
    findByName: (name) => database.record('SELECT record FROM action_modules WHERE name = ?', name),
    insert(record) {
      database.run(
        'INSERT INTO action_modules (id, name, record) VALUES (?, ?, ?)',
        record.id,
        record.name,
        JSON.stringify(record),
      );
    },
    update(record) {
      database.run('UPDATE action_modules SET record = ? WHERE id = ?', JSON.stringify(record), record.id);
    },
    remove: (id) => database.run('DELETE FROM action_modules WHERE id = ?', id) > 0,
    versions: (moduleId, paging) =>
      database.page(
        {
          select: 'record',
          from: 'action_module_versions WHERE module_id = ?',
          order: 'number DESC',
          values: [moduleId],
        },
        paging,
        (row) => JSON.parse(String(row.record)),
      ),
    findVersion: (versionId) => database.record('SELECT record FROM action_module_versions WHERE id = ?', versionId),
    latestVersion: (moduleId) =>
      database.record(
        'SELECT record FROM action_module_versions WHERE module_id = ? ORDER BY number DESC LIMIT 1',
        moduleId,
      ),
    insertVersion(record) {
      database.run(
        'INSERT INTO action_module_versions (id, module_id, number, record) VALUES (?, ?, ?, ?)',
        record.id,
        record.module_id,
        record.number,
        JSON.stringify(record),
      );
    },
    removeVersion: (versionId) => database.run('DELETE FROM action_module_versions WHERE id = ?', versionId) > 0,
    users(moduleId) {
      const naming = (record: string) =>
        `EXISTS (SELECT 1 FROM json_each(${record}, '$.modules') AS used
          WHERE json_extract(used.value, '$.module_id') = ?)`;
      return database
        .all(
          `SELECT actions.record AS action, deployed.record AS deployed, ${naming('deployed.record')} AS runs
           FROM actions LEFT JOIN action_versions AS deployed
             ON deployed.id = json_extract(actions.record, '$.deployed_version_id')
           WHERE ${naming('actions.record')} OR ${naming('deployed.record')}
           ORDER BY actions.sequence`,
          moduleId,
          moduleId,
          moduleId,
        )
        .map((row) => ({
          action: JSON.parse(String(row.action)),
          ...(Number(row.runs) === 1 && { deployed: JSON.parse(String(row.deployed)) }),
        }));
    },
    isPinned: (versionId) =>
      database.count(
        `SELECT count(*) AS count FROM (SELECT record FROM actions UNION ALL SELECT record FROM action_versions) AS holder,
           json_each(holder.record, '$.modules') AS used
         WHERE json_extract(used.value, '$.module_version_id') = ?`,
        versionId,
      ) > 0,
  };
}

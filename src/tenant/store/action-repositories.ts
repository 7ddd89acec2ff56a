import type {
  ActionModuleRecord,
  ActionModuleVersionRecord,
  ActionRecord,
  ActionVersionRecord,
  BindingRecord,
  ExecutionRecord,
} from './action-records.ts';
import type { Page, Paging } from './store.ts';

export interface ActionRepository {
  list(filter: { triggerId?: string; name?: string; deployed?: boolean }, paging: Paging): Page<ActionRecord>;
  find(id: string): ActionRecord | undefined;
  findByName(name: string): ActionRecord | undefined;
  insert(record: ActionRecord): void;
  update(record: ActionRecord): void;
  /** Takes its versions and bindings with it. */
  remove(id: string): boolean;
  versions(actionId: string, paging: Paging): Page<ActionVersionRecord>;
  findVersion(versionId: string): ActionVersionRecord | undefined;
  insertVersion(record: ActionVersionRecord): void;
  updateVersion(record: ActionVersionRecord): void;
  removeVersion(versionId: string): boolean;
  highestVersionNumber(actionId: string): number;
}

export interface ActionModuleRepository {
  list(paging: Paging): Page<ActionModuleRecord>;
  find(id: string): ActionModuleRecord | undefined;
  findByName(name: string): ActionModuleRecord | undefined;
  insert(record: ActionModuleRecord): void;
  update(record: ActionModuleRecord): void;
  /** Takes its versions with it. */
  remove(id: string): boolean;
  versions(moduleId: string, paging: Paging): Page<ActionModuleVersionRecord>;
  findVersion(versionId: string): ActionModuleVersionRecord | undefined;
  latestVersion(moduleId: string): ActionModuleVersionRecord | undefined;
  insertVersion(record: ActionModuleVersionRecord): void;
  removeVersion(versionId: string): boolean;
  /** Actions that name the module in their draft or in what is deployed of them; `deployed` where that does. */
  users(moduleId: string): { action: ActionRecord; deployed?: ActionVersionRecord }[];
  /** Whether any Action, or any version of one, names the version. */
  isPinned(versionId: string): boolean;
}

export interface BindingRepository {
  /** In the order in which they run. */
  list(triggerId: string): BindingRecord[];
  /** Puts the whole list in place of what was there. */
  replace(triggerId: string, records: readonly BindingRecord[]): void;
  ofAction(actionId: string): BindingRecord[];
}

export interface ExecutionRepository {
  find(id: string): ExecutionRecord | undefined;
  insert(record: ExecutionRecord): void;
  update(record: ExecutionRecord): void;
  /** Auth0 keeps executions for ten days. */
  removeBefore(time: string): number;
}

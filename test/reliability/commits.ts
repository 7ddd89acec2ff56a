import type { SQLInputValue } from 'node:sqlite';
import { Database } from '../../src/tenant/store/database.ts';

/** Counts the commits that change anything except the log. If a process died between two of them, data would be inconsistent. */
export interface Commits {
  /** The number of commits since the last call. */
  takeCount(): number;
  stop(): void;
}

/**
 * Watches every store that this process opens.
 *
 * @example
 * const commits = watchCommits();
 * store.roles.insert(role);
 * commits.takeCount(); // 1
 */
export function watchCommits(): Commits {
  const { run, first, transaction } = Database.prototype;
  let depth = 0;
  let changed = false;
  let commits = 0;
  const note = () => {
    if (depth === 0) commits += 1;
    else changed = true;
  };
  Database.prototype.run = function (this: Database, sql: string, ...values: SQLInputValue[]) {
    const changes = run.call(this, sql, ...values);
    if (changes > 0 && !/^INSERT INTO logs\b/.test(sql)) note();
    return changes;
  };
  // A statement that returns a row may also write: INSERT … RETURNING.
  Database.prototype.first = function (this: Database, sql: string, ...values: SQLInputValue[]) {
    const row = first.call(this, sql, ...values);
    if (row !== undefined && /^\s*(INSERT|UPDATE|DELETE)/.test(sql)) note();
    return row;
  };
  Database.prototype.transaction = function <Result>(this: Database, work: () => Result): Result {
    if (depth === 0) changed = false;
    depth += 1;
    try {
      const result = transaction.call(this, work) as Result;
      if (depth === 1 && changed) commits += 1;
      return result;
    } finally {
      depth -= 1;
    }
  };
  return {
    takeCount() {
      const count = commits;
      commits = 0;
      return count;
    },
    stop() {
      Object.assign(Database.prototype, { run, first, transaction });
    },
  };
}

import { DatabaseSync, type SQLInputValue, type StatementSync } from 'node:sqlite';
import { Problem } from '../../problem/problem.ts';
import type { ListPosition, Page, Paging } from './paging.ts';
import { storeProblem } from './store-problem.ts';

export type Row = Record<string, unknown>;

const MAX_STATEMENTS = 500;

/** One SQLite connection. Statements are prepared once, and all errors are `Problem`s. */
export class Database {
  readonly #connection: DatabaseSync;
  readonly #statements = new Map<string, StatementSync>();
  #depth = 0;

  /** @throws Problem such as `unwritable` */
  constructor(path: string) {
    try {
      this.#connection = new DatabaseSync(path, { enableForeignKeyConstraints: true, timeout: 5000 });
    } catch (error) {
      throw storeProblem(error);
    }
  }

  /** Runs SQL that takes no values, such as a schema. It is not cached. */
  execute(sql: string): void {
    this.#guard(() => this.#connection.exec(sql));
  }

  /** Returns how many rows changed. */
  run(sql: string, ...values: SQLInputValue[]): number {
    return this.#guard(() => Number(this.#prepared(sql).run(...values).changes));
  }

  first(sql: string, ...values: SQLInputValue[]): Row | undefined {
    return this.#guard(() => this.#prepared(sql).get(...values) as Row | undefined);
  }

  all(sql: string, ...values: SQLInputValue[]): Row[] {
    return this.#guard(() => this.#prepared(sql).all(...values) as Row[]);
  }

  count(sql: string, ...values: SQLInputValue[]): number {
    return Number(this.first(sql, ...values)?.count ?? 0);
  }

  /** Returns the JSON column `record`, parsed. */
  record<Result>(sql: string, ...values: SQLInputValue[]): Result | undefined {
    const row = this.first(sql, ...values);
    return row === undefined ? undefined : (JSON.parse(String(row.record)) as Result);
  }

  /**
   * Reads a page of `select`, each row converted by `read`. The list is sorted by `order`, or by `key`: no two rows share a key, so
   * a list can be continued after one. The rows are counted only if `total` is read: counting a long filtered list would cost
   * more than the page itself. `countFrom` is a cheaper `from` with the same number of rows and the same values.
   */
  page<Result>(
    parts: { select: string; from: string; values: SQLInputValue[]; countFrom?: string } & (
      | { order: string }
      | { key: string }
    ),
    paging: Paging,
    read: (row: Row) => Result,
  ): Page<Result> {
    const rawRows = 'key' in parts ? this.#from(parts, paging) : this.#rows(parts, parts.order, paging);
    const rows = rawRows.map(read);
    const positions = 'key' in parts && { positions: rawRows.map((row) => row.position as ListPosition) };
    const count = () => this.count(`SELECT count(*) AS count FROM ${parts.countFrom ?? parts.from}`, ...parts.values);
    let total: number | undefined;
    return {
      rows,
      ...positions,
      get total() {
        total ??= count();
        return total;
      },
    };
  }

  #from(
    parts: { select: string; from: string; values: SQLInputValue[]; key: string },
    { page, perPage, after }: Paging,
  ): Row[] {
    const select = `${parts.select}, ${parts.key} AS position`;
    if (after === undefined) return this.#rows({ ...parts, select }, parts.key, { page, perPage });
    const from = `${parts.from} ${/\bWHERE\b/.test(parts.from) ? 'AND' : 'WHERE'} ${parts.key} > ?`;
    return this.#rows({ select, from, values: [...parts.values, after] }, parts.key, { page, perPage });
  }

  #rows(parts: { select: string; from: string; values: SQLInputValue[] }, order: string, paging: Paging): Row[] {
    return this.all(
      `SELECT ${parts.select} FROM ${parts.from} ORDER BY ${order} LIMIT ? OFFSET ?`,
      ...parts.values,
      paging.perPage,
      paging.page * paging.perPage,
    );
  }

  /** Runs all or nothing. An inner transaction is a savepoint: if it fails it is undone, even if the outer one goes on. */
  transaction<Result>(work: () => Result): Result {
    const depth = this.#depth;
    this.execute(depth === 0 ? 'BEGIN IMMEDIATE' : `SAVEPOINT inner_${depth}`);
    this.#depth = depth + 1;
    try {
      const result = work();
      if (result instanceof Promise) {
        result.catch(() => undefined);
        throw new Problem('asynchronous_transaction', 'A transaction must not wait: its callback returned a promise.');
      }
      this.execute(depth === 0 ? 'COMMIT' : `RELEASE inner_${depth}`);
      return result;
    } catch (error) {
      // SQLite ends a transaction by itself if the disk is full or broken. There is nothing to roll back then.
      if (this.#connection.isOpen && this.#connection.isTransaction) {
        this.execute(depth === 0 ? 'ROLLBACK' : `ROLLBACK TO inner_${depth}; RELEASE inner_${depth}`);
      }
      throw error;
    } finally {
      this.#depth = depth;
    }
  }

  /**
   * Returns a copy of everything, in SQLite's file format.
   *
   * @throws Problem `snapshot_unsupported`
   */
  serialize(): Uint8Array {
    this.#assertSerializable();
    return this.#guard(() => this.#connection.serialize());
  }

  /** Replaces everything with a copy that `serialize` returned. From then on the data is in memory. */
  deserialize(copy: Uint8Array): void {
    this.#assertSerializable();
    // SQLite ends all prepared statements.
    this.#statements.clear();
    this.#guard(() => this.#connection.deserialize(copy));
  }

  /** Node.js has both functions since 24.16. */
  #assertSerializable(): void {
    if (typeof this.#connection.serialize === 'function') return;
    throw new Problem('snapshot_unsupported', `Node.js ${process.versions.node} cannot copy a database in memory.`);
  }

  close(): void {
    this.#statements.clear();
    if (this.#connection.isOpen) this.#connection.close();
  }

  #prepared(sql: string): StatementSync {
    const cached = this.#statements.get(sql);
    if (cached !== undefined) return cached;
    const statement = this.#connection.prepare(sql);
    // Searches have an unlimited number of forms: drop the oldest statement.
    if (this.#statements.size >= MAX_STATEMENTS) this.#statements.delete([...this.#statements.keys()][0] ?? '');
    this.#statements.set(sql, statement);
    return statement;
  }

  #guard<Result>(work: () => Result): Result {
    try {
      return work();
    } catch (error) {
      throw storeProblem(error);
    }
  }
}

import { DatabaseSync, type SQLInputValue, type StatementSync } from 'node:sqlite';
import { Problem } from '../../problem/problem.ts';
import type { ListPosition, Page, Paging } from './paging.ts';
import { Remembered } from './remembered.ts';
import { storeProblem } from './store-problem.ts';
import { WrittenTables } from './written-tables.ts';

export type Row = Record<string, unknown>;

const MAX_STATEMENTS = 500;
const OPTIONS = { enableForeignKeyConstraints: true, timeout: 5000 };

/**
 * One SQLite connection. Statements are prepared once, and all errors are `Problem`s. What was read may be remembered: each write
 * forgets it, and so does a transaction that is undone.
 */
export class Database {
  #connection: DatabaseSync;
  readonly #statements = new Map<string, StatementSync>();
  readonly #remembered = new Map<string, Remembered<unknown>[]>();
  readonly #written = new WrittenTables(() =>
    this.all('SELECT sql FROM sqlite_schema WHERE sql IS NOT NULL').map((row) => String(row.sql)),
  );
  #depth = 0;

  /** @throws Problem such as `unwritable` */
  constructor(path: string) {
    try {
      this.#connection = new DatabaseSync(path, OPTIONS);
    } catch (error) {
      throw storeProblem(error);
    }
  }

  /**
   * Remembers values that are read from these tables, as long as nothing is written to them.
   *
   * @param capacity the number of values; the oldest is forgotten first
   * @example
   * const settings = database.remember<JsonObject>(['settings']);
   * settings.get('console', () => readSetting('console'));
   */
  remember<Value>(tables: readonly string[], capacity = 1000): Remembered<Value> {
    const remembered = new Remembered<Value>(capacity);
    for (const table of tables) this.#remembered.set(table, [...(this.#remembered.get(table) ?? []), remembered]);
    return remembered;
  }

  /** Runs SQL that takes no values, such as a schema. It is not cached. */
  execute(sql: string): void {
    this.#guard(() => this.#connection.exec(sql));
    if (!/^(?:BEGIN|COMMIT|SAVEPOINT|RELEASE|PRAGMA)/.test(sql)) this.#forgetAll();
  }

  /** Returns how many rows changed. */
  run(sql: string, ...values: SQLInputValue[]): number {
    const changes = this.#guard(() => Number(this.#prepared(sql).run(...values).changes));
    this.#forget(sql);
    return changes;
  }

  first(sql: string, ...values: SQLInputValue[]): Row | undefined {
    // A statement that writes is run to its end: `get()` stops at the first row, and a commit that fails after it goes unnoticed.
    if (this.#written.of(sql).length > 0) return this.all(sql, ...values)[0];
    return this.#guard(() => this.#prepared(sql).get(...values) as Row | undefined);
  }

  all(sql: string, ...values: SQLInputValue[]): Row[] {
    const rows = this.#guard(() => this.#prepared(sql).all(...values) as Row[]);
    this.#forget(sql);
    return rows;
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
    this.#mark(depth === 0 ? 'BEGIN IMMEDIATE' : `SAVEPOINT inner_${depth}`);
    this.#depth = depth + 1;
    try {
      const result = work();
      if (result instanceof Promise) {
        result.catch(() => undefined);
        throw new Problem('asynchronous_transaction', 'A transaction must not wait: its callback returned a promise.');
      }
      this.#mark(depth === 0 ? 'COMMIT' : `RELEASE inner_${depth}`);
      return result;
    } catch (error) {
      // SQLite ends a transaction by itself if the disk is full or broken. There is nothing to roll back then.
      if (this.#connection.isOpen && this.#connection.isTransaction) {
        this.execute(depth === 0 ? 'ROLLBACK' : `ROLLBACK TO inner_${depth}; RELEASE inner_${depth}`);
      }
      this.#forgetAll();
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
    // A connection of its own: Node.js 24 crashes if statements of the former data are still prepared.
    const connection = this.#guard(() => new DatabaseSync(':memory:', OPTIONS));
    this.#guard(() => connection.deserialize(copy));
    this.close();
    this.#connection = connection;
    this.#forgetAll();
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

  /** Begins or ends a transaction. The statement is kept: to parse it again takes longer than to run it. */
  #mark(sql: string): void {
    this.#guard(() => this.#prepared(sql).run());
  }

  #forget(sql: string): void {
    for (const table of this.#written.of(sql)) {
      for (const remembered of this.#remembered.get(table) ?? []) remembered.tableWritten();
    }
  }

  #forgetAll(): void {
    for (const remembered of this.#remembered.values()) for (const one of remembered) one.clear();
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

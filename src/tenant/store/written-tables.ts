/** Finds out which tables a statement writes to, from its text and the schema. */
export class WrittenTables {
  readonly #ofSql = new Map<string, readonly string[]>();
  readonly #deletedWith: () => ReadonlyMap<string, readonly string[]>;

  /** @param schema returns the SQL of all tables and triggers. */
  constructor(schema: () => readonly string[]) {
    let found: ReadonlyMap<string, readonly string[]> | undefined;
    this.#deletedWith = () => {
      found ??= deletedTogether(schema());
      return found;
    };
  }

  /** The tables that the statement writes to: none if it only reads. A deletion may reach further tables. */
  of(sql: string): readonly string[] {
    const known = this.#ofSql.get(sql);
    if (known !== undefined) return known;
    const [, verb = '', table] =
      /^\s*(INSERT|UPDATE|DELETE|REPLACE)\s+(?:OR\s+\w+\s+)?(?:INTO\s+|FROM\s+)?(\w+)/i.exec(sql) ?? [];
    const deletes = /^(?:DELETE|REPLACE)$/i.test(verb);
    const tables = table === undefined ? [] : deletes ? this.#reachedFrom(table) : [table];
    if (this.#ofSql.size < MAX_STATEMENTS) this.#ofSql.set(sql, tables);
    return tables;
  }

  #reachedFrom(table: string): string[] {
    const reached = new Set([table]);
    for (const one of reached) for (const next of this.#deletedWith().get(one) ?? []) reached.add(next);
    return [...reached];
  }
}

const MAX_STATEMENTS = 500;

/** By table, the tables whose rows a deletion also deletes or changes: by a foreign key, or by a trigger. */
function deletedTogether(schema: readonly string[]): ReadonlyMap<string, readonly string[]> {
  const together = new Map<string, string[]>();
  const add = (from: string, to: string) => together.set(from, [...(together.get(from) ?? []), to]);
  for (const sql of schema) {
    const [, table] = /^\s*CREATE TABLE (?:IF NOT EXISTS )?"?(\w+)/i.exec(sql) ?? [];
    if (table !== undefined) for (const [, parent = ''] of sql.matchAll(/REFERENCES "?(\w+)/gi)) add(parent, table);
    const [, of] = /^\s*CREATE TRIGGER \w+\s+\w+ DELETE ON "?(\w+)/i.exec(sql) ?? [];
    if (of === undefined) continue;
    for (const [, to = ''] of sql.matchAll(/(?:DELETE FROM|UPDATE|INSERT INTO) "?(\w+)/gi)) add(of, to);
  }
  return together;
}

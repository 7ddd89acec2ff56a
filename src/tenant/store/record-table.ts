import type { Database, Row } from './database.ts';
import { type JsonObject, objectOf } from './json-value.ts';

/** A resource as it was sent, with its id and its times. */
export interface StoredRecord {
  readonly id: string;
  /** The resource that it belongs to: `connections/con_1`. Empty if it stands by itself. */
  readonly parent: string;
  readonly created_at: string;
  readonly updated_at: string;
  /** The members that a request has sent, and no others. */
  readonly members: JsonObject;
}

/** A kind of record, and the resource that the records belong to. */
export interface RecordPlace {
  /** The path of the collection: `/log-streams`. */
  readonly kind: string;
  readonly parent?: string;
}

/**
 * Records that nothing searches or joins, by kind and id, in the order of their creation. A record that belongs to another
 * record, or to an application, connection, organization or user, is removed with it.
 */
export interface RecordTable {
  /** All records of a place. */
  at(place: RecordPlace): StoredRecord[];
  /** All records of a kind, regardless of what they belong to. */
  all(kind: string): StoredRecord[];
  find(place: RecordPlace, id: string): StoredRecord | undefined;
  /** The record that has a unique key. */
  findByKey(place: RecordPlace, key: string): StoredRecord | undefined;
  /**
   * Creates a record, or replaces the members of the one that has the id.
   *
   * @param keys values that no other record of the place has
   * @throws Problem `duplicate` if another record has one of its keys
   */
  put(place: RecordPlace, id: string, members: JsonObject, keys?: readonly string[]): StoredRecord;
  /** Returns whether the record was there. */
  remove(place: RecordPlace, id: string): boolean;
}

/** Longer lists are read again each time. */
const SHORT_LIST = 50;

const columns = 'id, parent, created_at, updated_at, members';
const inPlace = 'kind = ? AND parent = ?';

/** Opens the table of records. */
export function createRecordTable(database: Database): RecordTable {
  const remembered = database.remember<Row | 'absent'>(['records']);
  const lists = database.remember<readonly Row[]>(['records']);
  const one = (where: string, { kind, parent = '' }: RecordPlace, value: string) => {
    const row = database.first(`SELECT ${columns} FROM records WHERE ${inPlace} AND ${where}`, kind, parent, value);
    return row === undefined ? undefined : storedRecord(row);
  };
  return {
    at({ kind, parent = '' }) {
      const sql = `SELECT ${columns} FROM records WHERE ${inPlace} ORDER BY sequence`;
      const known = parent === '' ? lists.peek(kind) : undefined;
      const rows = known ?? database.all(sql, kind, parent);
      if (known === undefined && parent === '' && rows.length <= SHORT_LIST) lists.set(kind, rows);
      return rows.map(storedRecord);
    },
    all: (kind) =>
      database.all(`SELECT ${columns} FROM records WHERE kind = ? ORDER BY sequence`, kind).map(storedRecord),
    find({ kind, parent = '' }, id) {
      const row = remembered.get(JSON.stringify([kind, parent, id]), () => {
        const sql = `SELECT ${columns} FROM records WHERE ${inPlace} AND id = ?`;
        return database.first(sql, kind, parent, id) ?? 'absent';
      });
      return row === 'absent' ? undefined : storedRecord(row);
    },
    findByKey: (place, key) =>
      one(
        'sequence = (SELECT k.record FROM record_keys k WHERE k.kind = records.kind AND k.parent = records.parent AND k.key = ?)',
        place,
        key,
      ),
    put: ({ kind, parent = '' }, id, members, keys = []) =>
      database.transaction(() => {
        const now = new Date().toISOString();
        const row = database.first(
          `INSERT INTO records (kind, parent, id, created_at, updated_at, members) VALUES (?, ?, ?, ?, ?, ?)
           ON CONFLICT (kind, parent, id) DO UPDATE SET updated_at = excluded.updated_at, members = excluded.members
           RETURNING sequence, ${columns}`,
          kind,
          parent,
          id,
          now,
          now,
          JSON.stringify(members),
        );
        const sequence = Number(row?.sequence);
        database.run('DELETE FROM record_keys WHERE record = ?', sequence);
        for (const key of keys) {
          database.run(
            'INSERT INTO record_keys (kind, parent, key, record) VALUES (?, ?, ?, ?)',
            kind,
            parent,
            key,
            sequence,
          );
        }
        return storedRecord(row ?? {});
      }),
    remove: ({ kind, parent = '' }, id) =>
      database.run(`DELETE FROM records WHERE ${inPlace} AND id = ?`, kind, parent, id) > 0,
  };
}

function storedRecord({ id, parent, created_at, updated_at, members }: Row): StoredRecord {
  return {
    id: String(id),
    parent: String(parent),
    created_at: String(created_at),
    updated_at: String(updated_at),
    members: objectOf(JSON.parse(String(members))),
  };
}

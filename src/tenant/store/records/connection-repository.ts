import type { Database, Row } from '../database.ts';
import type { JsonObject } from '../json-value.ts';
import type { Page, Paging } from '../paging.ts';

export interface ConnectionRecord {
  readonly id: string;
  readonly name: string;
  readonly strategy: string;
  display_name?: string;
  options: JsonObject;
  /** Client ids of the applications that may use the connection. */
  enabled_clients: string[];
  realms: string[];
  is_domain_connection: boolean;
  metadata: Record<string, string>;
  other: JsonObject;
}

export interface ConnectionRepository {
  /** @param filter.except name of a connection to leave out */
  list(
    filter: { strategy?: string[]; name?: string; except?: string | undefined },
    paging: Paging,
  ): Page<ConnectionRecord>;
  find(id: string): ConnectionRecord | undefined;
  findByName(name: string): ConnectionRecord | undefined;
  /** Connections that the application may use, in order of creation. */
  listEnabledFor(clientId: string): ConnectionRecord[];
  insert(record: ConnectionRecord): void;
  update(record: ConnectionRecord): void;
  remove(id: string): boolean;
}

const select = `record, (
  SELECT json_group_array(client_id) FROM (
    SELECT client_id FROM connection_clients WHERE connection_id = connections.id ORDER BY sequence
  )
) AS enabled_clients`;

/** Sources of users, in order of creation, with the applications that may use each of them. */
export function createConnectionRepository(database: Database): ConnectionRepository {
  const read = (row: Row): ConnectionRecord => ({
    ...(JSON.parse(String(row.record)) as ConnectionRecord),
    enabled_clients: JSON.parse(String(row.enabled_clients)) as string[],
  });
  const readFirst = (row: Row | undefined) => (row === undefined ? undefined : read(row));
  const strip = ({ enabled_clients: _clients, ...record }: ConnectionRecord) => JSON.stringify(record);

  const tables = ['connections', 'connection_clients'];
  const byId = database.remember<ConnectionRecord | undefined>(tables);
  const byName = database.remember<ConnectionRecord | undefined>(tables);
  const byClient = database.remember<ConnectionRecord[]>(tables);

  /** Skips ids of applications that no longer exist. */
  function writeEnabledClients(record: ConnectionRecord): void {
    database.run(
      'DELETE FROM connection_clients WHERE connection_id = ? AND client_id NOT IN (SELECT value FROM json_each(?))',
      record.id,
      JSON.stringify(record.enabled_clients),
    );
    database.run(
      `INSERT OR IGNORE INTO connection_clients (connection_id, client_id)
       SELECT ?, value FROM json_each(?) WHERE value IN (SELECT client_id FROM clients) ORDER BY key`,
      record.id,
      JSON.stringify(record.enabled_clients),
    );
  }

  return {
    list(filter, paging) {
      const conditions = ['TRUE'];
      const values: string[] = [];
      if (filter.strategy !== undefined) {
        conditions.push('strategy IN (SELECT value FROM json_each(?))');
        values.push(JSON.stringify(filter.strategy));
      }
      if (filter.name !== undefined) {
        conditions.push('name = ?');
        values.push(filter.name);
      }
      if (filter.except !== undefined) {
        conditions.push('name <> ?');
        values.push(filter.except);
      }
      const from = `connections WHERE ${conditions.join(' AND ')}`;
      return database.page({ select, from, key: 'sequence', values }, paging, read);
    },
    find: (id) => byId.get(id, () => readFirst(database.first(`SELECT ${select} FROM connections WHERE id = ?`, id))),
    findByName: (name) =>
      byName.get(name, () => readFirst(database.first(`SELECT ${select} FROM connections WHERE name = ?`, name))),
    listEnabledFor: (clientId) =>
      byClient.get(clientId, () =>
        database
          .all(
            `SELECT ${select} FROM connections
             WHERE id IN (SELECT connection_id FROM connection_clients WHERE client_id = ?) ORDER BY sequence`,
            clientId,
          )
          .map(read),
      ),
    insert(record) {
      database.transaction(() => {
        database.run(
          'INSERT INTO connections (id, name, strategy, record) VALUES (?, ?, ?, ?)',
          record.id,
          record.name,
          record.strategy,
          strip(record),
        );
        writeEnabledClients(record);
      });
    },
    update(record) {
      database.transaction(() => {
        database.run('UPDATE connections SET record = ? WHERE id = ?', strip(record), record.id);
        writeEnabledClients(record);
      });
    },
    remove: (id) => database.run('DELETE FROM connections WHERE id = ?', id) > 0,
  };
}

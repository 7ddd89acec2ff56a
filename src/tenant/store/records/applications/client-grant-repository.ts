import type { Database } from '../../database.ts';
import type { JsonObject } from '../../json-value.ts';
import type { Page, Paging } from '../../paging.ts';

export interface ClientGrantRecord {
  readonly id: string;
  readonly client_id: string;
  readonly audience: string;
  scope: string[];
  subject_type: 'client' | 'user';
  other: JsonObject;
}

export interface ClientGrantRepository {
  list(
    filter: { clientId?: string; audience?: string; subjectType?: ClientGrantRecord['subject_type'] },
    paging: Paging,
  ): Page<ClientGrantRecord>;
  find(id: string): ClientGrantRecord | undefined;
  /** The grant for the application itself (client credentials), unless `subjectType` is set. */
  findFor(
    clientId: string,
    audience: string,
    subjectType?: ClientGrantRecord['subject_type'],
  ): ClientGrantRecord | undefined;
  insert(record: ClientGrantRecord): void;
  update(record: ClientGrantRecord): void;
  remove(id: string): boolean;
}

/** The scopes that an application may request from an API, in order of creation. */
export function createClientGrantRepository(database: Database): ClientGrantRepository {
  const remembered = database.remember<ClientGrantRecord | undefined>(['client_grants']);
  return {
    list(filter, paging) {
      const conditions = ['TRUE'];
      const values: string[] = [];
      for (const [column, value] of [
        ['client_id', filter.clientId],
        ['audience', filter.audience],
        ['subject_type', filter.subjectType],
      ] as const) {
        if (value === undefined) continue;
        conditions.push(`${column} = ?`);
        values.push(value);
      }
      const from = `client_grants WHERE ${conditions.join(' AND ')}`;
      return database.page({ select: 'record', from, key: 'sequence', values }, paging, (row) =>
        JSON.parse(String(row.record)),
      );
    },
    find: (id) => database.record('SELECT record FROM client_grants WHERE id = ?', id),
    findFor: (clientId, audience, subjectType = 'client') =>
      remembered.get(JSON.stringify([clientId, audience, subjectType]), () =>
        database.record(
          'SELECT record FROM client_grants WHERE client_id = ? AND audience = ? AND subject_type = ?',
          clientId,
          audience,
          subjectType,
        ),
      ),
    insert(record) {
      database.run(
        'INSERT INTO client_grants (id, client_id, audience, subject_type, record) VALUES (?, ?, ?, ?, ?)',
        record.id,
        record.client_id,
        record.audience,
        record.subject_type,
        JSON.stringify(record),
      );
    },
    update(record) {
      database.run(
        'UPDATE client_grants SET subject_type = ?, record = ? WHERE id = ?',
        record.subject_type,
        JSON.stringify(record),
        record.id,
      );
    },
    remove: (id) => database.run('DELETE FROM client_grants WHERE id = ?', id) > 0,
  };
}

import type { Database } from '../../database.ts';
import type { JsonObject } from '../../json-value.ts';
import type { Page, Paging } from '../../paging.ts';

export interface ResourceServerRecord {
  readonly id: string;
  readonly identifier: string;
  name: string;
  /** The Management API and other APIs that every tenant has. */
  is_system: boolean;
  scopes: { value: string; description?: string }[];
  signing_alg: 'RS256' | 'HS256' | 'PS256';
  /** Seconds. */
  token_lifetime: number;
  token_lifetime_for_web: number;
  allow_offline_access: boolean;
  skip_consent_for_verifiable_first_party_clients: boolean;
  enforce_policies: boolean;
  token_dialect: string;
  other: JsonObject;
  /** Members that a request has set, as with clients. */
  given?: string[];
}

export interface ResourceServerRepository {
  list(paging: Paging): Page<ResourceServerRecord>;
  find(id: string): ResourceServerRecord | undefined;
  findByIdentifier(identifier: string): ResourceServerRecord | undefined;
  insert(record: ResourceServerRecord): void;
  update(record: ResourceServerRecord): void;
  remove(id: string): boolean;
}

/** APIs, in order of creation. */
export function createResourceServerRepository(database: Database): ResourceServerRepository {
  const remembered = database.remember<ResourceServerRecord | undefined>(['resource_servers']);
  return {
    list: (paging) =>
      database.page({ select: 'record', from: 'resource_servers', key: 'sequence', values: [] }, paging, (row) =>
        JSON.parse(String(row.record)),
      ),
    find: (id) => database.record('SELECT record FROM resource_servers WHERE id = ?', id),
    findByIdentifier: (identifier) =>
      remembered.get(identifier, () =>
        database.record('SELECT record FROM resource_servers WHERE identifier = ?', identifier),
      ),
    insert(record) {
      database.run(
        'INSERT INTO resource_servers (id, identifier, record) VALUES (?, ?, ?)',
        record.id,
        record.identifier,
        JSON.stringify(record),
      );
    },
    update(record) {
      database.run('UPDATE resource_servers SET record = ? WHERE id = ?', JSON.stringify(record), record.id);
    },
    remove: (id) => database.run('DELETE FROM resource_servers WHERE id = ?', id) > 0,
  };
}

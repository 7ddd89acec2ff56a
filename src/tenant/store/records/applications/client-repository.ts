import type { Database } from '../../database.ts';
import type { JsonObject } from '../../json-value.ts';
import type { Page, Paging } from '../../paging.ts';

export interface ClientRecord {
  readonly client_id: string;
  client_secret: string;
  name: string;
  description?: string;
  app_type: string;
  is_first_party: boolean;
  /** The tenant's own "All Applications" client. No user signs in through it. */
  global: boolean;
  oidc_conformant: boolean;
  callbacks: string[];
  allowed_logout_urls: string[];
  allowed_origins: string[];
  web_origins: string[];
  grant_types: string[];
  token_endpoint_auth_method: 'none' | 'client_secret_post' | 'client_secret_basic';
  client_metadata: Record<string, string>;
  jwt_configuration: { alg: string; lifetime_in_seconds: number; secret_encoded: boolean; scopes?: JsonObject };
  refresh_token: {
    rotation_type: 'rotating' | 'non-rotating';
    expiration_type: 'expiring' | 'non-expiring';
    leeway: number;
    token_lifetime: number;
    idle_token_lifetime: number;
    infinite_token_lifetime: boolean;
    infinite_idle_token_lifetime: boolean;
    policies?: { audience: string; scope: string[] }[];
  };
  /** All other members that the Management API has set. Stored and returned unchanged. */
  other: JsonObject;
  /**
   * Members that a request has set, such as `callbacks` and `jwt_configuration.alg`. Auth0's answers leave out those that no
   * request has ever set, although they have an effective value. If absent, answers include all that are not empty.
   */
  given?: string[];
  readonly created_at: string;
  updated_at: string;
}

export interface ClientRepository {
  /** @param filter.except client ID of an application to leave out */
  list(
    filter: { global?: boolean; appType?: string[]; firstParty?: boolean; except?: string | undefined },
    paging: Paging,
  ): Page<ClientRecord>;
  find(clientId: string): ClientRecord | undefined;
  findByName(name: string): ClientRecord | undefined;
  insert(record: ClientRecord): void;
  update(record: ClientRecord): void;
  /** Removes its grants and its place in connections too. Returns whether it existed. */
  remove(clientId: string): boolean;
}

/** Applications, in order of creation. */
export function createClientRepository(database: Database): ClientRepository {
  const columns = (record: ClientRecord) =>
    [
      record.name,
      record.app_type,
      Number(record.is_first_party),
      Number(record.global),
      JSON.stringify(record),
      record.client_id,
    ] as const;
  const remembered = database.remember<ClientRecord | undefined>(['clients']);
  return {
    list(filter, paging) {
      const conditions = ['TRUE'];
      const values: (string | number)[] = [];
      if (filter.global !== undefined) {
        conditions.push('is_global = ?');
        values.push(Number(filter.global));
      }
      if (filter.firstParty !== undefined) {
        conditions.push('is_first_party = ?');
        values.push(Number(filter.firstParty));
      }
      if (filter.except !== undefined) {
        conditions.push('client_id <> ?');
        values.push(filter.except);
      }
      if (filter.appType !== undefined) {
        conditions.push('app_type IN (SELECT value FROM json_each(?))');
        values.push(JSON.stringify(filter.appType));
      }
      const from = `clients WHERE ${conditions.join(' AND ')}`;
      return database.page({ select: 'record', from, key: 'sequence', values }, paging, (row) =>
        JSON.parse(String(row.record)),
      );
    },
    find: (clientId) =>
      remembered.get(clientId, () => database.record('SELECT record FROM clients WHERE client_id = ?', clientId)),
    findByName: (name) => database.record('SELECT record FROM clients WHERE name = ? ORDER BY sequence LIMIT 1', name),
    insert(record) {
      database.run(
        'INSERT INTO clients (name, app_type, is_first_party, is_global, record, client_id) VALUES (?, ?, ?, ?, ?, ?)',
        ...columns(record),
      );
    },
    update(record) {
      database.run(
        'UPDATE clients SET name = ?, app_type = ?, is_first_party = ?, is_global = ?, record = ? WHERE client_id = ?',
        ...columns(record),
      );
    },
    remove: (clientId) => database.run('DELETE FROM clients WHERE client_id = ?', clientId) > 0,
  };
}

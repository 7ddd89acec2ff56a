import type { Database } from '../../database.ts';
import type { JsonObject } from '../../json-value.ts';

/** A key or certificate with which an application authenticates. */
export interface ClientCredentialRecord {
  /** `cred_…` */
  readonly id: string;
  readonly client_id: string;
  readonly credential_type: 'public_key' | 'cert_subject_dn' | 'x509_cert';
  readonly name?: string;
  readonly kid?: string;
  readonly alg?: 'RS256' | 'RS384' | 'PS256';
  readonly subject_dn?: string;
  /** base64url */
  readonly thumbprint_sha256?: string;
  readonly created_at: string;
  readonly updated_at: string;
  readonly expires_at?: string;
  /** The key that verifies signatures, for a `public_key`. */
  readonly public_jwk?: JsonObject;
}

export interface ClientCredentialRepository {
  /** Newest first. */
  list(clientId: string): ClientCredentialRecord[];
  find(clientId: string, id: string): ClientCredentialRecord | undefined;
  insert(record: ClientCredentialRecord): void;
  update(record: ClientCredentialRecord): void;
  remove(clientId: string, id: string): boolean;
}

/** Keys and certificates of applications, newest first, as Auth0 lists them. */
export function createClientCredentialRepository(database: Database): ClientCredentialRepository {
  return {
    list: (clientId) =>
      database
        .all('SELECT record FROM client_credentials WHERE client_id = ? ORDER BY sequence DESC', clientId)
        .map((row) => JSON.parse(String(row.record)) as ClientCredentialRecord),
    find: (clientId, id) =>
      database.record('SELECT record FROM client_credentials WHERE client_id = ? AND id = ?', clientId, id),
    insert(record) {
      database.run(
        'INSERT INTO client_credentials (id, client_id, record) VALUES (?, ?, ?)',
        record.id,
        record.client_id,
        JSON.stringify(record),
      );
    },
    update: (record) => {
      database.run('UPDATE client_credentials SET record = ? WHERE id = ?', JSON.stringify(record), record.id);
    },
    remove: (clientId, id) =>
      database.run('DELETE FROM client_credentials WHERE client_id = ? AND id = ?', clientId, id) > 0,
  };
}

import type { Database } from '../../database.ts';
import type { JsonObject } from '../../json-value.ts';

/** A key that signs tokens. */
export interface SigningKeyRecord {
  readonly kid: string;
  readonly private_jwk: JsonObject;
  /** DER in base64, as `x5c` needs it. */
  readonly certificate: string;
  readonly state: 'current' | 'next' | 'previous';
  readonly created_at: string;
}

export interface SigningKeyRepository {
  list(): SigningKeyRecord[];
  insert(record: SigningKeyRecord): void;
}

/** Keys that sign tokens, oldest first. */
export function createSigningKeyRepository(database: Database): SigningKeyRepository {
  return {
    list: () =>
      database
        .all('SELECT record FROM signing_keys ORDER BY created_at, kid')
        .map((row) => JSON.parse(String(row.record)) as SigningKeyRecord),
    insert(record) {
      database.run(
        'INSERT INTO signing_keys (kid, created_at, record) VALUES (?, ?, ?)',
        record.kid,
        record.created_at,
        JSON.stringify(record),
      );
    },
  };
}

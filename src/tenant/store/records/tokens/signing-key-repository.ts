import type { Database } from '../../database.ts';
import type { SigningKeyRecord } from '../../records.ts';
import type { SigningKeyRepository } from '../../store.ts';

/** Keys that sign tokens, the oldest first. */
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

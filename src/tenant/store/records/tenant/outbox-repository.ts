import type { Database } from '../../database.ts';
import type { Page, Paging } from '../../paging.ts';

/** A message that a real tenant would send by mail. */
export interface OutboxRecord {
  readonly to: string;
  readonly subject: string;
  readonly text: string;
  /** URLs of the text, in order: what its reader is to follow. */
  readonly links: string[];
  readonly at: string;
}

/** Mail that a real tenant would send. */
export interface OutboxRepository {
  insert(record: OutboxRecord): void;
  /** The latest first. */
  list(paging: Paging): Page<OutboxRecord>;
  /** Tells of every new message. Answers how to stop. */
  subscribe(listener: (record: OutboxRecord) => void): () => void;
}

/**
 * Mail that a real tenant would send to people, the latest first. Nothing ever leaves the tenant: whoever runs it reads the mail
 * here. Messages hold addresses and links that act for a person, so that they belong in no log.
 *
 * @example
 * store.outbox.insert({
 *   to: 'ada@example.com',
 *   subject: 'Reset your password',
 *   text: 'Follow the link to choose a new password: https://localhost:4000/u/reset-password?ticket=…',
 *   links: ['https://localhost:4000/u/reset-password?ticket=…'],
 *   at: new Date().toISOString(),
 * });
 * const { rows, total } = store.outbox.list({ page: 0, perPage: 50 });
 */
export function createOutboxRepository(database: Database): OutboxRepository {
  const listeners = new Set<(record: OutboxRecord) => void>();
  return {
    insert(record) {
      database.run('INSERT INTO outbox (record) VALUES (?)', JSON.stringify(record));
      for (const listener of listeners) listener(record);
    },
    list: (paging) =>
      database.page({ select: 'record', from: 'outbox', order: 'sequence DESC', values: [] }, paging, (row) =>
        JSON.parse(String(row.record)),
      ),
    subscribe(listener) {
      listeners.add(listener);
      return () => listeners.delete(listener);
    },
  };
}

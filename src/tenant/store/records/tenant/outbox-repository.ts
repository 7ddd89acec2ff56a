import type { Database } from '../../database.ts';
import type { Page, Paging } from '../../paging.ts';

/** An e-mail that a real tenant would send. */
export interface OutboxRecord {
  readonly to: string;
  /** The sender, if the mail's template names one. */
  readonly from?: string;
  readonly subject: string;
  /** The tenant's own text. A mail with a template of the operator has it too, as its plain form. */
  readonly text: string;
  /** The body of a mail that has a template of the operator. */
  readonly html?: string;
  /** URLs in the mail, in order: the links that the recipient follows. */
  readonly links: string[];
  /** Why the operator's template was not used. */
  readonly error?: string;
  readonly at: string;
}

/** E-mails that a real tenant would send. */
export interface OutboxRepository {
  insert(record: OutboxRecord): void;
  /** Newest first. */
  list(paging: Paging): Page<OutboxRecord>;
  /** Calls the listener for each new message. Returns a function that ends the subscription. */
  subscribe(listener: (record: OutboxRecord) => void): () => void;
}

/**
 * E-mails that a real tenant would send to users, newest first. Nothing ever leaves the tenant: the operator reads the e-mails
 * here. Messages hold addresses and links that act for a user, so they belong in no log.
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

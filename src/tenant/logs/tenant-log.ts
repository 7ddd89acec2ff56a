import type { JsonObject } from '../store/json-value.ts';
import type { LogRecord } from '../store/records/logs/log-record.ts';
import type { Store } from '../store/store.ts';

/** An entry before it gets an id and a time. */
export type LogEntry = Omit<LogRecord, 'log_id' | 'date' | 'details'> & { readonly details?: JsonObject };

/** The tenant's log. Stores every entry and passes it to all listeners. */
export interface TenantLog {
  write(entry: LogEntry): LogRecord;
  /** Returns a function that ends the subscription. */
  subscribe(listener: (record: LogRecord) => void): () => void;
}

/**
 * The log of a tenant, kept in its store. Ids sort in the order of writing, as Auth0's do, even across a restart or if the clock
 * is set back: a reader that continues from an entry misses none.
 *
 * @example
 * const log = createTenantLog(store);
 * log.write({ type: 's', description: 'Success Login', user_id: 'auth0|1' });
 */
export function createTenantLog(store: Store): TenantLog {
  const listeners = new Set<(record: LogRecord) => void>();
  let last = BigInt(store.logs.list({}, { page: 0, perPage: 1 }).rows[0]?.log_id ?? 0);
  return {
    write(entry) {
      const now = new Date();
      const date = now.toISOString();
      const byTime = BigInt(logIdAt(now));
      last = byTime > last ? byTime : last + 1n;
      const record: LogRecord = { ...entry, log_id: String(last), date };
      store.logs.insert(record);
      for (const listener of listeners) listener(record);
      return record;
    },
    subscribe(listener) {
      listeners.add(listener);
      return () => listeners.delete(listener);
    },
  };
}

/**
 * The lowest id of an entry written at a time, unless the clock was set back.
 *
 * @example
 * store.logs.list({ from: logIdAt(new Date(began)) }, paging) // what was written since
 */
export function logIdAt(time: Date): string {
  return `900${time.toISOString().replace(/\D/g, '')}000000`;
}

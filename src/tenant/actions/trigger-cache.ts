import type { ActionEffects, CacheEntry } from './sandbox/protocol.ts';

/** What the Actions of one trigger keep from login to login through `api.cache`. */
export interface TriggerCache {
  /** What has not expired. */
  entries(): CacheEntry[];
  apply(changes: ActionEffects['cache']): void;
}

const MOST_ENTRIES = 20;

/**
 * Held by the tenant, not by a sandbox, so that every process of every Action of the trigger sees the same. The limits are
 * checked in the sandbox, where their errors are answered; logins at the same time can together still exceed the number
 * of entries, and then the ones that expire first go.
 */
export function createTriggerCache(): TriggerCache {
  const records = new Map<string, { readonly value: string; readonly expiresAt: number }>();

  function sweep(): void {
    const now = Date.now();
    for (const [key, { expiresAt }] of records) if (expiresAt <= now) records.delete(key);
  }

  return {
    entries() {
      sweep();
      return [...records].map(([key, { value, expiresAt }]) => [key, value, expiresAt] as const);
    },
    apply(changes) {
      for (const [change, key, value, expiresAt] of changes) {
        if (change === 'delete') records.delete(key);
        else records.set(key, { value, expiresAt });
      }
      if (records.size <= MOST_ENTRIES) return;
      sweep();
      const soonestFirst = [...records].sort(([, a], [, b]) => a.expiresAt - b.expiresAt);
      for (const [key] of soonestFirst.slice(0, Math.max(0, records.size - MOST_ENTRIES))) records.delete(key);
    },
  };
}

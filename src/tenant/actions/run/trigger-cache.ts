import { CACHE_LIMITS } from '../sandbox/api/cache-api.ts';
import type { ActionEffects, CacheEntry } from '../sandbox/protocol.ts';

/** The values that the Actions of one trigger keep across logins with `api.cache`. */
export interface TriggerCache {
  /** The entries that have not expired. */
  entries(): CacheEntry[];
  apply(changes: ActionEffects['cache']): void;
  clear(): void;
}

/**
 * Makes a cache in the tenant, not in a sandbox, so that every process of every Action of the trigger sees the same. The sandbox
 * checks the limits and returns their errors, but an Action can disable code in its own process: entries over the limits
 * are not accepted here. Simultaneous logins can together exceed the total size; then the entries that expire first are
 * removed.
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
    clear: () => records.clear(),
    apply(changes) {
      for (const [change, key, value, expiresAt] of changes) {
        if (change === 'delete') records.delete(key);
        else if (Buffer.byteLength(key) <= CACHE_LIMITS.key && Buffer.byteLength(value) <= CACHE_LIMITS.value) {
          records.set(key, { value, expiresAt: Math.min(expiresAt, Date.now() + CACHE_LIMITS.lifetime) });
        }
      }
      sweep();
      let size = 0;
      for (const [key, { value }] of records) size += Buffer.byteLength(key) + Buffer.byteLength(value);
      for (const [key, { value }] of [...records].sort(([, a], [, b]) => a.expiresAt - b.expiresAt)) {
        if (records.size <= CACHE_LIMITS.entries && size <= CACHE_LIMITS.total) return;
        records.delete(key);
        size -= Buffer.byteLength(key) + Buffer.byteLength(value);
      }
    },
  };
}

import type { ApiContext } from './api-context.ts';

const DEFAULT_LIFETIME = 15 * 60 * 1000;
const MOST_CHANGES = 100;

/** Sizes in bytes. */
export const CACHE_LIMITS = {
  /** Milliseconds. */
  lifetime: 24 * 60 * 60 * 1000,
  key: 64,
  value: 4096,
  entries: 20,
  /** Auth0 documents 8 KB; its own runner accepts 16 KB and a little for the keys, which is the limit in production. */
  total: 16 * 1024 + 256,
} as const;

interface CacheRecord {
  readonly value: string;
  /** Milliseconds since 1970. */
  readonly expires_at: number;
}

type CacheErrorCode =
  | 'CacheKeySizeExceeded'
  | 'CacheValueSizeExceeded'
  | 'CacheSizeExceeded'
  | 'ItemAlreadyExpired'
  | 'InvalidExpiry'
  | 'MaxSideEffectsExceeded'
  | 'CacheKeyDoesNotExist'
  | 'FailedToSetCacheRecord';

interface CacheError {
  readonly type: 'error';
  readonly code: CacheErrorCode;
}

/** `api.cache`: shared by all Actions of the trigger. Errors are returned, never thrown. */
export function cacheApi({ cache, collector }: ApiContext) {
  const records = new Map<string, CacheRecord>();
  for (const [key, value, expires_at] of cache) records.set(key, { value, expires_at });

  function validEntry(key: string): CacheRecord | undefined {
    const record = records.get(key);
    return record !== undefined && record.expires_at > Date.now() ? record : undefined;
  }

  function room(key: string, value: string): boolean {
    let size = Buffer.byteLength(key) + Buffer.byteLength(value);
    let entries = 1;
    for (const [other, record] of records) {
      if (other === key || record.expires_at <= Date.now()) continue;
      size += Buffer.byteLength(other) + Buffer.byteLength(record.value);
      entries += 1;
    }
    return size <= CACHE_LIMITS.total && entries <= CACHE_LIMITS.entries;
  }

  return {
    get(key: unknown): CacheRecord | undefined {
      const record = validEntry(String(key));
      collector.record('cache.get', [key]);
      return record === undefined ? undefined : { ...record };
    },

    set(key: unknown, value: unknown, options?: { ttl?: number; expires_at?: number }) {
      // The value usually is a token, which must not be in the record of calls.
      collector.record('cache.set', options === undefined ? [key, '***'] : [key, '***', options]);
      if (typeof key !== 'string' || typeof value !== 'string') return failed('FailedToSetCacheRecord');
      if (Buffer.byteLength(key) > CACHE_LIMITS.key) return failed('CacheKeySizeExceeded');
      if (Buffer.byteLength(value) > CACHE_LIMITS.value) return failed('CacheValueSizeExceeded');
      if (!room(key, value)) return failed('CacheSizeExceeded');
      const now = Date.now();
      const expires_at = expiry(now, options);
      if (expires_at === undefined) return failed('InvalidExpiry');
      if (expires_at <= now) return failed('ItemAlreadyExpired');
      if (collector.effects.cache.length >= MOST_CHANGES) return failed('MaxSideEffectsExceeded');
      const record = { value, expires_at };
      records.set(key, record);
      collector.effects.cache.push(['set', key, value, expires_at]);
      return { type: 'success' as const, record: { ...record } };
    },

    delete(key: unknown) {
      collector.record('cache.delete', [key]);
      if (validEntry(String(key)) === undefined) return failed('CacheKeyDoesNotExist');
      if (collector.effects.cache.length >= MOST_CHANGES) return failed('MaxSideEffectsExceeded');
      records.delete(String(key));
      collector.effects.cache.push(['delete', String(key)]);
      return { type: 'success' as const };
    },
  };
}

/** Returns the earlier time if both are set; never later than a day from now. */
function expiry(now: number, options: { ttl?: unknown; expires_at?: unknown } | undefined): number | undefined {
  const limits: number[] = [];
  if (options?.ttl !== undefined) {
    if (!isFiniteNumber(options.ttl)) return undefined;
    limits.push(now + Math.floor(options.ttl));
  }
  if (options?.expires_at !== undefined) {
    if (!isFiniteNumber(options.expires_at)) return undefined;
    limits.push(Math.floor(options.expires_at));
  }
  const at = Math.min(...(limits.length === 0 ? [now + DEFAULT_LIFETIME] : limits));
  return Number.isSafeInteger(at) ? Math.min(at, now + CACHE_LIMITS.lifetime) : undefined;
}

function isFiniteNumber(value: unknown): value is number {
  return Number.isFinite(value);
}

function failed(code: CacheErrorCode): CacheError {
  return { type: 'error', code };
}

import type { CacheRecord, EffectiveRoles, PostLoginApi } from '../../src/action/action-api.ts';

/** A method's name, such as `access.deny`, and the arguments of the call. */
export type ApiCall = readonly [method: string, ...values: unknown[]];

export interface RecordingApi {
  readonly api: PostLoginApi;
  /** The Action's changes, in order; its reads are not recorded. */
  readonly calls: ApiCall[];
}

export interface ApiChanges {
  readonly cache?: Map<string, CacheRecord>;
  /** Makes the named method throw. */
  readonly failing?: string;
  readonly canRedirect?: boolean;
  readonly roles?: Pick<EffectiveRoles, 'getUserEffectiveRoles'>;
}

/** Makes an `api` that records every method call, and that has a working cache. */
export function recordingApi(changes: ApiChanges = {}): RecordingApi {
  const calls: ApiCall[] = [];
  const cache = changes.cache ?? new Map<string, CacheRecord>();
  const answers: Record<string, (...values: never[]) => unknown> = {
    'cache.get': (key: string) => cache.get(key),
    'cache.set': (key: string, value: string, { ttl }: { ttl: number }) => {
      if (Buffer.byteLength(key) > 64) return { type: 'error', code: 'CacheKeySizeExceeded' };
      const record = { value, expires_at: Date.now() + ttl };
      cache.set(key, record);
      return { type: 'success', record };
    },
    'cache.delete': (key: string) => {
      cache.delete(key);
      return { type: 'success' };
    },
  };
  const group = (prefix: string) =>
    new Proxy<Record<string, unknown>>(
      {},
      {
        get: (_target, name) => {
          const method = `${prefix}.${String(name)}`;
          if (method === 'redirect.canRedirect' && changes.failing !== method) {
            return changes.canRedirect === undefined ? undefined : () => changes.canRedirect;
          }
          return (...values: unknown[]) => {
            if (changes.failing === method) throw new Error(`${method} failed for ${JSON.stringify(values)}`);
            if (method === 'redirect.sendUserTo') new URL(String(values[0]));
            const answer = answers[method];
            if (answer !== undefined) return answer(...(values as never[]));
            calls.push([method, ...values]);
            return api;
          };
        },
      },
    );
  const api = new Proxy<Record<string, unknown>>(
    {},
    { get: (_target, name) => (name === 'roles' ? changes.roles : group(String(name))) },
  ) as unknown as PostLoginApi;
  return { api, calls };
}

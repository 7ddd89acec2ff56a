import type { CacheRecord, EffectiveRoles } from '../../src/action/action-api.ts';
import type { PostLoginEvent } from '../../src/action/action-event.ts';
import { loadAction } from './load-action.ts';
import { type ApiCall, recordingApi } from './recording-api.ts';
import { sampleSettings } from './sample-policy.ts';
import type { Clock } from './virtual-clock.ts';

/** One execution of an Action. */
export interface Execution {
  readonly code: string;
  readonly event: PostLoginEvent;
  readonly clock: Clock;
  /** The cache of the Action: executions with the same name share it. */
  readonly cache: string;
  /** The content of the cache at the start. */
  readonly cached?: string;
  /** A cache whose every method throws. */
  readonly brokenCache?: boolean;
  /** The pages of `api.roles.getUserEffectiveRoles`; `'hang'` and `'throw'` for a page that does so. */
  readonly effectiveRoles?: readonly unknown[];
}

export interface ExecutionResult {
  readonly calls: readonly ApiCall[];
  readonly printed: readonly string[];
  /** By the Action's own clock. */
  readonly ms: number;
  /** The message of the handler's error. */
  readonly thrown?: string;
  /** The content of the cache at the end: values by key. */
  readonly cached: Readonly<Record<string, string>>;
}

const caches = new Map<string, Map<string, CacheRecord>>();

/** Runs an Action once, as Auth0 does in a warm process. */
export async function runAction(execution: Execution): Promise<ExecutionResult> {
  const { clock } = execution;
  const cache = caches.get(execution.cache) ?? new Map<string, CacheRecord>();
  caches.set(execution.cache, cache);
  if (execution.cached !== undefined) {
    const key = `portcullis:${sampleSettings.clientId}`;
    cache.set(key, { value: execution.cached, expires_at: Date.now() + 60_000 });
  }
  const printed: string[] = [];
  const { onExecutePostLogin } = loadAction(execution.code, (line) => printed.push(line), clock);
  const { api, calls } = recordingApi({
    cache: execution.brokenCache ? brokenCache() : cache,
    ...(execution.effectiveRoles === undefined ? {} : { roles: effectiveRoles(execution.effectiveRoles) }),
  });
  const started = clock.performance.now();
  let thrown: string | undefined;
  try {
    await onExecutePostLogin(execution.event, api);
  } catch (error) {
    thrown = String(error);
  }
  const ms = clock.performance.now() - started;
  const cached = Object.fromEntries([...cache].map(([key, { value }]) => [key, value]));
  return { calls, printed, ms, cached, ...(thrown === undefined ? {} : { thrown }) };
}

function brokenCache(): Map<string, CacheRecord> {
  const fail = () => {
    throw new Error('The cache is out of order.');
  };
  return { get: fail, set: fail, delete: fail } as unknown as Map<string, CacheRecord>;
}

function effectiveRoles(pages: readonly unknown[]): Pick<EffectiveRoles, 'getUserEffectiveRoles'> {
  let index = 0;
  return {
    async getUserEffectiveRoles(page) {
      const expected = index === 0 ? undefined : (pages[index - 1] as { next?: string }).next;
      if (page?.from !== expected) throw new Error(`The page from ${expected} was expected.`);
      const answer = pages[index];
      index += 1;
      if (answer === 'throw') throw new Error('The roles are out of order.');
      return answer === 'hang' ? new Promise<never>(() => undefined) : (answer as never);
    },
  };
}

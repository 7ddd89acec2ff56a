// Runs in a process of its own: see action-process.ts.
import type { CacheRecord, EffectiveRoles } from '../../src/action/action-api.ts';
import type { Execution, ExecutionResult, Numbered } from './action-process.ts';
import { loadAction } from './load-action.ts';
import { recordingApi } from './recording-api.ts';
import { sampleSettings } from './sample-policy.ts';
import { slowClock } from './slow-clock.ts';

const caches = new Map<string, Map<string, CacheRecord>>();

process.on('message', async ({ number, content }: Numbered<Execution>) => {
  const answer: Numbered<ExecutionResult> = { number, content: await execute(content) };
  process.send?.(answer);
});

async function execute(execution: Execution): Promise<ExecutionResult> {
  const cache = caches.get(execution.cache) ?? new Map<string, CacheRecord>();
  caches.set(execution.cache, cache);
  if (execution.cached !== undefined) {
    const key = `portcullis:${sampleSettings.clientId}`;
    cache.set(key, { value: execution.cached, expires_at: Date.now() + 60_000 });
  }
  const printed: string[] = [];
  const { onExecutePostLogin } = loadAction(execution.code, (line) => printed.push(line), slowClock);
  const { api, calls } = recordingApi({
    cache: execution.brokenCache ? brokenCache() : cache,
    ...(execution.effectiveRoles === undefined ? {} : { roles: effectiveRoles(execution.effectiveRoles) }),
  });
  const started = slowClock.performance.now();
  let thrown: string | undefined;
  try {
    await onExecutePostLogin(execution.event, api);
  } catch (error) {
    thrown = String(error);
  }
  const ms = slowClock.performance.now() - started;
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

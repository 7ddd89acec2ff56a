import { ManagementError } from '../../management/management-error.ts';

const tries = 30;
const pauseMs = 2000;

/** Waits, unless it is called off. */
export function pause(ms: number, signal: AbortSignal): Promise<void> {
  return new Promise((resolve, reject) => {
    const stop = () => {
      clearTimeout(timer);
      reject(signal.reason);
    };
    const timer = setTimeout(() => {
      signal.removeEventListener('abort', stop);
      resolve();
    }, ms);
    if (signal.aborted) stop();
    signal.addEventListener('abort', stop, { once: true });
  });
}

/**
 * Asks again where the tenant says that there were too many requests: reading everybody takes many.
 *
 * @throws {ManagementError} whatever else the tenant says, and `429` where it goes on saying so for a minute
 * @example
 * const page = await retryOnRateLimit(signal, () => manage.get<Page>('roles', {}, signal));
 */
export async function retryOnRateLimit<Answer>(signal: AbortSignal, ask: () => Promise<Answer>): Promise<Answer> {
  for (let attempt = 1; ; attempt += 1) {
    try {
      return await ask();
    } catch (error) {
      if (!(error instanceof ManagementError) || error.status !== 429 || attempt === tries) throw error;
      await pause(pauseMs, signal);
    }
  }
}

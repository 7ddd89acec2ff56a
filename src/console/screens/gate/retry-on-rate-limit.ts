import { ManagementError } from '../../management/management-error.ts';

const maximumAttempts = 30;
const pauseMs = 2000;

/** Waits until the time is over or the signal aborts. */
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
 * Repeats a request while the tenant answers `429`: reading all users takes many requests.
 *
 * @throws {ManagementError} for any other error, and for `429` if it lasts for a minute
 * @example
 * const page = await retryOnRateLimit(signal, () => manage.get<Page>('roles', {}, signal));
 */
export async function retryOnRateLimit<Answer>(signal: AbortSignal, send: () => Promise<Answer>): Promise<Answer> {
  for (let attempt = 1; ; attempt += 1) {
    try {
      return await send();
    } catch (error) {
      if (!(error instanceof ManagementError) || error.status !== 429 || attempt === maximumAttempts) throw error;
      await pause(pauseMs, signal);
    }
  }
}

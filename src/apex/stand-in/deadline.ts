import { Problem } from '../../problem/problem.ts';

/**
 * Waits for work at most for a given time, regardless of how many requests it makes.
 *
 * @param milliseconds the limit for all the work
 * @throws {Problem} `provider_timeout`
 * @example await withinDeadline(fetchEverything(), 10_000);
 */
export async function withinDeadline<T>(work: Promise<T>, milliseconds: number): Promise<T> {
  let timer: NodeJS.Timeout | undefined;
  const deadline = new Promise<never>((_, reject) => {
    const error = new Problem('provider_timeout', 'The identity provider took too long to answer.');
    timer = setTimeout(() => reject(error), milliseconds);
  });
  try {
    return await Promise.race([work, deadline]);
  } finally {
    clearTimeout(timer);
  }
}

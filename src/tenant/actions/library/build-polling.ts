import type { ActionBuilds } from '../builds/action-builds.ts';

/** Requests that are answered at once during the build of an Action. */
const AT_ONCE = 2;
/** The most milliseconds that later requests wait. */
const LONGEST_WAIT = 4000;

/**
 * Delays clients that poll the state of a build: from the third request on, the response waits for the build. Auth0 needs a
 * second or two for a build, and some clients poll a fixed number of times.
 *
 * @returns a promise to await before the state of an Action is returned
 */
export function delayRepeatedPolls(builds: ActionBuilds): (actionId: string) => Promise<void> {
  const requests = new Map<string, number>();
  return async (actionId) => {
    if (!builds.isRunning(actionId)) {
      requests.delete(actionId);
      return;
    }
    const times = (requests.get(actionId) ?? 0) + 1;
    requests.set(actionId, times);
    if (times <= AT_ONCE) return;
    let timer: NodeJS.Timeout | undefined;
    const limit = new Promise<void>((resolve) => {
      timer = setTimeout(resolve, LONGEST_WAIT);
    });
    await Promise.race([builds.settled(actionId), limit]);
    clearTimeout(timer);
  };
}

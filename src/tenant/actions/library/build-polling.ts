import type { ActionBuilds } from '../builds/action-builds.ts';

/** Requests that are answered at once while an Action is being built. */
const AT_ONCE = 2;
/** Most milliseconds that later requests wait. */
const LONGEST_WAIT = 4000;

/**
 * Delays clients that poll the state of a build: from the third request on, the answer waits for the build. Auth0 needs a
 * second or two for a build, and some clients poll a fixed number of times.
 *
 * @returns a promise to await before the state of an Action is answered
 */
export function delayRepeatedPolls(builds: ActionBuilds): (actionId: string) => Promise<void> {
  const asked = new Map<string, number>();
  return async (actionId) => {
    if (!builds.isRunning(actionId)) {
      asked.delete(actionId);
      return;
    }
    const times = (asked.get(actionId) ?? 0) + 1;
    asked.set(actionId, times);
    if (times <= AT_ONCE) return;
    let timer: NodeJS.Timeout | undefined;
    const limit = new Promise<void>((resolve) => {
      timer = setTimeout(resolve, LONGEST_WAIT);
    });
    await Promise.race([builds.settled(actionId), limit]);
    clearTimeout(timer);
  };
}

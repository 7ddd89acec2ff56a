import type { ActionBuilds } from '../builds/action-builds.ts';

/** Answers at once while an Action is being built. */
const AT_ONCE = 2;
/** Milliseconds that the others wait at most. */
const LONGEST_WAIT = 4000;

/**
 * Slows down whoever asks again and again whether an Action is built: from the third question on, the answer waits for the
 * build. A build takes Auth0 a second or two, and clients ask in a loop, some of them a fixed number of times.
 *
 * @returns what is to be waited for before the state of an Action is told
 */
export function createBuildPatience(builds: ActionBuilds): (actionId: string) => Promise<void> {
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

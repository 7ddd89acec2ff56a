import type { ManagementClient } from 'auth0';
import { gateHistory } from '../decisions/gate-history.ts';
import type { LoginDecision } from '../decisions/login-decision.ts';
import { readDecisions } from '../decisions/read-decisions.ts';

/** Decisions at one application, as the tenant's log gets them. */
export interface WatchedDecisions {
  /**
   * Waits for the first decision that fits, among past ones as well.
   *
   * @returns `undefined` if the log cannot be read, or no longer
   */
  first(fits: (decision: LoginDecision) => boolean): Promise<LoginDecision | undefined>;
}

/**
 * Reads the tenant's log from now on, until the signal aborts. "Now" is the time of the call, however long the tenant takes to
 * answer: a login that is faster than the first answer is found as well.
 *
 * @param clientId the application
 * @example
 * const decisions = watchDecisions(management, 'b1Xk…', signal);
 * const refused = await decisions.first(({ outcome }) => outcome === 'refuse');
 */
export function watchDecisions(management: ManagementClient, clientId: string, signal: AbortSignal): WatchedDecisions {
  const since = new Date();
  const decided: LoginDecision[] = [];
  const waiting = new Set<() => void>();
  let ended = false;
  const read = async (): Promise<void> => {
    const history = await gateHistory(management);
    for await (const decisions of readDecisions(management, history, { since, follow: true, signal })) {
      decided.push(...decisions.filter(({ application }) => application === clientId));
      for (const look of waiting) look();
    }
  };
  const end = (): void => {
    ended = true;
    for (const look of waiting) look();
  };
  // A log that cannot be read, or no longer: then only the login itself shows the outcome.
  read().then(end, end);
  return {
    first(fits) {
      return new Promise((resolve) => {
        const look = (): void => {
          const found = decided.find(fits);
          if (found === undefined && !ended) return;
          waiting.delete(look);
          resolve(found);
        };
        waiting.add(look);
        look();
      });
    },
  };
}

//! The 4 seconds that a login may take at most, and the requests it has cost.
import { ManagementFailure } from './management-failure.ts';

/** Auth0 stops all Actions of a trigger together after 20 s; a person has given up long before. */
const TOTAL_MS = 4000;
/** With less left than this, another request is not worth its start. */
const WORTHWHILE_MS = 50;
/** Kept back from the last request, so that its own failure is what is reported. */
const RESERVE_MS = 25;

/** The time and the requests that one login may spend at the tenant. Starts to run when made. */
export class LoginBudget {
  /** Requests sent to the tenant so far: for the token, to the Management API, and those repeated. */
  calls = 0;
  private readonly startedAt = performance.now();

  /** Whole milliseconds since the login began. */
  elapsed(): number {
    return Math.round(performance.now() - this.startedAt);
  }

  /** Milliseconds left; below zero once the budget is overdrawn. */
  remaining(): number {
    return TOTAL_MS - (performance.now() - this.startedAt);
  }

  /** Whether there is time for a request after a pause of `ms`. */
  affords(ms: number): boolean {
    return this.remaining() - ms > WORTHWHILE_MS;
  }

  /** Milliseconds for a request that may take `most` of them: at least 1, and less than what is left. */
  limit(most: number): number {
    return Math.max(1, Math.floor(Math.min(most, this.remaining() - RESERVE_MS)));
  }

  /**
   * Waits for `work`, but never longer than the budget lasts: a runtime or a server that ignores every other limit
   * must not keep a person waiting.
   *
   * @param atMost milliseconds that may go into this piece of work
   * @throws {ManagementFailure} `time_over`
   */
  async spend<T>(work: Promise<T>, atMost = TOTAL_MS): Promise<T> {
    let timer: ReturnType<typeof setTimeout> | undefined;
    const over = new Promise<never>((_resolve, reject) => {
      const ms = Math.max(0, Math.min(atMost, this.remaining()));
      timer = setTimeout(() => reject(new ManagementFailure('time_over')), ms);
    });
    try {
      return await Promise.race([work, over]);
    } finally {
      clearTimeout(timer);
    }
  }
}

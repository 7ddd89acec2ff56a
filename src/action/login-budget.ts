//! The 4 seconds that a login may take, and the requests that it has made.
import { ManagementFailure } from './management-failure.ts';

/** Auth0 stops all Actions of a trigger together after 20 s; users give up much earlier. */
const TOTAL_MS = 4000;
/** The time that must be left for another request to be worth starting. */
const WORTHWHILE_MS = 50;
/** Time kept back from the last request, so that its own failure is reported. */
const RESERVE_MS = 25;

/** The time and the requests that one login may use on the tenant. The time starts with the constructor. */
export class LoginBudget {
  /** Requests sent to the tenant so far: for the token, to the Management API, and retries. */
  calls = 0;
  private readonly startedAt = performance.now();

  /** Whole milliseconds since the login began. */
  elapsed(): number {
    return Math.round(performance.now() - this.startedAt);
  }

  /** Milliseconds left; negative when the budget is overdrawn. */
  remaining(): number {
    return TOTAL_MS - (performance.now() - this.startedAt);
  }

  /** Whether there is time for a request after a pause of `ms`. */
  affords(ms: number): boolean {
    return this.remaining() - ms > WORTHWHILE_MS;
  }

  /** Milliseconds for a request that may take `most`: at least 1, and less than the time left. */
  limit(most: number): number {
    return Math.max(1, Math.floor(Math.min(most, this.remaining() - RESERVE_MS)));
  }

  /**
   * Waits for `work`, but never longer than the budget lasts: a runtime or a server that ignores every other limit
   * must not keep a user waiting.
   *
   * @param atMost milliseconds that this piece of work may take
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

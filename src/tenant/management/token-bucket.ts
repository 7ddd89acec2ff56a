/**
 * An allowance that fills up steadily. Times are milliseconds, of any clock.
 *
 * @example
 * const bucket = new TokenBucket({ burst: 2, perMinute: 120 }, 0);
 * [bucket.take(0), bucket.take(0), bucket.take(0), bucket.take(500)] // [true, true, false, true]
 */
export class TokenBucket {
  readonly burst: number;
  readonly #millisecondsPerToken: number;
  #tokens: number;
  #at: number;

  constructor(limit: { readonly burst: number; readonly perMinute: number }, now: number) {
    this.burst = limit.burst;
    this.#millisecondsPerToken = 60_000 / limit.perMinute;
    this.#tokens = limit.burst;
    this.#at = now;
  }

  /** Takes one if there is one. */
  take(now: number): boolean {
    // A clock that is set back neither gives nor takes.
    const passed = Math.max(0, now - this.#at);
    this.#at = now;
    this.#tokens = Math.min(this.burst, this.#tokens + passed / this.#millisecondsPerToken);
    if (this.#tokens < 1) return false;
    this.#tokens -= 1;
    return true;
  }

  get remaining(): number {
    return Math.floor(this.#tokens);
  }

  /** From the last `take` on; 0 where it is full. */
  get millisecondsToNext(): number {
    if (this.#tokens >= this.burst) return 0;
    return (1 - (this.#tokens % 1)) * this.#millisecondsPerToken;
  }
}

/**
 * A limit that refills steadily. Times are milliseconds of any clock.
 *
 * @example
 * const bucket = new TokenBucket({ burst: 2, perMinute: 120 }, 0);
 * [bucket.take(0), bucket.take(0), bucket.take(0), bucket.take(500)] // [true, true, false, true]
 */
export class TokenBucket {
  readonly burst: number;
  readonly #millisecondsPerToken: number;
  /** Milliseconds of refill that are unspent. Whole numbers: a sum of fractions of tokens falls short of one token at times. */
  #filled: number;
  #at: number;

  constructor(limit: { readonly burst: number; readonly perMinute: number }, now: number) {
    this.burst = limit.burst;
    this.#millisecondsPerToken = 60_000 / limit.perMinute;
    this.#filled = limit.burst * this.#millisecondsPerToken;
    this.#at = now;
  }

  /** Takes one token if there is one. */
  take(now: number): boolean {
    // A clock that is set back changes nothing.
    const passed = Math.max(0, now - this.#at);
    this.#at = now;
    this.#filled = Math.min(this.burst * this.#millisecondsPerToken, this.#filled + passed);
    if (this.#filled < this.#millisecondsPerToken) return false;
    this.#filled -= this.#millisecondsPerToken;
    return true;
  }

  get remaining(): number {
    return Math.floor(this.#filled / this.#millisecondsPerToken);
  }

  /** Counted from the last `take`; 0 if the bucket is full. */
  get millisecondsToNext(): number {
    if (this.#filled >= this.burst * this.#millisecondsPerToken) return 0;
    return this.#millisecondsPerToken - (this.#filled % this.#millisecondsPerToken);
  }
}

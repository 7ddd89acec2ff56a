import { AsyncLocalStorage } from 'node:async_hooks';
import { Problem } from '../problem/problem.ts';
import { shiftedDate } from '../tenant/actions/sandbox/shifted-date.ts';

/** A length of time. The members add up. */
export interface Duration {
  readonly days?: number;
  readonly hours?: number;
  readonly minutes?: number;
  readonly seconds?: number;
  readonly milliseconds?: number;
}

/** The clock of one tenant. It runs as the machine's does, and can be moved on. */
export interface TenantClock {
  /** The tenant's time. */
  now(): Date;
  /**
   * Moves the clock on, for sessions, tokens, codes and the `Date` of Actions.
   *
   * @throws {Problem} `clock_invalid` if a member is no number
   */
  advance(by: Duration): Promise<void>;
  /**
   * Sets the clock to a time.
   *
   * @throws {Problem} `clock_invalid`
   */
  set(to: Date | string): Promise<void>;
  /** Runs work whose `Date` is the tenant's, such as an application's check of a token. */
  run<Result>(work: () => Result): Result;
}

/** A clock that a snapshot can remember. */
export interface RestorableClock extends TenantClock {
  /** Milliseconds that it is ahead. */
  offset: number;
}

const MILLISECONDS = { days: 86_400_000, hours: 3_600_000, minutes: 60_000, seconds: 1000, milliseconds: 1 } as const;
const contexts = new AsyncLocalStorage<{ readonly offset: number }>();
/** Each `Date` made here with the one that it stands for. */
const originals = new WeakMap<DateConstructor, DateConstructor>();

/**
 * Creates a clock. While a clock is moved, the `Date` of this process is one that asks for the clock of the current work: work of
 * other tenants, and all other code, sees the machine's time. A library with a `Date` of its own for tests keeps it.
 *
 * @example
 * const clock = createTenantClock();
 * await clock.advance({ days: 31 });
 * clock.run(() => new Date()); // in 31 days
 */
export function createTenantClock(): RestorableClock {
  const clock: RestorableClock = {
    offset: 0,
    now: () => clock.run(() => new Date()),
    async advance(by) {
      clock.offset += millisecondsOf(by);
      // Servers that began inside `run` ask for the time in requests, which enter no `run`.
      followClocks();
    },
    async set(to) {
      const time = new Date(to).getTime();
      if (Number.isNaN(time)) throw invalid(String(to));
      clock.offset = time - contexts.run({ offset: 0 }, () => Date.now());
      followClocks();
    },
    run(work) {
      if (clock.offset !== 0) followClocks();
      return contexts.run(clock, work);
    },
  };
  return clock;
}

function followClocks(): void {
  if (originals.has(Date)) return;
  const original = Date;
  const followed = shiftedDate(original, () => contexts.getStore()?.offset ?? 0);
  originals.set(followed, original);
  globalThis.Date = followed;
}

/** Gives this process its own `Date` back, when no tenant runs. */
export function forgetClocks(): void {
  globalThis.Date = originals.get(Date) ?? Date;
}

function millisecondsOf(by: Duration): number {
  let sum = 0;
  for (const [unit, value] of Object.entries(by)) {
    const milliseconds = (MILLISECONDS as Readonly<Record<string, number>>)[unit];
    if (milliseconds === undefined || !Number.isFinite(value)) throw invalid(`${unit}: ${String(value)}`);
    sum += value * milliseconds;
  }
  return sum;
}

function invalid(found: string): Problem {
  return new Problem('clock_invalid', `The clock cannot be moved by or to "${found}".`);
}

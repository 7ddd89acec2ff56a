/** How much slower the clock of an Action runs than the machine's. */
export const SLOWNESS = 5;

/** The functions by which an Action measures time and waits. */
export type Clock = Pick<typeof globalThis, 'setTimeout'> & {
  readonly performance: { now(): number };
  readonly AbortSignal: { timeout(ms: number): AbortSignal };
};

/**
 * A clock that runs slower than the machine's. The 4 seconds that an Action may take are 20 on the machine, so that a fast answer
 * arrives in time on a busy machine as well.
 */
export const slowClock: Clock = {
  performance: { now: () => performance.now() / SLOWNESS },
  setTimeout: ((work: () => void, ms = 0) => setTimeout(work, ms * SLOWNESS)) as typeof setTimeout,
  AbortSignal: { timeout: (ms) => AbortSignal.timeout(ms * SLOWNESS) },
};

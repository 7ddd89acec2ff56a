import { shiftedDate } from './shifted-date.ts';

/** Milliseconds that a message may be on its way: clocks that differ by less are the same. */
const SAME_TIME = 2000;

/**
 * Makes the Action's `Date` follow the tenant's clock, which may be ahead of the machine's.
 *
 * @returns the function that takes the tenant's time at the start of each run
 */
export function createTenantTime(): (time: number) => void {
  const machine = Date.now;
  let offset = 0;
  let shifted = false;
  return (time) => {
    const difference = time - machine();
    offset = Math.abs(difference) < SAME_TIME ? 0 : difference;
    if (offset === 0 || shifted) return;
    shifted = true;
    globalThis.Date = shiftedDate(Date, () => offset);
  };
}

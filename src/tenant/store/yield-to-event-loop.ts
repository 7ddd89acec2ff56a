/**
 * Gives every request that waits its turn before long work goes on: SQLite answers within the thread that everything runs in.
 *
 * @example
 * for (const slice of slices) {
 *   look(slice);
 *   await yieldToEventLoop();
 * }
 */
export function yieldToEventLoop(): Promise<void> {
  return new Promise((resolve) => setImmediate(resolve));
}

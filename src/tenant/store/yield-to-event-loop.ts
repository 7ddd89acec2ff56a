/**
 * Lets waiting requests run before long work goes on: SQLite runs in the one thread that serves everything.
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

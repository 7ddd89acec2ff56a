/** The middle of some figures: one slow round does not move it. */
export function median(figures: readonly number[]): number {
  const sorted = [...figures].sort((a, b) => a - b);
  const middle = sorted.length >> 1;
  const upper = sorted[middle] ?? Number.NaN;
  return sorted.length % 2 === 1 ? upper : ((sorted[middle - 1] ?? Number.NaN) + upper) / 2;
}

/** Milliseconds that some work takes; what is to be put away afterwards does not count. */
export async function timed<Made>(
  work: () => Promise<Made>,
  putAway: (made: Made) => Promise<void> = async () => {},
): Promise<number> {
  const start = performance.now();
  const made = await work();
  const taken = performance.now() - start;
  await putAway(made);
  return taken;
}

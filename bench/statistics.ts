/** The median of some figures. One slow round does not change it. */
export function median(figures: readonly number[]): number {
  const sorted = [...figures].sort((a, b) => a - b);
  const middle = sorted.length >> 1;
  const upper = sorted[middle] ?? Number.NaN;
  return sorted.length % 2 === 1 ? upper : ((sorted[middle - 1] ?? Number.NaN) + upper) / 2;
}

/** Milliseconds that some work takes. Cleaning up afterwards does not count. */
export async function timed<Made>(
  work: () => Promise<Made>,
  cleanUp: (result: Made) => Promise<void> = async () => {},
): Promise<number> {
  const start = performance.now();
  const result = await work();
  const milliseconds = performance.now() - start;
  await cleanUp(result);
  return milliseconds;
}

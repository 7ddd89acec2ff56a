const works = new Set<() => void>();

function runAll(): void {
  for (const work of works) work();
}

/**
 * Runs work when the process ends, however many tenants it has: Node warns of more than ten listeners.
 *
 * @returns a function that withdraws the work
 * @example
 * const withdraw = onProcessExit(() => rmSync(folder, { recursive: true }));
 */
export function onProcessExit(work: () => void): () => void {
  if (works.size === 0) process.on('exit', runAll);
  works.add(work);
  return () => {
    works.delete(work);
    if (works.size === 0) process.off('exit', runAll);
  };
}

/**
 * Waits until a condition holds. Only the time limit of the test ends a wait for one that never does.
 *
 * @example await until(() => entries.length > 0);
 */
export async function until(condition: () => boolean | Promise<boolean>, interval = 10): Promise<void> {
  while (!(await condition())) await new Promise((resolve) => setTimeout(resolve, interval));
}

/**
 * Waits until an Action is built, with the client of the test.
 *
 * @param read reads the Action with that client
 * @throws Error if the build fails
 * @example await untilBuilt(() => management.actions.get(id));
 */
export async function untilBuilt(read: () => Promise<{ readonly status?: unknown }>): Promise<void> {
  await until(async () => {
    const { status } = await read();
    if (status === 'failed') throw new Error('The build failed.');
    return status === 'built';
  });
}

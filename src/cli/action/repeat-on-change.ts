import { contentOf, watchFile } from '../dev/watch-file.ts';
import type { ExitStatus } from '../exit-status.ts';
import type { StopSignal } from '../stop-signal.ts';

/**
 * Does some work at once, and again whenever the content of one of the files changes, until the user stops the program.
 * Each run ends before the next begins. Changes during a run lead to one more run.
 *
 * @param files absolute paths
 * @param work settles in every case
 * @example
 * await repeatOnChange(['gate.js'], signal, () => runOnce());
 */
export async function repeatOnChange(
  files: readonly string[],
  signal: StopSignal,
  work: () => Promise<void>,
): Promise<ExitStatus> {
  let due = true;
  let wake: () => void = () => {};
  const contents = await Promise.all(files.map(contentOf));
  const stops = files.map((file, index) =>
    watchFile(file, contents[index], () => {
      due = true;
      wake();
    }),
  );
  while (!signal.requested) {
    if (due) {
      due = false;
      await Promise.race([work(), signal.stopped]);
      continue;
    }
    await Promise.race([
      signal.stopped,
      new Promise<void>((resolve) => {
        wake = resolve;
      }),
    ]);
  }
  for (const stop of stops) stop();
  return await signal.statusWhenStopped();
}

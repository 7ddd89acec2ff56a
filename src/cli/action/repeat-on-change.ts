import { contentOf, watchFile } from '../dev/watch-file.ts';
import type { ExitStatus } from '../exit-status.ts';
import type { StopSignal } from '../stop-signal.ts';

/**
 * Does something at once, and again whenever one of the files has another content, until somebody ends the program. One
 * time is over before the next begins; changes meanwhile are taken up together.
 *
 * @param files absolute paths
 * @param work settles whatever happens
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

import { unwatchFile, watchFile as watchStatus } from 'node:fs';
import { readFile } from 'node:fs/promises';

/** Short enough for an edit to take effect within two seconds, and long enough to cost nothing. */
const INTERVAL_MS = 250;
/** Delay after a change, since editors write a file in several steps or replace it. */
const SETTLE_MS = 80;

/**
 * Calls back whenever a file's content changes, including when the file is removed or created again. It checks the file
 * itself every quarter of a second, since file system events do not work in network folders, in mounted folders of
 * containers, or for a symbolic link.
 *
 * @param known the content that is already in use
 * @returns a function that stops watching
 * @example
 * const stop = watchFile('portcullis.config.ts', await contentOf('portcullis.config.ts'), () => reload());
 */
export function watchFile(file: string, known: string | undefined, onChange: () => void): () => void {
  let current = known;
  let timer: NodeJS.Timeout | undefined;
  let stopped = false;
  const check = async () => {
    const content = await contentOf(file);
    if (stopped || content === current) return;
    current = content;
    onChange();
  };
  const touched = () => {
    clearTimeout(timer);
    timer = setTimeout(check, SETTLE_MS);
  };
  watchStatus(file, { interval: INTERVAL_MS }, touched);
  touched();
  return () => {
    stopped = true;
    clearTimeout(timer);
    unwatchFile(file, touched);
  };
}

/** Reads a file's text; `undefined` if the file does not exist or cannot be read. */
export async function contentOf(file: string): Promise<string | undefined> {
  try {
    return await readFile(file, 'utf8');
  } catch {
    return undefined;
  }
}

import { unwatchFile, watchFile as watchStatus } from 'node:fs';
import { readFile } from 'node:fs/promises';

/** Often enough for an edit to be at work within two seconds; rarely enough to cost nothing. */
const LOOK_MS = 250;
/** Editors write a file in several steps, or put another in its place. */
const SETTLE_MS = 80;

/**
 * Calls back whenever a file's content is another than before, also when the file is gone or back again. It looks at
 * the file itself every quarter of a second: events of the file system do not come from network folders, mounted
 * folders of containers, or behind a symbolic link.
 *
 * @returns how to stop watching
 * @example
 * const stop = await watchFile('portcullis.config.ts', () => reload());
 */
export async function watchFile(file: string, onChange: () => void): Promise<() => void> {
  let known = await contentOf(file);
  let timer: NodeJS.Timeout | undefined;
  let stopped = false;
  const look = async () => {
    const content = await contentOf(file);
    if (stopped || content === known) return;
    known = content;
    onChange();
  };
  const touched = () => {
    clearTimeout(timer);
    timer = setTimeout(look, SETTLE_MS);
  };
  watchStatus(file, { interval: LOOK_MS }, touched);
  return () => {
    stopped = true;
    clearTimeout(timer);
    unwatchFile(file, touched);
  };
}

async function contentOf(file: string): Promise<string | undefined> {
  try {
    return await readFile(file, 'utf8');
  } catch {
    return undefined;
  }
}

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
 * @param known the content that is at work already
 * @returns how to stop watching
 * @example
 * const stop = watchFile('portcullis.config.ts', await contentOf('portcullis.config.ts'), () => reload());
 */
export function watchFile(file: string, known: string | undefined, onChange: () => void): () => void {
  let current = known;
  let timer: NodeJS.Timeout | undefined;
  let stopped = false;
  const look = async () => {
    const content = await contentOf(file);
    if (stopped || content === current) return;
    current = content;
    onChange();
  };
  const touched = () => {
    clearTimeout(timer);
    timer = setTimeout(look, SETTLE_MS);
  };
  watchStatus(file, { interval: LOOK_MS }, touched);
  touched();
  return () => {
    stopped = true;
    clearTimeout(timer);
    unwatchFile(file, touched);
  };
}

/** A file's text, or nothing where it is gone or cannot be read. */
export async function contentOf(file: string): Promise<string | undefined> {
  try {
    return await readFile(file, 'utf8');
  } catch {
    return undefined;
  }
}

import { watch } from 'node:fs';
import { readFile } from 'node:fs/promises';
import { basename, dirname } from 'node:path';

/** Editors write a file in several steps, or put another in its place. */
const SETTLE_MS = 80;

/**
 * Calls back whenever a file's content is another than before.
 *
 * @returns how to stop watching
 * @example
 * const stop = watchFile('portcullis.config.ts', () => reload());
 */
export async function watchFile(file: string, onChange: () => void): Promise<() => void> {
  let known = await contentOf(file);
  let timer: NodeJS.Timeout | undefined;
  const look = async () => {
    const content = await contentOf(file);
    if (content === undefined || content === known) return;
    known = content;
    onChange();
  };
  // The folder is watched, since the file itself is gone for a moment when an editor replaces it.
  const watcher = watch(dirname(file), (_event, name) => {
    if (name !== null && name !== basename(file)) return;
    clearTimeout(timer);
    timer = setTimeout(look, SETTLE_MS);
  });
  return () => {
    clearTimeout(timer);
    watcher.close();
  };
}

async function contentOf(file: string): Promise<string | undefined> {
  try {
    return await readFile(file, 'utf8');
  } catch {
    return undefined;
  }
}

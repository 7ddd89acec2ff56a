import { randomBytes } from 'node:crypto';
import { rename, rm, writeFile } from 'node:fs/promises';

/**
 * Writes a file, whole or not at all. Whatever has its name is replaced: a link itself, and never what it leads to.
 *
 * @throws {Error} of `node:fs`, if the file cannot be written
 * @example await replaceFile('/work/gate.plan', text, { mode: 0o600 })
 */
export async function replaceFile(
  file: string,
  text: string,
  { mode = 0o666 }: { readonly mode?: number } = {},
): Promise<void> {
  const beside = `${file}.${randomBytes(6).toString('hex')}`;
  try {
    // Exclusive: a link of that name would be followed otherwise.
    await writeFile(beside, text, { flag: 'wx', mode });
    await rename(beside, file);
  } catch (error) {
    await rm(beside, { force: true });
    throw error;
  }
}

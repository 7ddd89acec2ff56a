import { randomBytes } from 'node:crypto';
import { rename, rm, stat, writeFile } from 'node:fs/promises';

/**
 * Writes a file completely or not at all. It replaces an existing file of that name. It replaces a link itself, not its target.
 * A device or a pipe, such as `/dev/null`, is written to.
 *
 * @throws {Error} of `node:fs`, if the file cannot be written
 * @example await replaceFile('gate.plan', text, { mode: 0o600 })
 */
export async function replaceFile(
  file: string,
  text: string | Uint8Array,
  { mode = 0o666 }: { readonly mode?: number } = {},
): Promise<void> {
  const existing = await stat(file).catch(() => undefined);
  if (existing !== undefined && !existing.isFile()) return await writeFile(file, text);
  const beside = `${file}.${randomBytes(6).toString('hex')}`;
  try {
    // Exclusive: otherwise a link of that name would be followed.
    await writeFile(beside, text, { flag: 'wx', mode });
    await rename(beside, file);
  } catch (error) {
    await rm(beside, { force: true });
    throw error;
  }
}

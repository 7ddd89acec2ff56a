import { readFileSync } from 'node:fs';
import { Problem } from '../../problem/problem.ts';
import { replaceFile } from '../replace-file.ts';

/**
 * Reads a snapshot of a tenant.
 *
 * @returns `undefined` if the file does not exist
 * @throws {Problem} `snapshot_unusable`
 */
export function readSnapshot(file: string): Uint8Array | undefined {
  try {
    return readFileSync(file);
  } catch (cause) {
    if (codeOf(cause) === 'ENOENT') return undefined;
    throw new Problem('snapshot_unusable', `${file} cannot be read: ${codeOf(cause)}.`, undefined, { cause, file });
  }
}

/**
 * Writes a snapshot of a tenant, whole or not at all. It holds secrets, so only its owner can read it.
 *
 * @throws {Problem} `snapshot_unusable`
 */
export async function writeSnapshot(file: string, snapshot: Uint8Array): Promise<void> {
  try {
    await replaceFile(file, snapshot, { mode: 0o600 });
  } catch (cause) {
    throw new Problem('snapshot_unusable', `${file} cannot be written: ${codeOf(cause)}.`, undefined, { cause, file });
  }
}

function codeOf(error: unknown): string {
  return error instanceof Error && 'code' in error ? String(error.code) : String(error);
}

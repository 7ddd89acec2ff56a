import { readFile } from 'node:fs/promises';
import { resolve } from 'node:path';
import { Problem } from '../problem/problem.ts';

/**
 * Reads the text of a file that was named on the command line.
 *
 * @param from the folder that the path is relative to
 * @param code the problem's code, if the file cannot be read
 * @throws {Problem}
 */
export async function readInputFile(
  file: string,
  from: string,
  code: 'action_unreadable' | 'event_unreadable' | 'geoip_unreadable',
): Promise<string> {
  try {
    return await readFile(resolve(from, file), 'utf8');
  } catch (error) {
    const reason = error instanceof Error && 'code' in error ? String(error.code) : 'unknown error';
    const why = reason === 'ENOENT' ? 'there is no such file' : reason === 'EISDIR' ? 'it is a folder' : reason;
    throw new Problem(code, `${file} cannot be read: ${why}.`, undefined, { cause: error });
  }
}

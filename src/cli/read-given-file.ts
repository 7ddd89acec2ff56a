import { readFile } from 'node:fs/promises';
import { resolve } from 'node:path';
import { CliError } from './cli-error.ts';

/**
 * The text of a file that was named on the command line.
 *
 * @param from the folder that the path is relative to
 * @param what it is for: the error's code is `WHAT_unreadable`
 * @throws {CliError}
 */
export async function readGivenFile(file: string, from: string, what: 'action' | 'event' | 'geoip'): Promise<string> {
  try {
    return await readFile(resolve(from, file), 'utf8');
  } catch (error) {
    const code = error instanceof Error && 'code' in error ? String(error.code) : 'unknown error';
    const why = code === 'ENOENT' ? 'there is no such file' : code === 'EISDIR' ? 'it is a folder' : code;
    throw new CliError(`${what}_unreadable`, `${file} cannot be read: ${why}.`, 'Name a file that is there.', {
      cause: error,
    });
  }
}

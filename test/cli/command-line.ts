import { type ChildProcess, spawn } from 'node:child_process';
import { createInterface } from 'node:readline';
import { fileURLToPath } from 'node:url';

const bin = fileURLToPath(new URL('../../bin/portcullis.cjs', import.meta.url));

export interface Ended {
  readonly status: number | null;
  readonly stdout: string;
  readonly stderr: string;
  /** What stands there beside progress, which is told of whatever takes over two seconds. */
  readonly complaints: string;
}

export interface RunOptions {
  readonly cwd?: string;
  /** Instead of this process's own, without colours forced on or off. */
  readonly environment?: NodeJS.ProcessEnv;
  readonly nodeArguments?: readonly string[];
}

/** A command that is still running. */
export interface Running {
  readonly child: ChildProcess;
  /** Waits for a line of standard output. */
  line(matching: RegExp): Promise<string>;
  readonly ended: Promise<Ended>;
}

/** Starts `portcullis` as a person would, but not on a terminal. */
export function start(args: readonly string[], options: RunOptions = {}): Running {
  const { FORCE_COLOR: _forced, NO_COLOR: _refused, ...inherited } = process.env;
  const child = spawn(process.execPath, [...(options.nodeArguments ?? []), bin, ...args], {
    cwd: options.cwd,
    env: options.environment ?? inherited,
    stdio: ['ignore', 'pipe', 'pipe'],
  });
  let stdout = '';
  let stderr = '';
  const waiting = new Set<{ matching: RegExp; resolve: (line: string) => void }>();
  const lines: string[] = [];
  createInterface({ input: child.stdout }).on('line', (line) => {
    stdout += `${line}\n`;
    lines.push(line);
    for (const waiter of waiting) {
      if (!waiter.matching.test(line)) continue;
      waiting.delete(waiter);
      waiter.resolve(line);
    }
  });
  child.stderr.on('data', (chunk) => {
    stderr += String(chunk);
  });
  const ended = new Promise<Ended>((resolve, reject) => {
    child.once('error', reject);
    child.once('close', (status) =>
      resolve({ status, stdout, stderr, complaints: stderr.replaceAll(/^ {2}… .*\n/gm, '') }),
    );
  });
  return {
    child,
    ended,
    line: (matching) => {
      const known = lines.find((line) => matching.test(line));
      if (known !== undefined) return Promise.resolve(known);
      return Promise.race([
        new Promise<string>((resolve) => waiting.add({ matching, resolve })),
        ended.then(({ status }) => {
          throw new Error(`It ended with ${status} before it printed ${matching}:\n${stdout}${stderr}`);
        }),
      ]);
    },
  };
}

/** Runs `portcullis` to its end. */
export const run = (args: readonly string[], options?: RunOptions): Promise<Ended> => start(args, options).ended;

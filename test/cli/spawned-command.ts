// The program in its own process, for what only a process shows: signals, exit statuses, its own environment.
import { type ChildProcess, spawn } from 'node:child_process';
import { once } from 'node:events';
import { fileURLToPath } from 'node:url';
import type { Ended } from './command-line.ts';
import { Printed } from './printed.ts';

const bin = fileURLToPath(new URL('../../bin/portcullis.cjs', import.meta.url));

export interface SpawnOptions {
  readonly cwd?: string;
  /** Merged into this process's environment, without variables that force colours on or off. */
  readonly environment?: Readonly<Record<string, string | undefined>>;
  readonly nodeArguments?: readonly string[];
}

/** A process that is still running. */
export interface SpawnedCommand {
  readonly child: ChildProcess;
  /** Waits for a line of standard output. */
  line(matching: RegExp): Promise<string>;
  /** Stops the process if it still runs. */
  kill(signal: NodeJS.Signals): Promise<Ended>;
  readonly ended: Promise<Ended>;
}

/** Starts `portcullis` in its own process. */
export function spawnCommand(args: readonly string[], options: SpawnOptions = {}): SpawnedCommand {
  const { FORCE_COLOR: _forced, NO_COLOR: _refused, ...inherited } = process.env;
  const child = spawn(process.execPath, [...(options.nodeArguments ?? []), bin, ...args], {
    cwd: options.cwd,
    env: { ...inherited, ...options.environment },
    stdio: ['ignore', 'pipe', 'pipe'],
  });
  const stdout = new Printed();
  const stderr = new Printed();
  child.stdout.setEncoding('utf8').pipe(stdout);
  child.stderr.setEncoding('utf8').pipe(stderr);
  const ended = once(child, 'close').then(([status]): Ended => {
    return {
      status,
      stdout: stdout.text,
      stderr: stderr.text,
      complaints: stderr.text.replaceAll(/^ {2}… .*\n/gm, ''),
    };
  });
  const failure = ended.then(({ status }) => {
    throw new Error(`It ended with ${status} too soon:\n${stdout.text}${stderr.text}`);
  });
  failure.catch(() => {});
  return {
    child,
    ended,
    line: (matching) => Promise.race([stdout.line(matching), failure]),
    kill(signal) {
      child.kill(signal);
      return ended;
    },
  };
}

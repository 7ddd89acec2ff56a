import { type ChildProcess, spawn } from 'node:child_process';
import { constants } from 'node:os';
import type { Writable } from 'node:stream';
import { Problem } from '../../problem/problem.ts';
import { startTenant } from '../../testing/start-test-tenant.ts';
import { omissionLines } from '../omission-lines.ts';
import { listenForStop } from '../stop-signal.ts';
import type { Terminal } from '../terminal.ts';

/** The options of `portcullis exec`. */
export interface ExecOptions {
  readonly seed: readonly string[];
  readonly policy?: string;
  readonly application?: string;
  readonly audience?: string;
  readonly baseUrl: string;
  readonly port: number;
  readonly httpPort: number;
  readonly json?: boolean;
}

/**
 * Runs a command with a tenant around it.
 *
 * @returns the exit status of the command
 * @throws {Problem} `command_not_started`, or of the seed, the policy or a port
 */
export async function runExec(
  [program = '', ...parameters]: readonly string[],
  { json: _ofProblems, ...options }: ExecOptions,
  terminal: Terminal,
): Promise<number> {
  const signal = listenForStop(terminal);
  try {
    const { environment, folder } = terminal;
    const tenant = await startTenant({ ...options, folder, environment });
    try {
      terminal.stderr.write(omissionLines(tenant.omissions));
      // The command did not run, so this is no success, whichever signal came.
      if (signal.requested) return 128 + constants.signals[await signal.stopped];
      const child = spawn(program, parameters, {
        cwd: folder,
        // The caller's own API is none of this tenant.
        env: { ...environment, AUTH0_AUDIENCE: undefined, AUDIENCE: undefined, ...tenant.env },
        stdio: [inherited(terminal.stdin, 0), inherited(terminal.stdout, 1), inherited(terminal.stderr, 2)],
      });
      return await statusOf(child, program, terminal, signal.stopped);
    } finally {
      await tenant.stop();
    }
  } finally {
    signal.ignore();
  }
}

/** Gives the command this process's own stream, so that it is at a terminal if this process is. */
function inherited(stream: object, number: 0 | 1 | 2): 'inherit' | 'pipe' {
  return stream === [process.stdin, process.stdout, process.stderr][number] ? 'inherit' : 'pipe';
}

function statusOf(
  child: ChildProcess,
  program: string,
  terminal: Terminal,
  stopped: Promise<NodeJS.Signals>,
): Promise<number> {
  pass(child.stdout, terminal.stdout);
  pass(child.stderr, terminal.stderr);
  child.stdin?.end();
  // At a terminal, Ctrl-C reaches the command by itself; it may take it twice.
  void stopped.then((signal) => child.kill(signal));
  return new Promise((resolve, reject) => {
    child.once('error', (cause: NodeJS.ErrnoException) => {
      const why = cause.code === 'ENOENT' ? 'there is no such program' : (cause.code ?? cause.message);
      reject(new Problem('command_not_started', `"${program}" cannot be started: ${why}.`, undefined, { cause }));
    });
    child.once('close', (code, signal) => resolve(code ?? 128 + (signal === null ? 0 : constants.signals[signal])));
  });
}

function pass(from: NodeJS.ReadableStream | null, to: Writable): void {
  from?.on('data', (chunk: Buffer) => to.write(chunk));
}

// Commands that run in the process of the test, each with its own terminal.
import { PassThrough } from 'node:stream';
import { main } from '../../src/cli/main.ts';
import type { Terminal } from '../../src/cli/terminal.ts';
import { trustCertificates } from '../../src/testing/trust-certificates.ts';
import { Printed } from './printed.ts';

export interface Ended {
  readonly status: number | null;
  readonly stdout: string;
  readonly stderr: string;
  /** Standard error without progress, which is shown if a task takes over two seconds. */
  readonly complaints: string;
}

export interface RunOptions {
  readonly cwd?: string;
  /** Merged into this process's environment, without variables that force colours on or off. */
  readonly environment?: Readonly<Record<string, string | undefined>>;
}

/** A command that is still running. */
export interface Running {
  /** Waits for a line of standard output. */
  line(matching: RegExp): Promise<string>;
  /** Waits for text on standard error. */
  complaint(matching: RegExp): Promise<void>;
  /** Sends a signal, once the command listens for it. */
  signal(name: NodeJS.Signals): Promise<void>;
  /** Stops the command if it still runs. */
  stop(): Promise<void>;
  readonly ended: Promise<Ended>;
}

/** Starts a command like a user would, but not at a terminal. */
export function start(args: readonly string[], options: RunOptions = {}): Running {
  const { FORCE_COLOR: _forced, NO_COLOR: _refused, ...inherited } = process.env;
  const stdout = new Printed();
  const stderr = new Printed();
  const listeners = new Set<(signal: NodeJS.Signals) => void>();
  let listening = Promise.withResolvers<void>();
  const distrust: (() => void)[] = [];
  const terminal: Terminal = {
    stdin: new PassThrough().end(),
    stdout,
    stderr,
    environment: { ...inherited, ...options.environment },
    folder: options.cwd ?? process.cwd(),
    onSignal(listener) {
      listeners.add(listener);
      listening.resolve();
      return () => {
        listeners.delete(listener);
        if (listeners.size === 0) listening = Promise.withResolvers();
      };
    },
    trustCertificates: (pem) => distrust.push(trustCertificates(pem)),
  };
  let hasEnded = false;
  const ended = main(args, terminal)
    .finally(() => {
      hasEnded = true;
      for (const one of distrust.toReversed()) one();
    })
    .then((status) => ({
      status,
      stdout: stdout.text,
      stderr: stderr.text,
      complaints: stderr.text.replaceAll(/^ {2}… .*\n/gm, ''),
    }));
  const failure = ended.then(({ status }) => {
    throw new Error(`It ended with ${status} too soon:\n${stdout.text}${stderr.text}`);
  });
  failure.catch(() => {});
  const signal = async (name: NodeJS.Signals) => {
    while (listeners.size === 0) await Promise.race([listening.promise, failure]);
    for (const listener of [...listeners]) listener(name);
  };
  return {
    ended,
    line: (matching) => Promise.race([stdout.line(matching), failure]),
    complaint: async (matching) => {
      await Promise.race([stderr.line(matching), failure]);
    },
    signal,
    async stop() {
      if (!hasEnded) await Promise.race([signal('SIGTERM'), ended]).catch(() => {});
      await ended;
    },
  };
}

/** Runs a command to its end. */
export const run = (args: readonly string[], options?: RunOptions): Promise<Ended> => start(args, options).ended;

import { EXIT_STATUS } from './exit-status.ts';

/** Listens for the end of the program: Ctrl-C, a closed terminal, a supervisor's SIGTERM, or nobody reading any more. */
export interface StopSignal {
  /** Settles when somebody ends the program, also where that was before anybody waited. */
  readonly stopped: Promise<NodeJS.Signals>;
  /** Whether somebody has, for work that ends between two of its steps. */
  readonly requested: boolean;
  /** Waits for the end, then cleans up and sets the exit status. A second Ctrl-C does not wait for that. */
  closeWhenStopped(close: () => Promise<void>): Promise<void>;
  /** For a command that ended by itself. */
  ignore(): void;
}

/**
 * From here on Ctrl-C no longer ends the process at once, so that what is being started can be closed properly.
 *
 * @example
 * const signal = listenForStop();
 * const tenant = await startTenant(options);
 * await signal.closeWhenStopped(() => tenant.close());
 */
export function listenForStop(): StopSignal {
  const names = ['SIGINT', 'SIGTERM', 'SIGHUP'] as const;
  const { promise: stopped, resolve } = Promise.withResolvers<NodeJS.Signals>();
  let signals = 0;
  let requested = false;
  const stop = (signal: NodeJS.Signals) => {
    requested = true;
    resolve(signal);
  };
  const listener = (signal: NodeJS.Signals) => {
    signals += 1;
    if (signals > 1) process.exit(EXIT_STATUS.interrupted);
    stop(signal);
  };
  // Whoever read the output has gone (`portcullis dev | head`).
  const unread = () => stop('SIGPIPE');
  for (const name of names) process.on(name, listener);
  process.stdout.on('error', unread);
  const ignore = () => {
    process.stdout.off('error', unread);
    for (const name of names) process.off(name, listener);
  };
  return {
    stopped,
    get requested() {
      return requested;
    },
    ignore,
    async closeWhenStopped(close) {
      const signal = await stopped;
      await close();
      ignore();
      // Whoever sent SIGTERM knows that nothing failed; a shell expects 130 after Ctrl-C.
      process.exitCode = signal === 'SIGINT' ? EXIT_STATUS.interrupted : EXIT_STATUS.ok;
    },
  };
}

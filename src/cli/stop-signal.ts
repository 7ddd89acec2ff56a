import { EXIT_STATUS, type ExitStatus } from './exit-status.ts';
import type { Terminal } from './terminal.ts';

/** Listens for the end of the program: Ctrl-C, a closed terminal, a supervisor's SIGTERM, or an output that is no longer read. */
export interface StopSignal {
  /** Settles when the program is to end, even if the signal came before anything waited for it. */
  readonly stopped: Promise<NodeJS.Signals>;
  /** Whether the program is to end, for work that ends between two of its steps. */
  readonly requested: boolean;
  /** Aborted when the program is to end. */
  readonly abortSignal: AbortSignal;
  /** Waits for the end, and returns the exit status that the sender of the signal expects. */
  statusWhenStopped(): Promise<ExitStatus>;
  /** Waits for the end, then cleans up. A second Ctrl-C does not wait for that. */
  closeWhenStopped(close: () => Promise<void>): Promise<ExitStatus>;
  /** Stops listening, for a command that ended by itself. */
  ignore(): void;
}

/**
 * Prevents Ctrl-C from ending the process at once, so that what is being started can be closed properly.
 *
 * @example
 * const signal = listenForStop(terminal);
 * const tenant = await startTenant(options);
 * return await signal.closeWhenStopped(() => tenant.close());
 */
export function listenForStop(terminal: Pick<Terminal, 'onSignal' | 'stdout'>): StopSignal {
  const { promise: stopped, resolve } = Promise.withResolvers<NodeJS.Signals>();
  const abort = new AbortController();
  const stop = (signal: NodeJS.Signals) => {
    abort.abort();
    resolve(signal);
  };
  // The output is no longer read (`portcullis dev | head`).
  const unread = () => stop('SIGPIPE');
  const stopListening = terminal.onSignal(stop);
  terminal.stdout.on('error', unread);
  const ignore = () => {
    terminal.stdout.off('error', unread);
    stopListening();
  };
  // The sender of SIGTERM knows that nothing failed; a shell expects 130 after Ctrl-C.
  const statusWhenStopped = async () => ((await stopped) === 'SIGINT' ? EXIT_STATUS.interrupted : EXIT_STATUS.ok);
  return {
    stopped,
    get requested() {
      return abort.signal.aborted;
    },
    abortSignal: abort.signal,
    ignore,
    statusWhenStopped,
    async closeWhenStopped(close) {
      const status = await statusWhenStopped();
      await close();
      ignore();
      return status;
    },
  };
}

import { trustCertificates } from '../testing/trust-certificates.ts';
import { EXIT_STATUS } from './exit-status.ts';
import { watchStarter } from './starter.ts';
import type { Terminal } from './terminal.ts';

/**
 * Returns the terminal of this process.
 *
 * @example
 * process.exitCode = await main(process.argv.slice(2), processTerminal());
 */
export function processTerminal(): Terminal {
  const names = ['SIGINT', 'SIGTERM', 'SIGHUP'] as const;
  // Read at the start: a parent that ends later is replaced by another process.
  const parent = process.ppid;
  return {
    // Opened only when a question is asked.
    get stdin() {
      return process.stdin;
    },
    stdout: process.stdout,
    stderr: process.stderr,
    environment: process.env,
    folder: process.cwd(),
    onSignal(listener) {
      let signals = 0;
      const receive = (signal: NodeJS.Signals) => {
        signals += 1;
        // A second Ctrl-C ends the process at once, before everything is closed.
        if (signals > 1) process.exit(EXIT_STATUS.interrupted);
        listener(signal);
      };
      for (const name of names) process.on(name, receive);
      // As from a closed terminal. A starter that is killed cannot pass its signal on.
      const stopWatching = watchStarter(parent, process.env, () => listener('SIGHUP'));
      return () => {
        stopWatching();
        for (const name of names) process.off(name, receive);
      };
    },
    trustCertificates,
  };
}

import { printable } from './printable.ts';
import type { TerminalOutput } from './terminal.ts';

/** Milliseconds before the first message: a short task needs none. */
const FIRST_MESSAGE_AFTER = 2000;
const TERMINAL_INTERVAL = 100;
/** Milliseconds between messages outside a terminal, so that they do not fill a log. */
const LOG_INTERVAL = 10_000;

/** Shows on standard error how far a task has got, if it takes more than two seconds. */
export interface Progress {
  /** Shows the text now or a little later; texts in between are dropped. */
  show(text: string): void;
  /** Removes the visible text. */
  end(): void;
}

/**
 * Starts to show progress: on a terminal as one line that changes, elsewhere as a line from time to time.
 *
 * @example
 * const progress = startProgress(terminal.stderr);
 * progress.show('1,000 users read');
 * progress.end();
 */
export function startProgress(stream: TerminalOutput, now: () => number = Date.now): Progress {
  const terminal = stream.isTTY === true;
  let next = now() + FIRST_MESSAGE_AFTER;
  let visible = false;
  return {
    show(text) {
      if (now() < next) return;
      next = now() + (terminal ? TERMINAL_INTERVAL : LOG_INTERVAL);
      const line = `  … ${printable(text)}`;
      if (!terminal) {
        stream.write(`${line}\n`);
        return;
      }
      stream.write(`\r\u001b[2K${line.slice(0, Math.max(20, (stream.columns ?? 80) - 1))}`);
      visible = true;
    },
    end() {
      if (visible) stream.write('\r\u001b[2K');
      visible = false;
    },
  };
}

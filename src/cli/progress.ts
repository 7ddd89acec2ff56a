import { printable } from './printable.ts';
import type { TerminalOutput } from './terminal.ts';

/** Milliseconds after which a person wants to know what is going on. */
const PATIENCE = 2000;
const ON_TERMINAL = 100;
/** A log is not to be filled. */
const ELSEWHERE = 10_000;

/** Says on standard error how far something is, once it takes more than two seconds. */
export interface Progress {
  /** Shown now or a little later; what is said in between is dropped. */
  say(text: string): void;
  /** Takes away what is shown. */
  end(): void;
}

/**
 * On a terminal one line that changes, elsewhere a line from time to time.
 *
 * @example
 * const progress = startProgress(terminal.stderr);
 * progress.say('1,000 users read');
 * progress.end();
 */
export function startProgress(stream: TerminalOutput, now: () => number = Date.now): Progress {
  const terminal = stream.isTTY === true;
  let next = now() + PATIENCE;
  let shown = false;
  return {
    say(text) {
      if (now() < next) return;
      next = now() + (terminal ? ON_TERMINAL : ELSEWHERE);
      const line = `  … ${printable(text)}`;
      if (!terminal) {
        stream.write(`${line}\n`);
        return;
      }
      stream.write(`\r\u001b[2K${line.slice(0, Math.max(20, (stream.columns ?? 80) - 1))}`);
      shown = true;
    },
    end() {
      if (shown) stream.write('\r\u001b[2K');
      shown = false;
    },
  };
}

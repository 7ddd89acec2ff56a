import { Console } from 'node:console';
import { Writable } from 'node:stream';
import { CONSOLE_LIMIT, type ConsoleLevel, MOST_CONSOLE_LINES } from '../protocol.ts';

/** Receives the lines of the current run. */
export type ConsoleSink = (level: ConsoleLevel, text: string) => void;

export interface CapturedConsole {
  readonly console: Console;
  /**
   * Begins a run with its full budget.
   *
   * @param isIts whether the current output belongs to the run
   */
  begin(sink: ConsoleSink, isIts: () => boolean): void;
  /** Ends the run: later output belongs to no run and is dropped. */
  end(): void;
}

const LEVELS = ['log', 'info', 'warn', 'error', 'debug'] as const;

/**
 * Makes a console whose lines belong to the run that prints them, up to 256 KiB, as Auth0's runner keeps them. It stays the
 * same object while the process is warm, so that module-level references to it continue to work.
 *
 * @param shown returns the part of a text that is kept
 */
export function captureConsole(shown: (text: string) => string): CapturedConsole {
  let sink: ConsoleSink | undefined;
  let isOfRun = (): boolean => true;
  let remaining = 0;
  let lines = 0;
  let level: ConsoleLevel = 'log';

  function print(text: string): void {
    if (sink === undefined || remaining <= 0 || !isOfRun()) return;
    const line = text.length > remaining ? text.slice(0, remaining) : text;
    // Includes the newline, as in Auth0's buffer: empty lines count too.
    remaining -= line.length + 1;
    lines += 1;
    sink(level, line);
    if (remaining > 0 && lines < MOST_CONSOLE_LINES) return;
    remaining = 0;
    sink('warn', `Console output over ${CONSOLE_LIMIT / 1024} KiB or ${MOST_CONSOLE_LINES} lines is not kept.`);
  }

  function stream(of: ConsoleLevel): Writable {
    return new Writable({
      decodeStrings: false,
      write(chunk: string | Buffer, _encoding, done) {
        if (level === 'log') level = of;
        const text = shown(String(chunk));
        print(text.endsWith('\n') ? text.slice(0, -1) : text);
        level = 'log';
        done();
      },
    });
  }

  const output = stream('log');
  const errors = stream('error');
  const captured = new Console({ stdout: output, stderr: errors, colorMode: false });
  for (const name of LEVELS) {
    const original = captured[name].bind(captured);
    captured[name] = (...parameters: unknown[]) => {
      // The budget is used up: formatting a million lines would only cost time.
      if (sink === undefined || remaining <= 0) return;
      level = name;
      original(...parameters);
      level = 'log';
    };
  }
  globalThis.console = captured;
  for (const [name, value] of [
    ['stdout', output],
    ['stderr', errors],
  ] as const) {
    Object.defineProperty(process, name, { value, configurable: true, enumerable: true, writable: true });
  }
  return {
    console: captured,
    begin(next, isIts) {
      sink = next;
      isOfRun = isIts;
      remaining = CONSOLE_LIMIT;
      lines = 0;
    },
    end() {
      sink = undefined;
    },
  };
}

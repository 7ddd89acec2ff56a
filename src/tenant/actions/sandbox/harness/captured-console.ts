import { Console } from 'node:console';
import { Writable } from 'node:stream';
import { CONSOLE_LIMIT, type ConsoleLevel, MOST_CONSOLE_LINES } from '../protocol.ts';

/** Where the lines of the present run go. */
export type ConsoleSink = (level: ConsoleLevel, text: string) => void;

export interface CapturedConsole {
  readonly console: Console;
  /**
   * Begins a run: its budget is whole again.
   *
   * @param isIts whether what is printed now is the run's
   */
  begin(sink: ConsoleSink, isIts: () => boolean): void;
  /** What is printed from here on belongs to no run and is dropped. */
  end(): void;
}

const LEVELS = ['log', 'info', 'warn', 'error', 'debug'] as const;

/**
 * A console whose lines belong to the run that prints them, up to 256 KiB, as Auth0's runner keeps them. It stays the
 * same object while the process is warm, so that module-level references to it go on working.
 *
 * @param shown what is kept of a text
 */
export function captureConsole(shown: (text: string) => string): CapturedConsole {
  let sink: ConsoleSink | undefined;
  let isOfRun = (): boolean => true;
  let left = 0;
  let lines = 0;
  let level: ConsoleLevel = 'log';

  function print(text: string): void {
    if (sink === undefined || left <= 0 || !isOfRun()) return;
    const kept = text.length > left ? text.slice(0, left) : text;
    // With its newline, as it stands in Auth0's buffer: empty lines are not free.
    left -= kept.length + 1;
    lines += 1;
    sink(level, kept);
    if (left > 0 && lines < MOST_CONSOLE_LINES) return;
    left = 0;
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
      // Nothing is left to keep: formatting a million lines would only cost time.
      if (sink === undefined || left <= 0) return;
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
      left = CONSOLE_LIMIT;
      lines = 0;
    },
    end() {
      sink = undefined;
    },
  };
}

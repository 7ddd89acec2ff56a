// A command at a real terminal, which `script` of util-linux provides.
import { spawn, spawnSync } from 'node:child_process';
import { resolve } from 'node:path';
import { setTimeout } from 'node:timers/promises';

export const hasTerminal = spawnSync('script', ['--version']).status === 0;
export const ENTER = '\r';
export const CONTROL_C = '\u0003';
export const CONTROL_D = '\u0004';

/** A command that ended, and all that stood on the terminal. */
export interface EndedAtTerminal {
  readonly status: number | null;
  readonly said: string;
}

/** A command that is running at a terminal. */
export interface TerminalSession {
  /** Waits for text after the text of the last wait, and returns it; `undefined` if the command ends without it. */
  until(text: RegExp): Promise<string | undefined>;
  /** Types key by key, like a user. */
  press(keys: string): Promise<void>;
  readonly ended: Promise<EndedAtTerminal>;
}

/** Types a line into a shell at a terminal. */
export function typeLine(line: string, options: { cwd: string; env?: NodeJS.ProcessEnv }): TerminalSession {
  const { AUTH0_DOMAIN: _, ...env } = options.env ?? process.env;
  // On a terminal without a size, text would be written letter by letter, or not at all.
  const child = spawn('script', ['-qec', `stty cols 160 rows 50; ${line}`, '/dev/null'], {
    cwd: options.cwd,
    env: { ...env, NO_COLOR: '1' },
    // Shorter than the limit of a test, so that no command is left behind.
    timeout: 230_000,
  });
  let output = '';
  let scanned = 0;
  let hasEnded = false;
  const waiting = new Set<() => void>();
  const look = () => {
    for (const one of [...waiting]) one();
  };
  child.stdout.setEncoding('utf8').on('data', (text: string) => {
    output += text;
    look();
  });
  // A command that has ended takes no more keys.
  child.stdin.on('error', () => {});
  const ended = new Promise<EndedAtTerminal>((done) => {
    child.on('close', (status) => {
      hasEnded = true;
      look();
      done({ status, said: output });
    });
  });
  return {
    ended,
    until: (text) =>
      new Promise((found) => {
        const check = () => {
          const match = text.exec(output.slice(scanned));
          if (match === null && !hasEnded) return;
          waiting.delete(check);
          scanned += match === null ? 0 : match.index + match[0].length;
          found(match?.[0]);
        };
        waiting.add(check);
        check();
      }),
    async press(keys) {
      for (const key of keys) {
        // The question is drawn first, and the prompt listens a moment later.
        await setTimeout(20);
        child.stdin.write(key);
      }
    },
  };
}

/** Runs `portcullis`, and types each answer when its question is visible. */
export async function atTerminal(
  command: string,
  cwd: string,
  answers: readonly (readonly [question: string, typed: string])[],
): Promise<EndedAtTerminal> {
  const session = typeLine(`exec ${process.execPath} ${resolve('bin/portcullis.cjs')} ${command}`, { cwd });
  for (const [question, typed] of answers) {
    if ((await session.until(new RegExp(question))) === undefined) break;
    await session.press(typed);
  }
  return await session.ended;
}

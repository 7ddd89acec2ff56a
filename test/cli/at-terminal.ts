// A command at a real terminal, which `script` of util-linux provides.
import { spawn, spawnSync } from 'node:child_process';
import { resolve } from 'node:path';
import type { Writable } from 'node:stream';
import { setTimeout } from 'node:timers/promises';

export const hasTerminal = spawnSync('script', ['--version']).status === 0;
export const ENTER = '\r';
export const CONTROL_C = '\u0003';
export const CONTROL_D = '\u0004';

/** Runs `portcullis`, and types each answer when its question is visible. */
export async function atTerminal(
  command: string,
  cwd: string,
  answers: readonly (readonly [question: string, typed: string])[],
): Promise<{ readonly status: number | null; readonly said: string }> {
  const { AUTH0_DOMAIN: _, ...env } = process.env;
  // On a terminal without a size, text would be written letter by letter, or not at all.
  const line = `stty cols 160 rows 50; exec ${process.execPath} ${resolve('bin/portcullis.cjs')} ${command}`;
  const child = spawn('script', ['-qec', line, '/dev/null'], {
    cwd,
    env: { ...env, NO_COLOR: '1' },
    // Shorter than the limit of a test, so that no command is left behind.
    timeout: 230_000,
  });
  let output = '';
  let scanned = 0;
  let next = 0;
  child.stdout.setEncoding('utf8').on('data', (text: string) => {
    output += text;
    const [question, typed] = answers[next] ?? [];
    if (question === undefined || typed === undefined) return;
    const found = new RegExp(question).exec(output.slice(scanned));
    if (found === null) return;
    scanned += found.index + found[0].length;
    next += 1;
    void type(child.stdin, typed);
  });
  const status = await new Promise<number | null>((done) => child.on('close', done));
  return { status, said: output };
}

/** Types key by key, like a user: the question is drawn first, and the prompt listens a moment later. */
async function type(into: Writable, keys: string): Promise<void> {
  for (const key of keys) {
    await setTimeout(20);
    into.write(key);
  }
}

// The questions of `init`, answered by somebody at a terminal: `script` of util-linux gives the command a real one.
import { spawn, spawnSync } from 'node:child_process';
import { existsSync, mkdtempSync, readFileSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join, resolve } from 'node:path';
import type { Writable } from 'node:stream';
import { setTimeout } from 'node:timers/promises';
import { afterEach, beforeEach, describe, expect, test } from 'vitest';
import { loadConfiguration } from '../../src/configuration/load-configuration.ts';

const hasTerminal = spawnSync('script', ['--version']).status === 0;
// A terminal without a size would be written to letter by letter, or not at all.
const COMMAND = `stty cols 160 rows 50; exec ${process.execPath} ${resolve('bin/portcullis.cjs')} init`;
const ENTER = '\r';
const CONTROL_C = '\u0003';

describe.skipIf(!hasTerminal)('init at a terminal', () => {
  let folder: string;

  beforeEach(() => {
    folder = mkdtempSync(join(tmpdir(), 'portcullis-init-'));
  });

  afterEach(() => {
    rmSync(folder, { recursive: true, force: true });
  });

  test('asks for each answer, refuses one that cannot be, and writes the configuration', {
    timeout: 30_000,
  }, async () => {
    const { status, said } = await atTerminal(folder, [
      ["tenant's domain", `no host${ENTER}`],
      ['The host alone', `${'\u007f'.repeat(7)}example.eu.auth0.com${ENTER}`],
      ['application to guard', `APEX${ENTER}`],
      ['stands before /r/', `https://apex.example.com/ords${ENTER}`],
      ['workspace, as it stands', `team${ENTER}`],
      ['behind the workspace', `water${ENTER}`],
      ['who are refused', ENTER],
      ['a sign-out ends on', ENTER],
      ['role for everybody', ENTER],
      ['authentication scheme', ENTER],
      ['An organisation', `ORG:WATER=water.example${ENTER}`],
      ['Another organisation', ENTER],
    ]);
    expect(said).toContain('portcullis plan');
    expect(status).toBe(0);
    const written = readFileSync(join(folder, 'portcullis.config.ts'), 'utf8');
    expect(written).toContain("'ORG:WATER'");
    const { policy } = await loadConfiguration({ path: folder });
    expect(policy.applications).toEqual(['APEX']);
  });

  test('Ctrl-C at a question ends it, and nothing is written', { timeout: 30_000 }, async () => {
    const { status } = await atTerminal(folder, [
      ["tenant's domain", `example.eu.auth0.com${ENTER}`],
      ['application to guard', CONTROL_C],
    ]);
    expect(status).toBe(130);
    expect(existsSync(join(folder, 'portcullis.config.ts'))).toBe(false);
  });
});

/** Types each answer once its question is seen. */
async function atTerminal(
  cwd: string,
  answers: readonly (readonly [question: string, typed: string])[],
): Promise<{ readonly status: number | null; readonly said: string }> {
  const { AUTH0_DOMAIN: _, ...env } = process.env;
  const child = spawn('script', ['-qec', COMMAND, '/dev/null'], {
    cwd,
    env: { ...env, NO_COLOR: '1' },
    timeout: 25_000,
  });
  let said = '';
  let seen = 0;
  let next = 0;
  child.stdout.setEncoding('utf8').on('data', (text: string) => {
    said += text;
    const [question, typed] = answers[next] ?? [];
    if (question === undefined || typed === undefined) return;
    const found = new RegExp(question).exec(said.slice(seen));
    if (found === null) return;
    seen += found.index + found[0].length;
    next += 1;
    void type(child.stdin, typed);
  });
  const status = await new Promise<number | null>((done) => child.on('close', done));
  return { status, said };
}

/** Key by key, as a person does: what is drawn first is the question, and the prompt listens a moment later. */
async function type(into: Writable, keys: string): Promise<void> {
  for (const key of keys) {
    await setTimeout(20);
    into.write(key);
  }
}

import { spawn } from 'node:child_process';
import { once } from 'node:events';
import { closeSync, mkdtempSync, openSync, readdirSync, readFileSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';

/** One exchange as the replay program scored it: `none`, or the highest level that the tenant's answer reached. */
export interface ReplayedExchange {
  readonly name: string;
  readonly index: number;
  readonly method: string;
  readonly path: string;
  readonly level: 'none' | 'status' | 'shape' | 'values';
  readonly said: readonly string[];
}

/**
 * Replays every recorded conversation, each against its own empty tenant. Several run at a time, since most of the time is spent
 * waiting for tenants to start.
 *
 * @param oracle the folder with `replay.mjs` and `recordings/`
 * @throws Error if the program could not run
 * @example
 * const exchanges = await runOracle('../shared/parity', 2);
 */
export async function runOracle(oracle: string, atATime: number): Promise<ReplayedExchange[]> {
  const recordings = readdirSync(join(oracle, 'recordings')).filter((name) => name.endsWith('.json'));
  const parts = Array.from({ length: atATime }, (_, part) => recordings.filter((_name, at) => at % atATime === part));
  const replayed = await Promise.all(parts.filter((part) => part.length > 0).map((part) => replay(oracle, part)));
  return replayed.flat().sort((a, b) => a.name.localeCompare(b.name, 'en') || a.index - b.index);
}

async function replay(oracle: string, recordings: readonly string[]): Promise<ReplayedExchange[]> {
  const start = `"${process.execPath}" bin/portcullis.cjs tenant --memory --json --port 0`;
  const files = recordings.map((name) => join(oracle, 'recordings', name));
  const parameters = [join(oracle, 'replay.mjs'), '--json', '--start', start, ...files];
  const folder = mkdtempSync(join(tmpdir(), 'portcullis-replay-'));
  const output = join(folder, 'output.json');
  // Written to a file: the program ends without waiting for a pipe to be read.
  const descriptor = openSync(output, 'w');
  try {
    const child = spawn(process.execPath, parameters, { stdio: ['ignore', descriptor, 'inherit'] });
    const [status] = await once(child, 'exit');
    // Status 1 means that answers differ. That is an expected result.
    if (status !== 0 && status !== 1) throw new Error(`The recordings were not replayed: it ended with ${status}.`);
    return (JSON.parse(readFileSync(output, 'utf8')) as { rows: ReplayedExchange[] }).rows;
  } finally {
    closeSync(descriptor);
    rmSync(folder, { recursive: true, force: true });
  }
}

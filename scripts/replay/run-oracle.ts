import { spawn } from 'node:child_process';
import { once } from 'node:events';
import { closeSync, mkdtempSync, openSync, readFileSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { fileURLToPath } from 'node:url';
import { offerTenants } from './tenants-on-request.ts';

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
 * Replays every recorded conversation, each against its own empty tenant. The tenants start in this process, since a process of
 * its own for each would take most of the time.
 *
 * @param oracle the folder with `replay.mjs` and `recordings/`
 * @throws Error if the program could not run
 * @example
 * const exchanges = await runOracle('../shared/parity', 2);
 */
export async function runOracle(oracle: string, atATime: number): Promise<ReplayedExchange[]> {
  const folder = mkdtempSync(join(tmpdir(), 'portcullis-replay-'));
  const output = join(folder, 'output.json');
  // Written to a file: the program ends without waiting for a pipe to be read.
  const descriptor = openSync(output, 'w');
  try {
    const socket = join(folder, 'tenants');
    await using _tenants = await offerTenants(socket);
    const ask = fileURLToPath(new URL('./ask-for-tenant.mjs', import.meta.url));
    const parameters = ['--json', '--jobs', `${atATime}`, '--start', `exec "${process.execPath}" "${ask}" "${socket}"`];
    const program = [join(oracle, 'replay.mjs'), ...parameters, join(oracle, 'recordings')];
    const child = spawn(process.execPath, program, { stdio: ['ignore', descriptor, 'inherit'] });
    const [status] = await once(child, 'exit');
    // Status 1 means that answers differ. That is an expected result.
    if (status !== 0 && status !== 1) throw new Error(`The recordings were not replayed: it ended with ${status}.`);
    const { rows } = JSON.parse(readFileSync(output, 'utf8')) as { rows: ReplayedExchange[] };
    return rows.sort((a, b) => a.name.localeCompare(b.name, 'en') || a.index - b.index);
  } finally {
    closeSync(descriptor);
    rmSync(folder, { recursive: true, force: true });
  }
}

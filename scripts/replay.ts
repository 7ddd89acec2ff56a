// Replays the recorded conversations with the real service, if they are there: `npm run replay`. Fails if fewer exchanges
// than before are answered as recorded, or if more than before differ for no known reason. `--write` stores better figures.
import { existsSync } from 'node:fs';
import {
  findRegressions,
  formatShare,
  readReached,
  summarizeReplay,
  unexplainedOf,
  writeReached,
} from './replay/reached.ts';
import { runOracle } from './replay/run-oracle.ts';

const oracle = '../shared/parity';

if (!existsSync(oracle)) {
  console.log('There are no recordings here: nothing was replayed.');
} else {
  const run = summarizeReplay(await runOracle(oracle, 4));
  for (const level of ['status', 'shape', 'values'] as const)
    console.log(`${level.padEnd(8)}${formatShare(run, level)}`);
  const floor = readReached();
  const worse = findRegressions(run, floor);
  const [unexplained, before] = [unexplainedOf(run), unexplainedOf(floor)];
  console.log(`${unexplained.length} differences have no known reason, ${before.length} before.`);
  for (const sentence of worse) console.log(`Worse than before: ${sentence}`);
  // The first run on new recordings has nothing to be compared with.
  const isWorse = worse.length > 0 || (floor.exchanges > 0 && unexplained.length > before.length);
  if (process.argv.includes('--write') && !isWorse) writeReached(run);
  if (isWorse) process.exitCode = 1;
}

// Replays the recorded conversations with the real service, if they are there: `npm run replay`. Fails if fewer exchanges
// than before are answered as recorded, or if one differs for no known reason. `--write` stores better figures.
import { existsSync } from 'node:fs';
import { findRegressions, formatShare, readReached, summarizeReplay, writeReached } from './replay/reached.ts';
import { runOracle } from './replay/run-oracle.ts';

const oracle = '../shared/oracle';

if (!existsSync(oracle)) {
  console.log('There are no recordings here: nothing was replayed.');
} else {
  const run = summarizeReplay(await runOracle(oracle, 3));
  for (const level of ['status', 'shape', 'values'] as const)
    console.log(`${level.padEnd(8)}${formatShare(run, level)}`);
  const unexplained = run.differences.filter(({ reason }) => reason === '');
  for (const { conversation, exchange, operation, said } of unexplained) {
    console.log(`No known reason: ${conversation} #${exchange} ${operation}\n    ${said}`);
  }
  const worse = findRegressions(run, readReached());
  for (const sentence of worse) console.log(`Worse than before: ${sentence}`);
  if (process.argv.includes('--write') && worse.length === 0) writeReached(run);
  if (worse.length > 0 || unexplained.length > 0) process.exitCode = 1;
}

import { readFileSync, writeFileSync } from 'node:fs';
import { operationOfPath } from './operation-of-path.ts';
import { reasonFor } from './reasons.ts';
import type { ReplayedExchange } from './run-oracle.ts';

const file = new URL('./reached.json', import.meta.url);
const levels = ['status', 'shape', 'values'] as const;

type Level = (typeof levels)[number];

/** An exchange in which the tenant's answer differs from the real service's. */
export interface Difference {
  readonly conversation: string;
  readonly exchange: number;
  readonly operation: string;
  readonly level: string;
  readonly said: string;
  readonly reason: string;
}

/** The result of a replay of all recordings: how many exchanges reached each level, and which differ. */
export interface Reached extends Record<Level, number> {
  readonly conversations: number;
  readonly exchanges: number;
  /** For each operation, such as `GET /roles`: how often it was requested, and how often the answer was the recorded one. */
  readonly operations: Readonly<Record<string, readonly [asked: number, same: number]>>;
  readonly differences: readonly Difference[];
}

/** @example summarizeReplay(await runOracle('../shared/parity', 2)).values // 1820 */
export function summarizeReplay(exchanges: readonly ReplayedExchange[]): Reached {
  const atLeast = (level: Level) =>
    exchanges.filter((exchange) => exchange.level !== 'none' && levels.indexOf(exchange.level) >= levels.indexOf(level))
      .length;
  const operationName = ({ method, path }: ReplayedExchange) => operationOfPath(method, path) ?? `${method} ${path}`;
  const operations = [...Map.groupBy(exchanges, operationName)].sort(([a], [b]) => a.localeCompare(b, 'en'));
  return {
    conversations: new Set(exchanges.map(({ name }) => name)).size,
    exchanges: exchanges.length,
    status: atLeast('status'),
    shape: atLeast('shape'),
    values: atLeast('values'),
    operations: Object.fromEntries(
      operations.map(([name, asked]) => [name, [asked.length, asked.filter(({ level }) => level === 'values').length]]),
    ),
    differences: exchanges
      .filter(({ level }) => level !== 'values')
      .map((exchange) => ({
        conversation: exchange.name,
        exchange: exchange.index,
        operation: operationName(exchange),
        level: exchange.level,
        said: exchange.said.slice(0, 3).join('; ').slice(0, 200),
        reason: reasonFor(exchange) ?? '',
      })),
  };
}

/** The differences without a known reason. Their number may only fall. */
export function unexplainedOf(reached: Reached): readonly Difference[] {
  return reached.differences.filter(({ reason }) => reason === '');
}

/** The figures of the last accepted run: no later run may fall below them. */
export function readReached(): Reached {
  return JSON.parse(readFileSync(file, 'utf8')) as Reached;
}

export function writeReached(reached: Reached): void {
  writeFileSync(file, `${JSON.stringify(reached, null, 1)}\n`);
}

/**
 * A sentence for each level on which a run is worse. Compares shares, not counts: the recordings may have changed.
 *
 * @example
 * findRegressions(summarizeReplay(exchanges), readReached()) // ['values: 93.1 % (1770/1901), but 94.0 % was reached before']
 */
export function findRegressions(run: Reached, floor: Reached): string[] {
  return levels
    .filter((level) => run[level] * floor.exchanges < floor[level] * run.exchanges)
    .map((level) => `${level}: ${formatShare(run, level)}, but ${formatShare(floor, level)} was reached before`);
}

/** @example formatShare(reached, 'status') // '99.4 % (1890/1901)' */
export function formatShare(reached: Reached, level: Level): string {
  return `${((100 * reached[level]) / Math.max(1, reached.exchanges)).toFixed(1)} % (${reached[level]}/${reached.exchanges})`;
}

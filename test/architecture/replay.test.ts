import { describe, expect, it } from 'vitest';
import { operationOfPath } from '../../scripts/replay/operation-of-path.ts';
import { findRegressions, type Reached, summarizeReplay, unexplainedOf } from '../../scripts/replay/reached.ts';
import type { ReplayedExchange } from '../../scripts/replay/run-oracle.ts';

const exchange = (index: number, level: ReplayedExchange['level']): ReplayedExchange => {
  return { name: 'roles', index, method: 'GET', path: '/api/v2/roles/rol_1?fields=name', level, said: [level] };
};

describe('the replay of recorded conversations', () => {
  it('counts an exchange at its level and at those before it', () => {
    const reached = summarizeReplay([
      exchange(0, 'none'),
      exchange(1, 'status'),
      exchange(2, 'shape'),
      exchange(3, 'values'),
    ]);
    expect(reached).toMatchObject({ conversations: 1, exchanges: 4, status: 3, shape: 2, values: 1 });
    expect(reached.operations).toEqual({ 'GET /roles/{id}': [4, 1] });
    expect(reached.differences.map((difference) => difference.exchange)).toEqual([0, 1, 2]);
  });

  it('fails if a share has fallen, and passes if there are other recordings', () => {
    const floor: Reached = { ...summarizeReplay([exchange(0, 'values'), exchange(1, 'shape')]), operations: {} };
    expect(findRegressions(summarizeReplay([exchange(0, 'values'), exchange(1, 'values')]), floor)).toEqual([]);
    expect(
      findRegressions(summarizeReplay([exchange(0, 'values'), exchange(1, 'shape'), exchange(2, 'values')]), floor),
    ).toEqual([]);
    expect(findRegressions(summarizeReplay([exchange(0, 'values'), exchange(1, 'none')]), floor)).toEqual([
      'status: 50.0 % (1/2), but 100.0 % (2/2) was reached before',
      'shape: 50.0 % (1/2), but 100.0 % (2/2) was reached before',
    ]);
  });

  it('prefers a literal path to one with a parameter', () => {
    expect(operationOfPath('GET', '/api/v2/tenants/settings')).toBe('GET /tenants/settings');
    expect(operationOfPath('GET', '/api/v2/actions/actions/1/versions')).toBe(
      'GET /actions/actions/{actionId}/versions',
    );
    expect(operationOfPath('GET', '/api/v2/nowhere')).toBeUndefined();
  });

  it('counts the differences without a known reason', () => {
    const reached = summarizeReplay([exchange(0, 'values'), exchange(1, 'none')]);
    expect(unexplainedOf(reached).map((difference) => difference.exchange)).toEqual([1]);
  });
});

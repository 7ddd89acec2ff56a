import { afterEach, describe, expect, it } from 'vitest';
import { overviewOf } from '../../../src/tenant/console/overview.ts';
import { openStore } from '../../../src/tenant/store/open-store.ts';
import type { ExecutionRecord } from '../../../src/tenant/store/records/actions/execution-repository.ts';
import type { LoginPass, LoginRecord } from '../../../src/tenant/store/records/logs/login-repository.ts';
import type { Store } from '../../../src/tenant/store/store.ts';

const HOUR_MS = 3_600_000;
const now = Date.now();
const logout = (reason: string, token: string) =>
  `https://tenant.example/v2/logout?client_id=a&returnTo=${encodeURIComponent(
    `https://apex.example/refused?session=${token}&reason=${reason}`,
  )}`;

describe('the overview', () => {
  let store: Store;
  let number = 0;
  afterEach(() => store.close());

  /** Records a login that ended an hour ago or more, and an execution with one line in the console of its Action. */
  function record(pass: Partial<LoginPass>, { hoursAgo = 1, line = '', ms = 5, failed = false } = {}): void {
    number += 1;
    const at = new Date(now - hoursAgo * HOUR_MS).toISOString();
    const execution = `execution-${number}`;
    store.executions.insert({
      id: execution,
      trigger_id: 'post-login',
      status: 'final',
      created_at: at,
      updated_at: at,
      results: [
        {
          action_id: 'act_1',
          action_name: 'Gate',
          action_duration_ms: ms,
          console: [
            { level: 'log', text: 'hello', at },
            { level: 'log', text: line, at },
          ],
          ...(failed && { error: { name: 'Error', message: 'no', code: 'thrown' } }),
        },
      ],
    } as unknown as ExecutionRecord);
    store.logins.insert({
      id: `login-${number}`,
      at,
      application: { id: 'app', name: 'APEX' },
      user: { id: 'auth0|1', name: 'Una', emailVerified: true },
      passes: [{ at, ms, outcome: 'continue', executions: [execution], ...pass }],
    } as unknown as LoginRecord);
  }

  const open = () => {
    store = openStore({ memory: true });
  };

  it('counts logins that ended alike, by hour, with the decision that an Action wrote', async () => {
    open();
    record({}, { line: '{"portcullis":1,"decision":"admit","reason":"admit_rule","rule":"staff","user":"auth0|1"}' });
    record({}, { line: '{"portcullis":1,"decision":"admit","reason":"admit_rule","rule":"staff","user":"auth0|2"}' });
    record({ outcome: 'redirect', note: logout('unverified_email', 'one') });
    record({ outcome: 'redirect', note: logout('unverified_email', 'two') });
    record({ outcome: 'deny', note: 'Closed today' });
    record({}, { hoursAgo: 30 });
    const { logins, complete } = await overviewOf(store, new URLSearchParams());
    expect(complete).toBe(true);
    const hour = expect.stringMatching(/^\d{4}-\d\d-\d\dT\d\d:00:00\.000Z$/);
    expect(logins).toHaveLength(3);
    expect(logins).toEqual(
      expect.arrayContaining([
        { hour, outcome: 'continue', decision: 'admit', reason: 'admit_rule', rule: 'staff', count: 2 },
        { hour, outcome: 'redirect', note: 'https://apex.example/refused?reason=unverified_email', count: 2 },
        { hour, outcome: 'deny', note: 'Closed today', count: 1 },
      ]),
    );
    const week = await overviewOf(store, new URLSearchParams({ days: '7' }));
    expect(week.logins.reduce((sum, { count }) => sum + count, 0)).toBe(6);
  });

  it('measures the Actions, and reads on after the first slice of logins', async () => {
    open();
    for (let run = 1; run <= 100; run += 1) record({}, { ms: run, failed: run === 7 });
    for (let login = 0; login < 450; login += 1) record({}, { line: '{"decision":"admit"', ms: 1 });
    const { actions, logins } = await overviewOf(store, new URLSearchParams({ days: 'many' }));
    expect(logins.reduce((sum, { count }) => sum + count, 0)).toBe(550);
    expect(actions).toEqual([{ id: 'act_1', name: 'Gate', runs: 500, failed: 0, median: 1, slow: 75 }]);
  });
});

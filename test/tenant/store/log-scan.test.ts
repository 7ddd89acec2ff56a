import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { Database } from '../../../src/tenant/store/database.ts';
import { isIndexed } from '../../../src/tenant/store/records/logs/log-index.ts';
import type { LogRepository } from '../../../src/tenant/store/records/logs/log-repository.ts';
import { createLogRepository } from '../../../src/tenant/store/records/logs/log-repository.ts';
import type { LogQuery } from '../../../src/tenant/store/records/logs/log-search.ts';
import { compareLog, defaultOrder, logOrder } from '../../../src/tenant/store/records/logs/log-search.ts';
import { migrate } from '../../../src/tenant/store/schema/migrate.ts';
import type { Search } from '../../../src/tenant/store/search/search.ts';
import { toSqlCondition } from '../../../src/tenant/store/search/search-condition.ts';

const ENTRIES = 5300;
let database: Database;
let logs: LogRepository;

beforeAll(() => {
  database = new Database(':memory:');
  migrate(database);
  logs = createLogRepository(database);
  database.transaction(() => {
    for (let number = 0; number < ENTRIES; number += 1) {
      const at = new Date(Date.UTC(2026, 0, 1) + number * 60_000).toISOString();
      logs.insert({
        log_id: `900${at.replace(/\D/g, '')}000000`,
        // As if the clock had been set back once.
        date: number > 3000 && number < 3100 ? '2025-12-31T00:00:00.000Z' : at,
        type: number % 500 === 0 ? 'f' : number % 3 === 0 ? 'sapi' : 's',
        description: `Number ${number % 97} of many`,
        ...(number % 4 > 0 && { user_name: `Person ${number % 1700}` }),
        ...(number % 5 > 0 && { ip: `10.0.0.${number % 7}` }),
        ...(number % 2 > 0 && { user_id: `auth0|${number % 3}` }),
        client_name: number % 2 === 0 ? 'APEX' : 'Örder 𝒳',
      });
    }
  });
});
afterAll(() => database.close());

/** The result of a single statement, which may take long. */
function expectedIds({ search, order }: LogQuery, page: number, perPage: number) {
  const { sql, values } = toSqlCondition(search, compareLog);
  const ordered = logOrder(order ?? defaultOrder(search));
  const select = `SELECT log_id FROM logs WHERE ${sql} ORDER BY ${ordered} LIMIT ? OFFSET ?`;
  return {
    ids: database.all(select, ...values, perPage, page * perPage).map((row) => row.log_id),
    total: database.count(`SELECT count(*) AS count FROM logs WHERE ${sql}`, ...values),
  };
}

const like = (field: string, ...parts: string[]): Search => ({ kind: 'like', field, parts });
const equals = (field: string, value: string): Search => ({ kind: 'equals', field, value });
const both = (...of: Search[]): Search => ({ kind: 'and', of });
const either = (...of: Search[]): Search => ({ kind: 'or', of });
const not = (of: Search): Search => ({ kind: 'not', of });
const since = (value: string): Search => ({ kind: 'range', field: 'date', from: { value, inclusive: true } });

const searches: Record<string, Search> = {
  everything: { kind: 'everything' },
  nothing: either(),
  'a description': like('description', '', 'ber 5', ''),
  'a text that occurs nowhere': like('description', '', 'nowhere', ''),
  'an address': equals('ip', '10.0.0.3'),
  'entries with an address': { kind: 'exists', field: 'ip' },
  'all types except one': not(equals('type', 'sapi')),
  'either of two types': either(equals('type', 's'), like('type', 'f', '')),
  'a rare type': either(equals('type', 'f'), equals('type', 'none')),
  'a frequent type with a description': both(equals('type', 's'), like('description', '', '7 of', '')),
  'a rare type with a description': both(like('description', '', '7', ''), equals('type', 'f')),
  'a rare name with a type': both(like('user_name', 'Person 16', ''), equals('type', 's')),
  'a frequent name with a type': both(
    like('user_name', 'Person', ''),
    either(equals('type', 'f'), equals('type', 's')),
  ),
  'a part of a name': like('user_name', '', 'son 1', ''),
  'either of two names': either(like('user_name', 'Person 12', ''), like('client_name', 'Person 12', '')),
  'a name or a description': either(equals('user_name', 'Person 5'), like('description', 'Number 5', '')),
  'a time range with a description': both(since('2026-01-03'), like('description', '', '1', '')),
  'a short time range with a description': both(since('2026-01-06'), like('description', '', '1', '')),
  'a user with a description': both(equals('user_id', 'auth0|1'), like('description', '', '1', '')),
};

const orders = [undefined, ...['date', 'user_name'].map((field) => ({ field, descending: false }))];

describe.each(Object.entries(searches))('a search of the log for %s', (_name, search) => {
  it.each(orders)('equals the result of one statement, in the order %o', async (order) => {
    for (const query of [
      { search, order },
      { search, order: order && { ...order, descending: true } },
    ]) {
      for (const [page, perPage] of [
        [0, 50],
        [3, 100],
        [9, 100],
        [0, 0],
      ] as const) {
        const expected = expectedIds(query, page, perPage);
        const withTotal = await logs.search(query, { page, perPage }, true);
        expect(withTotal.rows.map(({ log_id }) => log_id)).toEqual(expected.ids);
        expect(withTotal.total).toBe(expected.total);
        const withoutTotal = await logs.search(query, { page, perPage }, false);
        expect(withoutTotal.rows).toEqual(withTotal.rows);
      }
    }
  });
});

it('a search by index is distinguished from one that needs a scan', () => {
  const indexed = Object.entries(searches).filter(([, search]) => isIndexed({ search }));
  expect(indexed.map(([name]) => name)).toEqual(['everything', 'either of two names']);
  expect(isIndexed({ search: since('2026'), order: { field: 'date', descending: true } })).toBe(true);
  expect(isIndexed({ search: { kind: 'everything' }, order: { field: 'user_name', descending: true } })).toBe(false);
});

it('a search ends when its request is aborted', async () => {
  const search = like('description', '', 'of many', '');
  const controller = new AbortController();
  const running = logs.search({ search, signal: controller.signal }, { page: 0, perPage: 1 }, true);
  controller.abort();
  const { total } = await running;
  expect(total).toBeGreaterThan(0);
  expect(total).toBeLessThan(ENTRIES);
});

it('a search includes only entries from before it began; later ones are in the next search', async () => {
  const query = { search: like('description', '', 'of many', '') };
  const running = logs.search(query, { page: 0, perPage: 1 }, true);
  const log_id = '90020270101000000000000000';
  logs.insert({ log_id, date: '2027-01-01T00:00:00.000Z', type: 's', description: 'One of many' });
  const { rows, total } = await running;
  expect(rows[0]?.log_id).not.toBe(log_id);
  expect(total).toBe(ENTRIES);
  const next = await logs.search(query, { page: 0, perPage: 1 }, true);
  expect([next.rows[0]?.log_id, next.total]).toEqual([log_id, ENTRIES + 1]);
});

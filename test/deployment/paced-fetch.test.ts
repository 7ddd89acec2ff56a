import { ManagementClient } from 'auth0';
import { beforeEach, describe, expect, it, vi } from 'vitest';
import { pacedFetch } from '../../src/deployment/paced-fetch.ts';
import { startLocalTenant } from '../local-tenant.ts';

it('sends no request that a tenant on the free plan would refuse', async () => {
  // The tenant uses the same clock. It moves only when a request waits.
  vi.useFakeTimers({ toFake: ['Date'] });
  const wait = async (ms: number) => void vi.setSystemTime(Date.now() + Math.ceil(ms));
  const { tenant } = await startLocalTenant({ rateLimit: 'free' });
  try {
    const statuses: number[] = [];
    const watched: typeof fetch = async (input, init) => {
      const response = await fetch(input, init);
      statuses.push(response.status);
      return response;
    };
    const { clientId, clientSecret } = tenant.management;
    const options = { domain: tenant.domain, clientId, clientSecret, telemetry: false, maxRetries: 0 };
    const management = new ManagementClient({ ...options, fetch: pacedFetch({ fetch: watched, wait }) });
    for (let count = 0; count < 16; count += 1) await management.roles.list();
    expect(statuses.filter((status) => status === 429)).toEqual([]);
    expect(statuses).toHaveLength(17);
  } finally {
    vi.useRealTimers();
    await tenant.close();
  }
});

describe('with a clock that moves during waits', () => {
  let time = 0;
  const clock = {
    now: () => time,
    wait: async (ms: number) => {
      const due = time + ms;
      // Other requests at the same time are sent before it moves.
      await new Promise(setImmediate);
      time = Math.max(time, due);
    },
  };
  beforeEach(() => {
    time = Date.parse('2026-01-01T00:00:00.400Z');
  });

  /** A tenant whose answers have some headers, and the times of its requests. */
  const answering = (headersOf: (path: string) => Record<string, string>) => {
    const times: number[] = [];
    const paced = pacedFetch({
      ...clock,
      fetch: (input) => {
        times.push(time);
        return Promise.resolve(new Response('{}', { headers: headersOf(new URL(String(input)).pathname) }));
      },
    });
    return { paced, times };
  };

  it('waits for the limit that a request counts against, and not for another', async () => {
    const reset = String(Math.ceil(time / 1000) + 1);
    const { paced, times } = answering((path) => ({
      'x-ratelimit-limit': path.endsWith('/users') ? '50' : '10',
      'x-ratelimit-remaining': path.endsWith('/users') ? '49' : '0',
      'x-ratelimit-reset': reset,
    }));
    await paced('https://tenant.test/api/v2/users');
    await paced('https://tenant.test/api/v2/roles');
    await paced('https://tenant.test/api/v2/users');
    await paced('https://tenant.test/api/v2/clients');
    const [first = 0, second = 0, third = 0, fourth = 0] = times;
    expect(second - first).toBe(0);
    expect(third - first).toBe(0);
    // A new kind of request may count against either limit: it counts against that of the latest answer.
    expect(fourth - first).toBe(0);
    await paced('https://tenant.test/api/v2/roles');
    expect((times[4] ?? 0) - first).toBe(1600);
  });

  it('counts requests without an answer', async () => {
    const reset = String(Math.ceil(time / 1000) + 1);
    let remaining = 3;
    const { paced, times } = answering(() => {
      remaining -= 1;
      return {
        'x-ratelimit-limit': '3',
        'x-ratelimit-remaining': String(Math.max(0, remaining)),
        'x-ratelimit-reset': reset,
      };
    });
    await paced('https://tenant.test/api/v2/roles');
    await Promise.all([1, 2, 3, 4].map(() => paced('https://tenant.test/api/v2/roles')));
    const [first = 0] = times;
    expect(times.filter((at) => at === first)).toHaveLength(3);
  });

  it('is hardly slower than a limit that is released evenly', async () => {
    // Two at once, then two a second.
    let remaining = 2;
    let updated = time;
    const paced = pacedFetch({
      ...clock,
      fetch: () => {
        time += 20;
        remaining = Math.min(2, remaining + (time - updated) / 500) - 1;
        updated = time;
        expect(remaining).toBeGreaterThanOrEqual(0);
        const headers = {
          'x-ratelimit-limit': '2',
          'x-ratelimit-remaining': String(Math.floor(remaining)),
          'x-ratelimit-reset': String(Math.ceil((time + (2 - remaining) * 500) / 1000)),
        };
        return Promise.resolve(new Response('{}', { headers }));
      },
    });
    const begun = time;
    for (let count = 0; count < 102; count += 1) await paced('https://tenant.test/api/v2/roles');
    expect(time - begun).toBeGreaterThan(49_500);
    expect(time - begun).toBeLessThan(55_000);
  });

  it('waits until the reset if the tenant releases nothing before', async () => {
    // Four in each second, all of them at its beginning.
    let turnedAway = 0;
    let window = 0;
    let remaining = 4;
    const paced = pacedFetch({
      ...clock,
      fetch: () => {
        const second = Math.floor(time / 1000);
        if (second !== window) [window, remaining] = [second, 4];
        remaining -= 1;
        if (remaining < 0) turnedAway += 1;
        const headers = {
          'x-ratelimit-limit': '4',
          'x-ratelimit-remaining': String(Math.max(0, remaining)),
          'x-ratelimit-reset': String(second + 1),
        };
        return Promise.resolve(new Response('{}', { headers, status: remaining < 0 ? 429 : 200 }));
      },
    });
    for (let count = 0; count < 24; count += 1) await paced('https://tenant.test/api/v2/roles');
    expect(turnedAway).toBeLessThanOrEqual(1);
  });

  it.each([
    ['no headers', {}],
    ['a time that is past', { 'x-ratelimit-remaining': '0', 'x-ratelimit-reset': '1000' }],
    ['headers that are none', { 'x-ratelimit-remaining': 'a few', 'x-ratelimit-reset': 'soon' }],
  ])('does not wait for %s', async (_, headers) => {
    const { paced, times } = answering(() => headers);
    await paced('https://tenant.test/api/v2/roles');
    await paced('https://tenant.test/api/v2/roles');
    expect((times[1] ?? 0) - (times[0] ?? 0)).toBe(0);
  });
});

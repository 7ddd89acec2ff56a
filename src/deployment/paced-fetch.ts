import { setTimeout } from 'node:timers/promises';

/** The known state of a limit. */
interface Allowance {
  remaining: number;
  /** Milliseconds since 1970 from which there is more. The tenant sends whole seconds, so it may be nearly a second earlier. */
  reset: number;
  /** Time when nothing remained for the first time, and the number of requests allowed since. */
  emptySince: number | undefined;
  taken: number;
  /** Time when the last waiting request may start. */
  freeAt: number;
  /** Requests without an answer yet. */
  underway: number;
  /** Whether the limit releases everything at its reset and nothing before. A refused request after a wait shows this. */
  atReset: boolean;
}

/** Longer than any tenant requires; a wrong clock must not stop the work for hours. */
const LONGEST_WAIT = 60_000;

/**
 * Returns a `fetch` that stays below a tenant's rate limit. When nothing remains, the next request with the same limit waits
 * until the reset that the tenant reports, or less if the pace of the limit so far allows it: resets are in whole seconds,
 * which would waste a fifth of a small limit. Auth0 has one limit for the Management API and lower limits for some groups of
 * endpoints. An answer does not name its limit but contains its size, which identifies the limit.
 *
 * Source: Auth0 docs, "Rate Limit Policy" (`X-RateLimit-Limit`, `-Remaining`, `-Reset`).
 *
 * @param options.now milliseconds since 1970
 * @param options.wait resolves after the given milliseconds; rejects when the signal aborts
 * @example
 * const management = new ManagementClient({ domain, token, fetch: pacedFetch() });
 */
export function pacedFetch(
  options: {
    readonly fetch?: typeof fetch;
    readonly now?: () => number;
    readonly wait?: (ms: number, signal: AbortSignal | undefined) => Promise<void>;
    readonly signal?: AbortSignal;
  } = {},
): typeof fetch {
  const { fetch: send = fetch, now = Date.now, wait = pause, signal } = options;
  const allowances = new Map<string, Allowance>();
  /** The limit that the latest requests of a kind counted against; for a new kind, the host's latest limit. */
  const limits = new Map<string, string>();

  /** @returns whether the request had to wait */
  async function placeIn(known: Allowance): Promise<boolean> {
    const time = now();
    const untilReset = Math.min(known.reset - time, LONGEST_WAIT);
    if (untilReset <= 0) return false;
    // Requests without an answer count as well.
    known.remaining -= 1;
    if (known.remaining >= 0) return false;
    known.freeAt = Math.max(time, known.freeAt) + Math.min(untilReset, paceOf(known, time));
    await wait(known.freeAt - time, signal);
    return true;
  }

  return async (input, init) => {
    const { host, kind } = placeOf(input, init);
    const expected = allowances.get(limits.get(kind) ?? limits.get(host) ?? kind);
    const waited = expected === undefined ? false : await placeIn(expected);
    if (expected !== undefined) expected.underway += 1;
    const response = await send(input, init).finally(() => {
      if (expected !== undefined) expected.underway -= 1;
    });
    const limit = limitOf(response.headers);
    if (limit === undefined) return response;
    const counted = limit.size === undefined ? kind : `${host} ${limit.size}`;
    limits.set(kind, counted);
    // The token endpoint has its own limit, which says nothing about the API's.
    if (!kind.endsWith('/token')) limits.set(host, counted);
    const { remaining, reset } = limit;
    const known: Allowance = allowances.get(counted) ?? { remaining, reset, ...UNTRIED };
    allowances.set(counted, known);
    known.remaining = remaining - known.underway;
    known.reset = reset;
    if (response.status === 429) {
      known.emptySince = undefined;
      if (waited) known.atReset = true;
    } else if (known.emptySince !== undefined) known.taken += 1;
    else if (remaining === 0) Object.assign(known, { emptySince: now(), taken: 0 });
    return response;
  };
}

const pause = (ms: number, signal: AbortSignal | undefined): Promise<void> =>
  setTimeout(ms, undefined, signal === undefined ? {} : { signal });

const UNTRIED = { emptySince: undefined, taken: 0, freeAt: 0, underway: 0, atReset: false };
/** Allows for requests that take more or less time. */
const MARGIN = 1.02;

/**
 * Milliseconds between requests at the pace of the limit so far, but never too few: of the requests allowed since nothing
 * remained, all except one must have been released since.
 */
function paceOf({ atReset, emptySince, taken }: Allowance, time: number): number {
  if (atReset || emptySince === undefined || taken < 2) return Number.POSITIVE_INFINITY;
  return ((time - emptySince) / (taken - 1)) * MARGIN;
}

function placeOf(input: Parameters<typeof fetch>[0], init: RequestInit | undefined) {
  const { host, pathname } = new URL(input instanceof Request ? input.url : input);
  const method = init?.method ?? (input instanceof Request ? input.method : 'GET');
  const resource = pathname.startsWith('/api/v2/') ? pathname.split('/')[3] : pathname;
  return { host, kind: `${method} ${host} ${resource}` };
}

function limitOf(headers: Headers): { size: number | undefined; remaining: number; reset: number } | undefined {
  const [remaining, reset, size] = ['remaining', 'reset', 'limit'].map((name) => {
    const text = headers.get(`x-ratelimit-${name}`);
    return text ? Number(text) : Number.NaN;
  });
  if (!Number.isFinite(remaining) || !Number.isFinite(reset)) return undefined;
  return {
    remaining: remaining ?? 0,
    reset: (reset ?? 0) * 1000,
    size: Number.isFinite(size) && (size ?? 0) > 0 ? size : undefined,
  };
}

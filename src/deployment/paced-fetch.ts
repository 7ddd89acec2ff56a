import { setTimeout } from 'node:timers/promises';

/** What is known of a limit. */
interface Allowance {
  remaining: number;
  /** Milliseconds since 1970 from which on there is more, told in whole seconds: it may be nearly a second sooner. */
  reset: number;
  /** When nothing was left for the first time, and how many have been let through since. */
  emptySince: number | undefined;
  taken: number;
  /** When the latest of those that wait for a place may go. */
  freeAt: number;
  /** Requests whose answers are yet to come. */
  underway: number;
  /** Whether it gives out everything at its reset and nothing before, as one that was turned away has shown. */
  atOnce: boolean;
}

/** Longer than any tenant asks to wait; a clock that is wrong must not stop the work for hours. */
const LONGEST_WAIT = 60_000;

/**
 * A `fetch` that keeps to a tenant's rate limit: once nothing is left, the next request that counts against the same limit waits
 * until the tenant says that there is more, or sooner where the pace at which it gave out more until then allows it: it is told
 * in whole seconds, which would cost a fifth of a small limit. Auth0 has one limit for the Management API and lower ones for some groups of endpoints; an answer does not name its limit but tells how
 * large it is, and that is what limits are told apart by.
 *
 * Source: Auth0 docs, "Rate Limit Policy" (`X-RateLimit-Limit`, `-Remaining`, `-Reset`).
 *
 * @param options.now milliseconds since 1970
 * @param options.wait ends after so many milliseconds; rejects when the signal aborts
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
  /** The limit that requests of a kind were counted against when they were last made; the latest one for a new kind. */
  const limits = new Map<string, string>();

  /** @returns whether the request had to wait for its place */
  async function placeIn(known: Allowance): Promise<boolean> {
    const time = now();
    const left = Math.min(known.reset - time, LONGEST_WAIT);
    if (left <= 0) return false;
    // Those that are on their way count, too.
    known.remaining -= 1;
    if (known.remaining >= 0) return false;
    known.freeAt = Math.max(time, known.freeAt) + Math.min(left, paceOf(known, time));
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
    const told = toldBy(response.headers);
    if (told === undefined) return response;
    const counted = told.size === undefined ? kind : `${host} ${told.size}`;
    limits.set(kind, counted);
    // A token is given out elsewhere, by another limit: nothing follows from it for the API.
    if (!kind.endsWith('/token')) limits.set(host, counted);
    const { remaining, reset } = told;
    const known: Allowance = allowances.get(counted) ?? { remaining, reset, ...UNTRIED };
    allowances.set(counted, known);
    known.remaining = remaining - known.underway;
    known.reset = reset;
    if (response.status === 429) {
      known.emptySince = undefined;
      if (waited) known.atOnce = true;
    } else if (known.emptySince !== undefined) known.taken += 1;
    else if (remaining === 0) Object.assign(known, { emptySince: now(), taken: 0 });
    return response;
  };
}

const pause = (ms: number, signal: AbortSignal | undefined): Promise<void> =>
  setTimeout(ms, undefined, signal === undefined ? {} : { signal });

const UNTRIED = { emptySince: undefined, taken: 0, freeAt: 0, underway: 0, atOnce: false };
/** Requests take now longer, now shorter. */
const MARGIN = 1.02;

/**
 * Milliseconds from one place to the next, as the tenant has given them out so far, and never less than it takes: of those let
 * through since nothing was left, all but one must have come since.
 */
function paceOf({ atOnce, emptySince, taken }: Allowance, time: number): number {
  if (atOnce || emptySince === undefined || taken < 2) return Number.POSITIVE_INFINITY;
  return ((time - emptySince) / (taken - 1)) * MARGIN;
}

function placeOf(input: Parameters<typeof fetch>[0], init: RequestInit | undefined) {
  const { host, pathname } = new URL(input instanceof Request ? input.url : input);
  const method = init?.method ?? (input instanceof Request ? input.method : 'GET');
  const resource = pathname.startsWith('/api/v2/') ? pathname.split('/')[3] : pathname;
  return { host, kind: `${method} ${host} ${resource}` };
}

function toldBy(headers: Headers): { size: number | undefined; remaining: number; reset: number } | undefined {
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

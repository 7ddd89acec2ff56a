import { setTimeout as pause } from 'node:timers/promises';

/** What a tenant said about how many more requests it takes. */
interface Allowance {
  remaining: number;
  /** Milliseconds since 1970 from which on there is more. */
  readonly reset: number;
}

/** Longer than any tenant asks to wait; a clock that is wrong must not stop the work for hours. */
const LONGEST_WAIT = 60_000;

/**
 * A `fetch` that keeps to a tenant's rate limit: once nothing is left, the next request that counts against the same limit waits
 * until the tenant says that there is more. Nothing is sent that would be turned away, and no time is lost otherwise. Auth0 has
 * one limit for the Management API and lower ones for some groups of endpoints; an answer does not name its limit but tells how
 * large it is, and that is what limits are told apart by.
 *
 * Source: Auth0 docs, "Rate Limit Policy" (`X-RateLimit-Limit`, `-Remaining`, `-Reset`).
 *
 * @param now milliseconds since 1970
 * @example
 * const management = new ManagementClient({ domain, token, fetch: pacedFetch() });
 */
export function pacedFetch(
  options: { readonly fetch?: typeof fetch; readonly now?: () => number; readonly signal?: AbortSignal } = {},
): typeof fetch {
  const { fetch: send = fetch, now = Date.now, signal } = options;
  const allowances = new Map<string, Allowance>();
  /** The limit that requests of a kind were counted against when they were last made; the latest one for a new kind. */
  const limits = new Map<string, string>();
  return async (input, init) => {
    const { host, kind } = placeOf(input, init);
    const limit = limits.get(kind) ?? limits.get(host) ?? kind;
    for (;;) {
      const known = allowances.get(limit);
      if (known === undefined) break;
      const wait = Math.min(known.reset - now(), LONGEST_WAIT);
      if (wait <= 0) allowances.delete(limit);
      else if (known.remaining > 0) {
        // Those that are on their way count, too.
        known.remaining -= 1;
        break;
      } else await pause(wait, undefined, signal === undefined ? {} : { signal });
      if (wait === LONGEST_WAIT) break;
    }
    const response = await send(input, init);
    const told = allowanceOf(response.headers);
    if (told === undefined) return response;
    const size = response.headers.get('x-ratelimit-limit');
    const counted = size === null ? kind : `${host} ${size}`;
    limits.set(kind, counted);
    // A token is given out elsewhere, by another limit: nothing follows from it for the API.
    if (!kind.endsWith('/token')) limits.set(host, counted);
    const before = allowances.get(counted);
    const remaining = before?.reset === told.reset ? Math.min(before.remaining, told.remaining) : told.remaining;
    allowances.set(counted, { remaining, reset: told.reset });
    return response;
  };
}

function placeOf(input: Parameters<typeof fetch>[0], init: RequestInit | undefined) {
  const { host, pathname } = new URL(input instanceof Request ? input.url : input);
  const method = init?.method ?? (input instanceof Request ? input.method : 'GET');
  const resource = pathname.startsWith('/api/v2/') ? pathname.split('/')[3] : pathname;
  return { host, kind: `${method} ${host} ${resource}` };
}

function allowanceOf(headers: Headers): Allowance | undefined {
  const [remaining, reset] = ['x-ratelimit-remaining', 'x-ratelimit-reset'].map((name) => headers.get(name));
  if (!remaining || !reset) return undefined;
  const allowance = { remaining: Number(remaining), reset: Number(reset) * 1000 };
  return Number.isFinite(allowance.remaining) && Number.isFinite(allowance.reset) ? allowance : undefined;
}

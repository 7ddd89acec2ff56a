import { setTimeout as pause } from 'node:timers/promises';

/** What a tenant said about how many more requests of a kind it takes. */
interface Allowance {
  readonly remaining: number;
  /** Milliseconds since 1970 from which on there is more. */
  readonly reset: number;
}

/** Longer than any tenant asks to wait; a clock that is wrong must not stop the work for hours. */
const LONGEST_WAIT = 60_000;

/**
 * A `fetch` that keeps to a tenant's rate limit: once an answer says that nothing is left, the next request of that kind
 * waits until the tenant says that there is more. Nothing is sent that would be turned away, and no time is lost otherwise.
 * Auth0 counts by groups of endpoints, so what is known of one is not held against another.
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
  return async (input, init) => {
    const kind = kindOf(input, init);
    const known = allowances.get(kind);
    if (known !== undefined && known.remaining <= 0) {
      const wait = Math.min(known.reset - now(), LONGEST_WAIT);
      if (wait > 0) await pause(wait, undefined, signal === undefined ? {} : { signal });
    }
    const response = await send(input, init);
    const allowance = allowanceOf(response.headers);
    if (allowance === undefined) allowances.delete(kind);
    else allowances.set(kind, allowance);
    return response;
  };
}

function kindOf(input: Parameters<typeof fetch>[0], init: RequestInit | undefined): string {
  const url = new URL(input instanceof Request ? input.url : input);
  const method = init?.method ?? (input instanceof Request ? input.method : 'GET');
  const [, , , resource = ''] = url.pathname.split('/');
  return `${method} ${url.host} ${resource}`;
}

function allowanceOf(headers: Headers): Allowance | undefined {
  const [remaining, reset] = ['x-ratelimit-remaining', 'x-ratelimit-reset'].map((name) => headers.get(name));
  if (!remaining || !reset) return undefined;
  const allowance = { remaining: Number(remaining), reset: Number(reset) * 1000 };
  return Number.isFinite(allowance.remaining) && Number.isFinite(allowance.reset) ? allowance : undefined;
}

//! How long to wait before a request is repeated.
const FIRST_MS = 150;

/**
 * How long to wait before a request is repeated: what the tenant asks for in `Retry-After` (seconds or a date) or
 * `X-RateLimit-Reset` (seconds since 1970), but not less than a pause that doubles each time.
 *
 * Sources: RFC 9110, section 10.2.3; Auth0 docs, "Rate Limit Policy" (headers of an answer 429).
 *
 * @param attempt number of requests already made, from 1
 * @param headers of an answer 429 or 503; none where there was no answer
 * @param now milliseconds since 1970
 * @returns milliseconds
 * @example retryDelay(1, new Headers({ 'retry-after': '1' }), Date.now()) // 1000, and up to 75 more
 */
export function retryDelay(attempt: number, headers: Headers | undefined, now: number): number {
  const backoff = FIRST_MS * 2 ** (attempt - 1);
  const asked = askedFor(headers, now);
  // Spread out, so that logins refused together do not come back together.
  return Math.max(backoff, asked) + Math.random() * (FIRST_MS / 2);
}

function askedFor(headers: Headers | undefined, now: number): number {
  const retryAfter = headers?.get('retry-after');
  if (retryAfter) {
    const ms = /^\d+$/.test(retryAfter) ? Number(retryAfter) * 1000 : Date.parse(retryAfter) - now;
    if (!Number.isNaN(ms)) return ms;
  }
  const reset = headers?.get('x-ratelimit-reset');
  return reset && /^\d+$/.test(reset) ? Number(reset) * 1000 - now : 0;
}

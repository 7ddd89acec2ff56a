//! The time to wait before a request is repeated.
const FIRST_MS = 150;

/**
 * Returns the time to wait before a request is repeated: the time in the tenant's `Retry-After` (seconds or a date) or
 * `X-RateLimit-Reset` (seconds since 1970), but at least a pause that doubles each time.
 *
 * Sources: RFC 9110, section 10.2.3; Auth0 docs, "Rate Limit Policy" (headers of an answer 429).
 *
 * @param attempt number of requests already made, from 1
 * @param headers of a response 429 or 503; none if there was no response
 * @param now milliseconds since 1970
 * @returns milliseconds
 * @example retryDelay(1, new Headers({ 'retry-after': '1' }), Date.now()) // 1000, and up to 75 more
 */
export function retryDelay(attempt: number, headers: Headers | undefined, now: number): number {
  const backoff = FIRST_MS * 2 ** (attempt - 1);
  const requested = requestedDelay(headers, now);
  // Randomised, so that logins refused together do not retry together.
  return Math.max(backoff, requested) + Math.random() * (FIRST_MS / 2);
}

function requestedDelay(headers: Headers | undefined, now: number): number {
  const retryAfter = headers?.get('retry-after');
  if (retryAfter) {
    const ms = /^\d+$/.test(retryAfter) ? Number(retryAfter) * 1000 : Date.parse(retryAfter) - now;
    if (!Number.isNaN(ms)) return ms;
  }
  const reset = headers?.get('x-ratelimit-reset');
  return reset && /^\d+$/.test(reset) ? Number(reset) * 1000 - now : 0;
}

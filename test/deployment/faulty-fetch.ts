/** The faults that a request can meet. */
export const FAULTS = ['refused', 'busy', 'failing', 'garbage', 'cut', 'lost', 'timeout', 'dead'] as const;
export type Fault = (typeof FAULTS)[number];

/** A `fetch` that lets one request, counted from 1, meet a fault. Token requests count as well. */
export interface FaultyFetch {
  readonly fetch: typeof fetch;
  /** Number of requests so far. */
  readonly count: number;
}

/**
 * @param at the number of the request; 0 for none
 * @param fault `lost` executes the request and loses the answer; `dead` fails from then on, as if the process was killed
 */
export function faultyFetch(at: number, fault: Fault): FaultyFetch {
  let count = 0;
  return {
    get count() {
      return count;
    },
    fetch: async (input, init) => {
      count += 1;
      if (fault === 'dead') {
        if (at > 0 && count >= at) throw new TypeError('killed');
        return fetch(input, init);
      }
      if (count !== at) return fetch(input, init);
      if (fault === 'timeout') throw new DOMException('This operation was aborted', 'AbortError');
      if (fault === 'lost') await fetch(input, init);
      if (fault === 'lost' || fault === 'cut') throw new TypeError('fetch failed', { cause: new Error('ECONNRESET') });
      if (fault === 'garbage') return new Response('<html>gateway</html>', { status: 200 });
      const status = { refused: 403, busy: 429, failing: 503 }[fault];
      const body = { statusCode: status, error: 'Faulty', message: `A ${fault} tenant.`, errorCode: fault };
      return Response.json(body, { status });
    },
  };
}

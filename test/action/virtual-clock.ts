/** The functions by which an Action measures time, waits, and sends requests. */
export interface Clock {
  readonly performance: { now(): number };
  setTimeout(work: () => void, ms?: number): unknown;
  clearTimeout(timer: unknown): void;
  readonly AbortSignal: { timeout(ms: number): AbortSignal };
  readonly fetch: (url: string, init: RequestInit) => Promise<Response>;
}

/** A request of the Action that has not ended. */
export interface Exchange {
  /** Resolves when the Action has the head of the response. */
  readonly responded: Promise<void>;
  /** Lets the clock move on although the request has not ended: the server does not continue before it has. */
  waitForClock(): void;
  /** The server continues. */
  resume(): void;
}

export interface VirtualClock extends Clock {
  /** Returns the request in flight. An Action sends one after the other. */
  exchange(): Exchange;
}

/**
 * Makes a clock that stands still while an Action works and while a request is on its way. When nothing else can happen, it moves
 * to the next timer. The 4 seconds of an Action take no time, and a fast answer arrives in time even on a slow machine.
 */
export function createVirtualClock(): VirtualClock {
  const timers = new Map<number, { readonly at: number; readonly work: () => void }>();
  const exchanges = new Map<Exchange, { waits: boolean }>();
  let now = 0;
  let lastTimer = 0;
  let scheduled = false;

  function start(work: () => void, ms = 0): number {
    lastTimer += 1;
    timers.set(lastTimer, { at: now + Math.max(0, ms), work });
    moveOnLater();
    return lastTimer;
  }

  /** Everything that needs no time, such as a settled promise, happens first. */
  function moveOnLater(): void {
    if (scheduled) return;
    scheduled = true;
    setImmediate(() => {
      scheduled = false;
      moveOn();
    });
  }

  function moveOn(): void {
    if ([...exchanges.values()].some(({ waits }) => !waits)) return;
    const [next] = [...timers].sort(([, one], [, other]) => one.at - other.at);
    if (next === undefined) return;
    const [id, { at, work }] = next;
    timers.delete(id);
    now = at;
    work();
    moveOnLater();
  }

  function open(): { readonly respond: () => void; readonly end: () => void } {
    const state = { waits: false };
    const { promise: responded, resolve: respond } = Promise.withResolvers<void>();
    const wait = (waits: boolean) => {
      state.waits = waits;
      moveOnLater();
    };
    const exchange: Exchange = { responded, waitForClock: () => wait(true), resume: () => wait(false) };
    exchanges.set(exchange, state);
    return {
      respond,
      end() {
        exchanges.delete(exchange);
        moveOnLater();
      },
    };
  }

  return {
    performance: { now: () => now },
    setTimeout: start,
    clearTimeout: (timer) => void timers.delete(timer as number),
    AbortSignal: {
      timeout(ms) {
        const controller = new AbortController();
        start(() => controller.abort(new DOMException('The operation was aborted due to timeout', 'TimeoutError')), ms);
        return controller.signal;
      },
    },
    async fetch(url, init) {
      const { respond, end } = open();
      try {
        const response = await fetch(url, init);
        respond();
        const { status, headers } = response;
        if (response.body !== null) return new Response(reportingEnd(response.body, end), { status, headers });
        end();
        return response;
      } catch (error) {
        end();
        throw error;
      }
    },
    exchange() {
      const [exchange] = [...exchanges.keys()].slice(-1);
      if (exchange === undefined) throw new Error('No request is in flight.');
      return exchange;
    },
  };
}

/** Passes a body on, and calls `end` when it has been read, cancelled or cut. */
function reportingEnd(body: ReadableStream<Uint8Array<ArrayBuffer>>, end: () => void): typeof body {
  const reader = body.getReader();
  return new ReadableStream(
    {
      async pull(controller) {
        try {
          const { value, done } = await reader.read();
          if (!done) return controller.enqueue(value);
          controller.close();
        } catch (error) {
          controller.error(error);
        }
        end();
      },
      async cancel(reason) {
        await reader.cancel(reason).finally(end);
      },
    },
    { highWaterMark: 0 },
  );
}

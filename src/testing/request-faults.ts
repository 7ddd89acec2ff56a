import type { IncomingMessage, ServerResponse } from 'node:http';
import { STATUS_CODES } from 'node:http';
import { setTimeout as wait } from 'node:timers/promises';
import { Problem } from '../problem/problem.ts';
import type { RequestInterceptor } from '../tenant/tenant.ts';

/** A failure of a request. The members can be combined: `{ slow: 500, status: 503 }`. */
export interface Fault {
  /** Answers with this status, as Auth0 words it, in place of the tenant. */
  readonly status?: number;
  /** Further headers of the answer. */
  readonly headers?: Readonly<Record<string, string>>;
  /** Waits for so many milliseconds first. */
  readonly slow?: number;
  /**
   * Cuts the connection: `before` the tenant sees the request, or `after` it has done the work, so that only its answer is lost.
   */
  readonly cut?: 'before' | 'after';
  /** Answers with status 200 and a page of HTML that calls itself JSON. */
  readonly garbage?: boolean;
  /** Requests that it strikes; 1 unless set. */
  readonly times?: number;
}

/** A fault in force. */
export interface RunningFault {
  /** Requests that it still strikes. */
  readonly remaining: number;
  /** Ends it. */
  stop(): void;
}

interface Entry {
  readonly method: string;
  readonly pattern: URLPattern;
  readonly fault: Fault;
  remaining: number;
}

/** The faults of one tenant. */
export interface RequestFaults {
  readonly intercept: RequestInterceptor;
  /** @throws {Problem} `fault_invalid` */
  add(route: string, fault: Fault): RunningFault;
  clear(): void;
}

const MEMBERS = ['status', 'headers', 'slow', 'cut', 'garbage', 'times'];
const KINDS = ['status', 'slow', 'cut', 'garbage'] as const;

/**
 * Creates the faults of a tenant: none at first.
 *
 * @example
 * const faults = createRequestFaults();
 * faults.add('POST /api/v2/roles/:id/users', { status: 429, times: 2 });
 */
export function createRequestFaults(): RequestFaults {
  const entries = new Set<Entry>();
  return {
    intercept(request, response, next) {
      const entry = [...entries].find((one) => strikes(one, request));
      if (entry === undefined) return next();
      entry.remaining -= 1;
      if (entry.remaining <= 0) entries.delete(entry);
      void strike(entry.fault, request, response, next);
    },
    add(route, fault) {
      const entry = { ...parseRoute(route), fault: checked(fault), remaining: fault.times ?? 1 };
      entries.add(entry);
      return {
        get remaining() {
          return entries.has(entry) ? entry.remaining : 0;
        },
        stop: () => entries.delete(entry),
      };
    },
    clear: () => entries.clear(),
  };
}

function parseRoute(route: string): Pick<Entry, 'method' | 'pattern'> {
  const [, method, pathname] = /^(\*|[A-Z]+) (\/\S*)$/.exec(route) ?? [];
  if (method === undefined || pathname === undefined) {
    throw new Problem('fault_invalid', `"${route}" is no method and path.`);
  }
  try {
    return { method, pattern: new URLPattern({ pathname }) };
  } catch (cause) {
    throw new Problem('fault_invalid', `"${pathname}" is no pattern of a path.`, undefined, { cause });
  }
}

function checked(fault: Fault): Fault {
  const unknown = Object.keys(fault).find((name) => !MEMBERS.includes(name));
  if (unknown !== undefined) throw new Problem('fault_invalid', `A fault has no member "${unknown}".`);
  if (KINDS.every((kind) => fault[kind] === undefined)) {
    throw new Problem('fault_invalid', `The fault does nothing: it has none of ${KINDS.join(', ')}.`);
  }
  const { status = 500, slow = 0, times = 1, cut = 'before' } = fault;
  if (!Number.isInteger(status) || status < 200 || status > 599) {
    throw new Problem('fault_invalid', `${status} is no status of an answer.`);
  }
  if (!(slow >= 0) || !(times >= 1) || !['before', 'after'].includes(cut)) {
    throw new Problem('fault_invalid', 'slow is milliseconds, times is at least 1, and cut is "before" or "after".');
  }
  return fault;
}

function strikes({ method, pattern }: Entry, request: IncomingMessage): boolean {
  if (method !== '*' && method !== request.method) return false;
  return pattern.test({ pathname: (request.url ?? '/').split('?')[0] ?? '/' });
}

async function strike(
  { status, headers, slow, cut, garbage }: Fault,
  request: IncomingMessage,
  response: ServerResponse,
  next: () => void,
): Promise<void> {
  if (slow !== undefined) await wait(slow, undefined, { ref: false });
  if (cut === 'before') {
    request.socket.destroy();
  } else if (cut === 'after') {
    cutAnswer(response);
    next();
  } else if (garbage) {
    request.resume();
    response.writeHead(200, { 'content-type': 'application/json; charset=utf-8', ...headers });
    response.end('<html><body>The proxy has no idea either.</body></html>');
  } else if (status !== undefined) {
    request.resume();
    response.writeHead(status, {
      'content-type': 'application/json; charset=utf-8',
      ...limitHeaders(status),
      ...headers,
    });
    response.end(JSON.stringify(answerOf(status)));
  } else next();
}

/** Ends the connection at the moment at which the answer would begin. */
function cutAnswer(response: ServerResponse): void {
  const destroy = () => {
    response.destroy();
    return response;
  };
  response.writeHead = destroy;
  response.write = () => destroy() === undefined;
  response.end = destroy;
}

/** A tenant that limits the rate says when there is more: here, at once. */
function limitHeaders(status: number): Record<string, string> {
  if (status !== 429) return {};
  const reset = String(Math.floor(Date.now() / 1000));
  return { 'x-ratelimit-limit': '1', 'x-ratelimit-remaining': '0', 'x-ratelimit-reset': reset, 'retry-after': '0' };
}

function answerOf(status: number): Readonly<Record<string, unknown>> {
  if (status === 429) {
    return {
      statusCode: 429,
      error: 'Too Many Requests',
      message: 'Global limit has been reached',
      errorCode: 'too_many_requests',
    };
  }
  return { statusCode: status, error: STATUS_CODES[status] ?? 'Error', message: 'A fault of the test.' };
}

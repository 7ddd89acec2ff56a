import { subscribe } from 'node:diagnostics_channel';
import { errorMonitor } from 'node:events';
import type { ClientRequest, IncomingMessage } from 'node:http';
import { LONGEST_REQUEST, type RequestStart } from '../protocol.ts';

/** Called when a request of the Action begins, and when its response or its error has arrived. */
export interface RequestSink {
  begun(request: number, start: RequestStart): void;
  ended(request: number, end: { readonly status?: number; readonly error?: string }): void;
}

interface UndiciRequest {
  readonly origin?: unknown;
  readonly method?: unknown;
}

/**
 * Reports every request by `fetch`, `node:http` or `node:https`, in any package: method and host,
 * never the path, which may contain a secret. Node publishes requests on its diagnostics channels.
 */
export function recordRequests(sink: RequestSink): void {
  const numbers = new WeakMap<object, number>();
  let last = 0;

  function begin(request: object, start: RequestStart): void {
    last += 1;
    numbers.set(request, last);
    const { method, host } = start;
    sink.begun(last, { method: method.slice(0, LONGEST_REQUEST.method), host: host.slice(0, LONGEST_REQUEST.host) });
  }
  function end(request: object, outcome: { readonly status?: number; readonly error?: string }): void {
    const number = numbers.get(request);
    if (number === undefined) return;
    numbers.delete(request);
    sink.ended(number, outcome);
  }

  subscribe('undici:request:create', (message) => {
    const { request } = message as { readonly request: UndiciRequest };
    begin(request, { method: String(request.method), host: hostOf(String(request.origin)) });
  });
  subscribe('undici:request:headers', (message) => {
    const { request, response } = message as { request: object; response: { readonly statusCode: number } };
    end(request, { status: response.statusCode });
  });
  subscribe('undici:request:error', (message) => {
    const { request, error } = message as { readonly request: object; readonly error: unknown };
    end(request, { error: codeOf(error) });
  });
  subscribe('http.client.request.start', (message) => {
    const { request } = message as { readonly request: ClientRequest };
    begin(request, { method: request.method, host: String(request.getHeader('host') ?? request.host) });
    // An error monitor: a listener would take the error from the code that should handle it.
    request.once(errorMonitor, (error) => end(request, { error: codeOf(error) }));
    request.once('close', () => end(request, { error: 'ended' }));
  });
  subscribe('http.client.response.finish', (message) => {
    const { request, response } = message as { readonly request: ClientRequest; readonly response: IncomingMessage };
    end(request, { status: response.statusCode ?? 0 });
  });
}

function hostOf(origin: string): string {
  return URL.canParse(origin) ? new URL(origin).host : origin;
}

function codeOf(error: unknown): string {
  const { code, name } = (error ?? {}) as { readonly code?: unknown; readonly name?: unknown };
  return String(code ?? name ?? 'failed').slice(0, LONGEST_REQUEST.error);
}

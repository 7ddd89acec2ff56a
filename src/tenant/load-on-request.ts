import type { IncomingMessage, ServerResponse } from 'node:http';

/** Answers a request, now or later. */
export type NodeHandler = (request: IncomingMessage, response: ServerResponse) => unknown;

/**
 * Makes a handler that its first request loads. A start that only signs users in does not wait for it.
 *
 * @param load called once, unless it fails: then the request fails, and the next one calls it again
 * @example const handle = loadOnRequest(async () => getRequestListener((await import('./api.ts')).createApi().fetch));
 */
export function loadOnRequest(load: () => Promise<NodeHandler>): NodeHandler {
  let loading: Promise<NodeHandler> | undefined;
  let loaded: NodeHandler | undefined;
  return (request, response) => {
    if (loaded !== undefined) return loaded(request, response);
    loading ??= load();
    return loading.then(
      (handler) => {
        loaded = handler;
        return handler(request, response);
      },
      (error: unknown) => {
        loading = undefined;
        response.destroy(error instanceof Error ? error : undefined);
      },
    );
  };
}

import type { ServerResponse } from 'node:http';
import { UnreadableRequest } from './incoming-request.ts';

/** Answers a request that cannot be read, or whose answer failed. Details of an internal error are not shown. */
export function answerFailure(response: ServerResponse, error: unknown): void {
  if (response.headersSent) {
    response.destroy();
    return;
  }
  const unreadable = error instanceof UnreadableRequest ? error : undefined;
  const body = unreadable
    ? { error: 'invalid_request', error_description: unreadable.message }
    : { error: 'server_error', error_description: 'Internal error' };
  // The rest of the body is not read.
  response.writeHead(unreadable?.status ?? 500, { 'content-type': 'application/json', connection: 'close' });
  response.end(JSON.stringify(body));
}

import { createServer } from 'node:http';

/** A server on this machine that waits for the browser to return from a login. */
export interface CallbackServer {
  /** The address that the browser has to be sent to. */
  readonly address: string;
  /** Settles with the whole address as soon as the browser requests it. */
  readonly arrived: Promise<URL>;
  close(): void;
}

const PAGE = `<!doctype html><html lang="en"><meta charset="utf-8"><title>Portcullis</title>
<p>The sign-in is complete. The terminal shows the decision; this page can be closed.</p></html>`;

/**
 * Listens on a free port of the loopback interface only.
 *
 * @param path the path that the browser is sent to; every other path answers 404
 * @example
 * const server = await openCallbackServer('/portcullis-sign-in');
 * const callback = await server.arrived;
 */
export async function openCallbackServer(path: string): Promise<CallbackServer> {
  const { promise: arrived, resolve } = Promise.withResolvers<URL>();
  let origin = '';
  const server = createServer((request, response) => {
    const url = URL.parse(request.url ?? '/', origin);
    const found = request.method === 'GET' && url?.pathname === path;
    response.writeHead(found ? 200 : 404, {
      'content-type': 'text/html; charset=utf-8',
      'content-security-policy': "default-src 'none'",
      'referrer-policy': 'no-referrer',
      connection: 'close',
    });
    response.end(found ? PAGE : '');
    if (found && url !== null) resolve(url);
  });
  await new Promise<void>((listening, failed) => {
    server.once('error', failed);
    server.listen(0, '127.0.0.1', listening);
  });
  const address = server.address();
  origin = `http://localhost:${typeof address === 'object' ? address?.port : ''}`;
  return {
    address: `${origin}${path}`,
    arrived,
    close: () => {
      server.close();
      server.closeAllConnections();
    },
  };
}

import { createServer } from 'node:http';

/** Waits on this machine for the browser to come back from a login. */
export interface CallbackServer {
  /** Where the browser has to be sent. */
  readonly address: string;
  /** Settles with the whole address once it came. */
  readonly arrived: Promise<URL>;
  close(): void;
}

const PAGE = `<!doctype html><html lang="en"><meta charset="utf-8"><title>Portcullis</title>
<p>The sign-in has come back. The terminal tells what was decided; this page can be closed.</p></html>`;

/**
 * Listens on loopback alone, on a port that is free.
 *
 * @param path that the browser is sent to; every other one is not found
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

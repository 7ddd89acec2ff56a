import type { RequestListener, Server } from 'node:http';
import { createServer as createHttpServer } from 'node:http';
import { createServer as createHttpsServer } from 'node:https';
import { Problem } from '../problem/problem.ts';

/** A server that listens. */
export interface Listening {
  readonly port: number;
  /** Stops accepting connections, lets running requests end, and cuts the rest after a second. */
  close(): Promise<void>;
}

/**
 * Listens on 127.0.0.1, or another address of this machine.
 *
 * @param port 0 picks a free one
 * @param setting the option that sets this port, for error messages
 * @param tls PEM key and certificate; absent for plain HTTP
 * @param options.background whether the process may end by itself while the server listens
 * @param options.address an IP address of this machine; 127.0.0.1 unless set
 * @throws {Problem} `port_in_use`, `port_forbidden`, `address_unavailable`
 * @example
 * const server = await listen(0, '--port', (request, response) => response.end('hello'));
 * await server.close();
 */
export async function listen(
  port: number,
  setting: string,
  handler: RequestListener,
  tls?: { readonly key: string; readonly cert: string },
  { background = false, address: ip = '127.0.0.1' }: { readonly background?: boolean; readonly address?: string } = {},
): Promise<Listening> {
  const server: Server = tls ? createHttpsServer(tls, handler) : createHttpServer(handler);
  // Long enough for Actions that use all their time. A client that stalls while sending is cut off.
  server.headersTimeout = 10_000;
  server.requestTimeout = 30_000;
  // A client that computes for long (the deploy CLI does for a minute on a busy machine) sends its next request on a connection
  // that was idle meanwhile. Ten minutes is what Node's own client keeps one for at most.
  server.keepAliveTimeout = 600_000;
  await new Promise<void>((resolve, reject) => {
    server.once('error', (error: NodeJS.ErrnoException) => reject(listenError(port, setting, ip, error)));
    server.listen(port, ip, resolve);
  });
  if (background) {
    server.unref();
    server.on('connection', (socket) => socket.unref());
  }
  const address = server.address();
  return {
    port: typeof address === 'object' && address !== null ? address.port : port,
    close: () =>
      new Promise((resolve) => {
        const cut = setTimeout(() => server.closeAllConnections(), 1000);
        server.close(() => {
          clearTimeout(cut);
          resolve();
        });
        server.closeIdleConnections();
      }),
  };
}

function listenError(port: number, setting: string, address: string, error: NodeJS.ErrnoException): Error {
  if (error.code === 'EADDRINUSE') {
    return new Problem(
      'port_in_use',
      `Port ${port} is in use by another program.`,
      `Stop that, or name another port, or 0 for any that is free: ${setting} 0`,
    );
  }
  if (error.code === 'EACCES') {
    return new Problem(
      'port_forbidden',
      `This user may not listen on port ${port}.`,
      `Name a port above 1023, or 0 for any that is free: ${setting} 0`,
    );
  }
  if (error.code === 'EADDRNOTAVAIL' || error.code === 'EAFNOSUPPORT') {
    return new Problem('address_unavailable', `This machine has no address ${address}.`);
  }
  return error;
}

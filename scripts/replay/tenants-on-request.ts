import { createServer } from 'node:net';
import { startTenant } from '../../src/tenant/tenant.ts';

/**
 * Starts an empty tenant for each connection to a socket, in this process, writes a line of JSON that describes it, as
 * `portcullis tenant --json` prints it, and closes the tenant when the connection ends.
 *
 * @param socket the path of the socket
 * @returns a function that ends listening
 * @throws {Error} if the socket cannot be made
 * @example
 * await using tenants = await offerTenants(join(folder, 'tenants'));
 */
export async function offerTenants(socket: string): Promise<AsyncDisposable> {
  const server = createServer(async (connection) => {
    const ended = new Promise((resolve) => connection.once('close', resolve));
    // The process that asked is ended by a signal, in the middle of whatever it does.
    connection.on('error', () => {});
    connection.resume();
    const tenant = await startTenant({ port: 0, loopbackPort: 0 });
    const { url, domain, caFile, management, loopbackUrl } = tenant;
    connection.write(`${JSON.stringify({ url, domain, caFile, management, loopbackUrl })}\n`);
    await ended;
    await tenant.close();
  });
  await new Promise<void>((resolve, reject) => server.once('error', reject).listen(socket, resolve));
  return { [Symbol.asyncDispose]: () => new Promise<void>((resolve) => server.close(() => resolve())) };
}

import { once } from 'node:events';
import { createServer } from 'node:net';
import { Problem } from '../problem/problem.ts';

/**
 * Checks all ports of a command before it starts, so that one error names each that is in use.
 *
 * @param ports by the option that sets the port; 0 is any free port
 * @throws {Problem} `port_in_use`
 * @example await assertPortsFree({ '--port': 4000, '--http-port': 4001 });
 */
export async function assertPortsFree(ports: Readonly<Record<string, number>>): Promise<void> {
  const busy: (readonly [string, number])[] = [];
  for (const [option, port] of Object.entries(ports)) {
    if (port !== 0 && (await isTaken(port))) busy.push([option, port]);
  }
  if (busy.length === 0) return;
  const numbers = new Intl.ListFormat('en', { type: 'conjunction' }).format(busy.map(([, port]) => String(port)));
  const free = busy.map(([option]) => `${option} 0`).join(' ');
  const [message, advice] =
    busy.length === 1
      ? [`Port ${numbers} is in use by another program.`, 'Stop that, or name another port']
      : [`Ports ${numbers} are in use by other programs.`, 'Stop those, or name other ports'];
  throw new Problem('port_in_use', message, `${advice}, or 0 for any that is free: ${free}`);
}

/** Other errors, such as a port that is not allowed, are reported when the port is used. */
async function isTaken(port: number): Promise<boolean> {
  const server = createServer();
  try {
    server.listen(port, '127.0.0.1');
    await once(server, 'listening');
    server.close();
    await once(server, 'close');
    return false;
  } catch (error) {
    return error instanceof Error && 'code' in error && error.code === 'EADDRINUSE';
  }
}

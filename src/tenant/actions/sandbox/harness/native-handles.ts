import { ChildProcess } from 'node:child_process';
import { createSocket } from 'node:dgram';
import net from 'node:net';
import { createSecureContext } from 'node:tls';
import { deny } from './denial.ts';
import { DENIED_HANDLES, type DeniedHandle } from './sandbox-policy.ts';

/**
 * Denies methods of native handles on their prototypes, which all handles of a kind share, so that it does not matter how code gets one.
 *
 * @param pipe the handle of any pipe of this process
 * @throws {Error} if a handle is not found or cannot be denied: the sandbox then does not start
 */
export function denyHandles(pipe: unknown): void {
  const udp = createSocket('udp4');
  const tcp = listeningHandle();
  const handles: Readonly<Record<keyof typeof DENIED_HANDLES, unknown>> = {
    process: Reflect.get(new ChildProcess(), '_handle'),
    pipe,
    tcp,
    udp: memberWithHandle(udp),
    // No certificates: reading those of Node.js takes longer than all the rest.
    secureContext: createSecureContext({ ca: [] }).context,
  };
  for (const [kind, policy] of Object.entries(DENIED_HANDLES)) {
    denyHandle(handles[kind as keyof typeof DENIED_HANDLES], policy);
  }
  udp.close();
  tcp.close();
}

function denyHandle(handle: unknown, { name, methods, optional, reason }: DeniedHandle): void {
  if (typeof handle !== 'object' || handle === null) throw new Error(`No native handle ${name} to deny.`);
  for (const method of [...methods, ...optional]) {
    const owner = ownerOf(handle, method);
    if (owner === undefined) {
      if (optional.includes(method)) continue;
      throw new Error(`The native handle ${name} has no ${method} to deny.`);
    }
    deny(owner, method, `${name}.${method}`, reason);
  }
}

/** Returns the prototype that a method comes from. */
function ownerOf(handle: object, method: string): object | undefined {
  for (let owner: object | null = Object.getPrototypeOf(handle); owner !== null; owner = Object.getPrototypeOf(owner)) {
    if (Object.hasOwn(owner, method)) return owner;
  }
  return undefined;
}

/** Returns the handle of a server that never listens: `net` creates no handle for a socket before it connects. */
function listeningHandle(): { close(): void } {
  const make = Reflect.get(net, '_createServerHandle') as (...values: readonly unknown[]) => unknown;
  for (const values of [
    ['127.0.0.1', 0, 4],
    ['::1', 0, 6],
  ]) {
    const handle = make(...values);
    if (typeof handle === 'object' && handle !== null) return handle as { close(): void };
  }
  throw new Error('No native handle TCP to deny.');
}

/** Returns the member with the handle: it is in the state of the socket, whose name is a symbol. */
function memberWithHandle(socket: object): unknown {
  for (const name of Object.getOwnPropertySymbols(socket)) {
    const state: unknown = Reflect.get(socket, name);
    if (typeof state === 'object' && state !== null && 'handle' in state) return state.handle;
  }
  return undefined;
}

import { syncBuiltinESMExports } from 'node:module';
import net from 'node:net';
import os from 'node:os';
import v8 from 'node:v8';

/**
 * Takes from the process what Node's permission model leaves in reach: signals and priorities of other processes, the
 * inside of this one, sockets in the file system, and everything that tells about the machine. To be called before the
 * Action's code is loaded; there is no way back.
 */
export function lockDown(): void {
  emptyEnvironment();
  for (const name of REMOVED_FROM_PROCESS) Reflect.deleteProperty(process, name);
  for (const name of ['kill', '_kill', 'abort', 'chdir', 'loadEnvFile', 'execve']) deny(process, name);
  put(process, 'argv', ['node']);
  put(process, 'execArgv', []);
  put(process, 'execPath', 'node');
  for (const name of REMOVED_FROM_V8) deny(v8, name);
  deny(os, 'setPriority');
  refuseSocketsInTheFileSystem();
  syncBuiltinESMExports();
}

const REMOVED_FROM_PROCESS = [
  '_debugProcess',
  '_debugEnd',
  '_startProfilerIdleNotifier',
  '_stopProfilerIdleNotifier',
  '_getActiveHandles',
  '_getActiveRequests',
  '_rawDebug',
  '_preload_modules',
  'binding',
  '_linkedBinding',
  'mainModule',
  'moduleLoadList',
  'report',
  'config',
  'ppid',
  'debugPort',
  'setuid',
  'setgid',
  'seteuid',
  'setegid',
  'setgroups',
  'initgroups',
  'send',
  'connected',
  'channel',
  'disconnect',
];

/** A heap snapshot shows the harness's own closures; a flag can lift the memory limit. */
const REMOVED_FROM_V8 = [
  'getHeapSnapshot',
  'writeHeapSnapshot',
  'setHeapSnapshotNearHeapLimit',
  'setFlagsFromString',
  'queryObjects',
  'takeCoverage',
  'startCpuProfile',
  'startHeapProfile',
];

function emptyEnvironment(): void {
  for (const name of Object.keys(process.env)) {
    // Deleting it would turn the process back to the machine's own time zone.
    if (name !== 'TZ') delete process.env[name];
  }
  put(process, 'env', {});
}

function refuseSocketsInTheFileSystem(): void {
  const connect = net.Socket.prototype.connect;
  const listen = net.Server.prototype.listen;
  net.Socket.prototype.connect = function (this: net.Socket, ...parameters: unknown[]): net.Socket {
    if (namesAPath(parameters)) throw accessDenied('connect');
    return Reflect.apply(connect, this, parameters) as net.Socket;
  } as typeof connect;
  net.Server.prototype.listen = function (this: net.Server, ...parameters: unknown[]): net.Server {
    if (namesAPath(parameters)) throw accessDenied('listen');
    return Reflect.apply(listen, this, parameters) as net.Server;
  } as typeof listen;
}

/** Node takes a path as an option, as a string that is no port, and (from `net.connect`) as a list of normalised parameters. */
function namesAPath(parameters: readonly unknown[]): boolean {
  const [first] = parameters;
  if (Array.isArray(first)) return namesAPath(first);
  if (typeof first === 'string') return !/^\d+$/.test(first);
  return typeof first === 'object' && first !== null && 'path' in first && first.path != null;
}

function deny(target: object, name: string): void {
  if (!(name in target)) return;
  put(target, name, () => {
    throw accessDenied(name);
  });
}

function put(target: object, name: string, value: unknown): void {
  Object.defineProperty(target, name, { value, writable: true, configurable: true, enumerable: true });
}

function accessDenied(name: string): Error {
  return Object.assign(new Error(`Access to this API has been restricted: ${name} is not available to an Action.`), {
    code: 'ERR_ACCESS_DENIED',
  });
}

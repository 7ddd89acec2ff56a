import { syncBuiltinESMExports } from 'node:module';
import os from 'node:os';
import v8 from 'node:v8';

/**
 * Takes from the process what Node's permission model leaves in reach: signals and priorities of other processes, the
 * inside of this one, sockets in the file system, its environment and how it was started. To be called before the
 * Action's code is loaded; there is no way back.
 *
 * @param pipe the handle of any pipe of this process
 * @throws TypeError where there is none: the sandbox then does not start
 */
export function lockDown(pipe: object): void {
  emptyEnvironment();
  for (const name of REMOVED_FROM_PROCESS) Reflect.deleteProperty(process, name);
  for (const name of ['kill', '_kill', 'abort', 'chdir', 'loadEnvFile', 'execve']) deny(process, name);
  put(process, 'argv', ['node']);
  put(process, 'execArgv', []);
  put(process, 'execPath', 'node');
  for (const name of REMOVED_FROM_V8) deny(v8, name);
  deny(os, 'setPriority');
  refuseSocketsInTheFileSystem(pipe);
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

/**
 * All of Node gets at such sockets through these methods, which every pipe has from one prototype. What `net` is called
 * with cannot be judged before: a getter gives one thing to the check and another to Node.
 */
function refuseSocketsInTheFileSystem(pipe: object): void {
  const prototype: unknown = Object.getPrototypeOf(pipe);
  if (typeof prototype !== 'object' || prototype === null) throw new TypeError('A pipe without a prototype.');
  for (const name of ['connect', 'connect2', 'bind', 'bind2']) deny(prototype, name);
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

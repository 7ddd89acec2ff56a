import { createRequire, syncBuiltinESMExports } from 'node:module';
import { posix, win32 } from 'node:path';
import { deny, put } from './denial.ts';
import { denyModules } from './module-guard.ts';
import { denyHandles } from './native-handles.ts';
import {
  ALLOWED_OF_PROCESS,
  DENIED_GLOBALS,
  DENIED_MEMBERS,
  DENIED_OF_PROCESS,
  type DeniedMembers,
} from './sandbox-policy.ts';

/**
 * Applies the sandbox's policy to this process. Call it before the Action's code is loaded; it cannot be undone.
 *
 * @param pipe the handle of any pipe of this process
 * @param readable files and folders that code may be loaded from, by their real paths
 * @param permitted whether a file may be read
 * @throws {Error} if something cannot be denied: the sandbox then does not start
 */
export function lockDown(pipe: unknown, readable: readonly string[], permitted: (path: string) => boolean): void {
  const load = createRequire(__filename);
  denyHandles(pipe);
  denyModules(readable, permitted);
  emptyEnvironment();
  for (const members of DENIED_MEMBERS) denyMembers(load(`node:${members.module}`), members);
  reduceProcess();
  for (const name of DENIED_GLOBALS) remove(globalThis, name);
  // The guards call their functions, and so does Node's own search for the real path of a file.
  for (const paths of [posix, win32]) Object.freeze(paths);
  syncBuiltinESMExports();
}

/** Functions throw; objects with functions of their own, such as `v8.startupSnapshot`, are removed. */
function denyMembers(owner: object, { module, allBut, names, reason }: DeniedMembers): void {
  for (const name of names ?? Object.keys(owner)) {
    const member: unknown = Reflect.get(owner, name);
    if (allBut?.includes(name)) continue;
    if (typeof member === 'function') deny(owner, name, `${module}.${name}`, reason);
    else if (typeof member === 'object' && member !== null) remove(owner, name);
  }
}

function reduceProcess(): void {
  for (const name of Object.getOwnPropertyNames(process)) {
    const reason = DENIED_OF_PROCESS[name];
    if (reason !== undefined) deny(process, name, `process.${name}`, reason);
    else if (!ALLOWED_OF_PROCESS.includes(name)) remove(process, name);
  }
  put(process, 'argv', ['node']);
  put(process, 'execArgv', []);
  put(process, 'execPath', 'node');
}

function emptyEnvironment(): void {
  for (const name of Object.keys(process.env)) {
    // Deleting it would reset the process to the machine's own time zone.
    if (name !== 'TZ') delete process.env[name];
  }
  put(process, 'env', {});
}

function remove(owner: object, name: string): void {
  if (!Reflect.deleteProperty(owner, name) || name in owner) throw new Error(`${name} cannot be taken away.`);
}

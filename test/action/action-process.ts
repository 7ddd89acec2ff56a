import { fork } from 'node:child_process';
import { mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { fileURLToPath } from 'node:url';
import type { PostLoginEvent } from '../../src/action/action-event.ts';
import type { ApiCall } from './recording-api.ts';

/** One execution, as it is sent to the child process. */
export interface Execution {
  readonly code: string;
  readonly event: PostLoginEvent;
  /** The cache of the Action: executions with the same name share it. */
  readonly cache: string;
  /** The content of the cache at the start. */
  readonly cached?: string;
  /** A cache whose every method throws. */
  readonly brokenCache?: boolean;
  /** The pages of `api.roles.getUserEffectiveRoles`; `'hang'` and `'throw'` for a page that does so. */
  readonly effectiveRoles?: readonly unknown[];
}

/** An execution on its way to the child process and back. */
export interface Numbered<T> {
  readonly number: number;
  readonly content: T;
}

export interface ExecutionResult {
  readonly calls: readonly ApiCall[];
  readonly printed: readonly string[];
  /** By the Action's own clock. */
  readonly ms: number;
  /** The message of the handler's error. */
  readonly thrown?: string;
  /** The content of the cache at the end: values by key. */
  readonly cached: Readonly<Record<string, string>>;
}

export interface ActionProcess {
  execute(execution: Execution): Promise<ExecutionResult>;
  close(): Promise<void>;
}

/** Starts a warm process that runs Actions as Auth0 does, and trusts one additional certificate. */
export function startActionProcess(certificate: string): ActionProcess {
  const folder = mkdtempSync(join(tmpdir(), 'portcullis-action-'));
  const caFile = join(folder, 'ca.pem');
  writeFileSync(caFile, certificate);
  const child = fork(fileURLToPath(new URL('./action-process-main.ts', import.meta.url)), {
    env: { NODE_EXTRA_CA_CERTS: caFile },
    execArgv: [],
  });
  const waiting = new Map<number, { resolve(result: ExecutionResult): void; reject(error: Error): void }>();
  child.on('message', ({ number, content }: Numbered<ExecutionResult>) => {
    waiting.get(number)?.resolve(content);
    waiting.delete(number);
  });
  child.on('exit', () => {
    for (const { reject } of waiting.values()) reject(new Error('The process that runs the Action has ended.'));
  });
  let count = 0;
  return {
    execute(execution) {
      count += 1;
      const message: Numbered<Execution> = { number: count, content: execution };
      return new Promise((resolve, reject) => {
        waiting.set(message.number, { resolve, reject });
        child.send(message);
      });
    },
    async close() {
      const ended = new Promise((resolve) => child.once('exit', resolve));
      child.kill();
      await ended;
      rmSync(folder, { recursive: true, force: true });
    },
  };
}

import type { SandboxError } from './protocol.ts';
import type { SandboxHost, SandboxProgram } from './sandbox-command.ts';
import { SandboxProcess } from './sandbox-process.ts';
import type { SandboxReport, SandboxRun } from './sandbox-run.ts';

export interface PoolLimits {
  /** Processes of one version. */
  readonly size: number;
  /** Runs that may wait for one; the next is refused. */
  readonly queue: number;
  /** Milliseconds after which an unused process is ended. */
  readonly idleFor: number;
}

/** The end of a run, and the time until it had a process. */
export type PoolReport = (
  | SandboxReport
  /** Too many runs at once: none of the Action's code ran. */
  | { readonly kind: 'rate_limited' }
) & {
  readonly cold: boolean;
  /** Milliseconds spent on starting a process. */
  readonly bootDuration: number;
};

interface Waiter {
  take(sandbox: SandboxProcess, cold: boolean): void;
  giveUp(error: SandboxError): void;
}

type Acquired =
  | { readonly kind: 'sandbox'; readonly sandbox: SandboxProcess; readonly cold: boolean }
  | { readonly kind: 'rate_limited' }
  | { readonly kind: 'failed'; readonly error: SandboxError };

/** Milliseconds for a process that is free to begin a run. A process that is ended wrongly costs the start of another. */
const STARTS_WITHIN = 1000;

/** The warm processes of one version of an Action. Runs wait for a free one, up to a limit. */
export class SandboxPool {
  readonly #program: SandboxProgram;
  readonly #surroundings: SandboxHost;
  readonly #limits: PoolLimits;
  readonly #all = new Set<SandboxProcess>();
  readonly #starting = new Set<SandboxProcess>();
  readonly #free: SandboxProcess[] = [];
  readonly #reapers = new Map<SandboxProcess, NodeJS.Timeout>();
  readonly #waiting: Waiter[] = [];
  /** Whether the pool is closing: waiting runs are still served. */
  #draining = false;
  #closed = false;

  constructor(program: SandboxProgram, surroundings: SandboxHost, limits: PoolLimits) {
    this.#program = program;
    this.#surroundings = surroundings;
    this.#limits = limits;
  }

  /** Starts a process ahead of the first run. */
  prewarm(): void {
    if (this.#all.size === 0 && !this.#closed && !this.#draining) this.#start();
  }

  /** Resolves when no process is starting. */
  async warm(): Promise<void> {
    await Promise.all([...this.#starting].map((sandbox) => sandbox.ready()));
  }

  /** The number of processes. */
  get size(): number {
    return this.#all.size;
  }

  /** Process ids, for tools that watch the machine. */
  get pids(): number[] {
    return [...this.#all].flatMap((sandbox) => sandbox.pid ?? []);
  }

  /** Runs a handler in the next free process. Never rejects. `run.timeout` counts the wait as well. */
  async execute(run: SandboxRun): Promise<PoolReport> {
    const began = performance.now();
    const remaining = () => run.timeout - (performance.now() - began);
    let bootDuration = 0;
    let cold = false;
    // A process can die of a late rejection just as it is assigned, or be occupied with work of an earlier run. No code has
    // run then, so another one is tried: at most once for every process that may be left, and once for a new one.
    for (let attempt = 0; ; attempt += 1) {
      const isLast = attempt >= this.#limits.size;
      const requestedAt = performance.now();
      const acquired = await this.#acquire(remaining());
      if (acquired.kind === 'rate_limited') return { kind: 'rate_limited', cold, bootDuration };
      if (acquired.kind === 'failed') {
        return {
          kind: 'died',
          started: false,
          error: acquired.error,
          console: [],
          requests: [],
          duration: 0,
          cold: true,
          bootDuration,
        };
      }
      if (acquired.cold) {
        cold = true;
        bootDuration += performance.now() - requestedAt;
      }
      const report = await acquired.sandbox.execute(
        { ...run, timeout: Math.max(1, remaining()) },
        isLast ? undefined : STARTS_WITHIN,
      );
      this.#release(acquired.sandbox);
      if (report.kind === 'died' && !report.started && !isLast) continue;
      return { ...report, cold, bootDuration };
    }
  }

  /** Ends every process after its last run. The pool accepts no new runs. */
  finish(): void {
    this.#draining = true;
    for (const sandbox of [...this.#free]) sandbox.finish();
  }

  /** Ends every process now. */
  kill(): void {
    this.#closed = true;
    for (const sandbox of this.#all) sandbox.kill();
    this.#turnAway();
  }

  /** Resolves when there is no process any more. */
  async ended(): Promise<void> {
    while (this.#all.size > 0) await Promise.all([...this.#all].map((sandbox) => sandbox.ended()));
  }

  #turnAway(): void {
    const error = { name: 'SandboxError', code: 'sandbox_closed', message: 'The tenant stopped.' };
    for (const waiter of this.#waiting.splice(0)) waiter.giveUp(error);
  }

  #acquire(timeout: number): Promise<Acquired> {
    const free = this.#free.pop();
    if (free !== undefined) {
      clearTimeout(this.#reapers.get(free));
      this.#reapers.delete(free);
      return Promise.resolve({ kind: 'sandbox', sandbox: free, cold: false });
    }
    if (this.#closed) {
      const error = { name: 'SandboxError', code: 'sandbox_closed', message: 'The tenant stopped.' };
      return Promise.resolve({ kind: 'failed', error });
    }
    if (this.#waiting.length >= this.#limits.queue + this.#limits.size)
      return Promise.resolve({ kind: 'rate_limited' });
    return new Promise((resolve) => {
      const waiter: Waiter = {
        take: (sandbox, cold) => settle({ kind: 'sandbox', sandbox, cold }),
        giveUp: (error) => settle({ kind: 'failed', error }),
      };
      const settle = (acquired: Acquired): void => {
        clearTimeout(timer);
        resolve(acquired);
      };
      const timer = setTimeout(
        () => {
          this.#waiting.splice(this.#waiting.indexOf(waiter), 1);
          resolve({ kind: 'rate_limited' });
        },
        Math.max(1, timeout),
      );
      this.#waiting.push(waiter);
      this.#grow();
    });
  }

  #grow(): void {
    while (!this.#closed && this.#starting.size < this.#waiting.length && this.#all.size < this.#limits.size)
      this.#start();
  }

  #start(): void {
    const sandbox = new SandboxProcess(this.#program, this.#surroundings, (finished) => this.#forget(finished));
    this.#all.add(sandbox);
    this.#starting.add(sandbox);
    void sandbox.ready().then((ready) => {
      this.#starting.delete(sandbox);
      if (ready) this.#handOut(sandbox, true);
      else {
        this.#waiting.shift()?.giveUp(sandbox.cause);
        this.#grow();
      }
    });
  }

  #release(sandbox: SandboxProcess): void {
    if (sandbox.state === 'idle') this.#handOut(sandbox, false);
  }

  #handOut(sandbox: SandboxProcess, cold: boolean): void {
    const waiter = this.#waiting.shift();
    if (waiter !== undefined) {
      waiter.take(sandbox, cold);
      return;
    }
    if (this.#draining) {
      sandbox.finish();
      return;
    }
    this.#free.push(sandbox);
    const reaper = setTimeout(() => sandbox.finish(), this.#limits.idleFor);
    reaper.unref();
    this.#reapers.set(sandbox, reaper);
  }

  #forget(sandbox: SandboxProcess): void {
    this.#all.delete(sandbox);
    clearTimeout(this.#reapers.get(sandbox));
    this.#reapers.delete(sandbox);
    const at = this.#free.indexOf(sandbox);
    if (at !== -1) this.#free.splice(at, 1);
    this.#grow();
  }
}

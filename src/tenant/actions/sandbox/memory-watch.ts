import { residentMemory } from './resident-memory.ts';

const BUSY_INTERVAL = 50;
const IDLE_INTERVAL = 500;

export interface MemoryWatchOptions {
  /** Id of the process; `undefined` if it could not be spawned. */
  readonly pid: () => number | undefined;
  /** Bytes. */
  readonly limit: number;
  readonly isBusy: () => boolean;
  /** Called once. */
  readonly onExceeded: () => void;
}

/**
 * Watches the memory of a sandbox: often during a run, and less often while it is idle, since timers of the Action continue
 * after its handler has returned.
 */
export class MemoryWatch {
  readonly #options: MemoryWatchOptions;
  #next: { readonly timer: NodeJS.Timeout; readonly interval: number } | undefined;
  #stopped = false;

  constructor(options: MemoryWatchOptions) {
    this.#options = options;
  }

  /** Call it when a run begins. */
  runBegins(): void {
    // Runs shorter than the interval must not postpone the check endlessly.
    if (this.#next?.interval !== BUSY_INTERVAL) this.#schedule(BUSY_INTERVAL);
  }

  stop(): void {
    this.#stopped = true;
    clearTimeout(this.#next?.timer);
  }

  #schedule(interval: number): void {
    clearTimeout(this.#next?.timer);
    const timer = setTimeout(() => void this.#look(), interval);
    timer.unref();
    this.#next = { timer, interval };
  }

  async #look(): Promise<void> {
    const { pid, limit, isBusy, onExceeded } = this.#options;
    const id = pid();
    const bytes = id === undefined ? undefined : await residentMemory(id);
    if (this.#stopped) return;
    if (bytes !== undefined && bytes > limit) onExceeded();
    else this.#schedule(isBusy() ? BUSY_INTERVAL : IDLE_INTERVAL);
  }
}

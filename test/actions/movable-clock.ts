import { vi } from 'vitest';
import type { TenantWithActions } from './tenant-with-actions.ts';

/** A clock of the tenant that a test can move. Sandboxes have the machine's own. */
export interface MovableClock {
  /** Moves the clock on. Timers of the tenant that are due run before it returns. */
  move(milliseconds: number): void;
  stop(): void;
}

/** Starts a clock that runs like the machine's and that `move` moves on. Stop it at the end of the test. */
export function startMovableClock(): MovableClock {
  const now = performance.now.bind(performance);
  let moved = 0;
  vi.useFakeTimers({ toFake: ['setTimeout', 'clearTimeout'], shouldAdvanceTime: true });
  const spy = vi.spyOn(performance, 'now').mockImplementation(() => now() + moved);
  return {
    move(milliseconds) {
      moved += milliseconds;
      vi.advanceTimersByTime(milliseconds);
    },
    stop() {
      spy.mockRestore();
      vi.useRealTimers();
    },
  };
}

/**
 * Resolves when an Action asks the tenant for the roles of its user, before it has the answer. What it printed earlier has arrived
 * then, since it uses the same channel.
 */
export function untilRolesAreRequested({ store }: TenantWithActions): Promise<void> {
  const list = store.roles.listByUser;
  return new Promise((resolve) => {
    const spy = vi.spyOn(store.roles, 'listByUser').mockImplementation((userId, page) => {
      // The tenant itself lists the roles for the event without pages.
      if (page !== undefined) {
        spy.mockRestore();
        resolve();
      }
      return list(userId, page);
    });
  });
}

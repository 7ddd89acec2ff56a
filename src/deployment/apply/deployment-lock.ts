import { randomUUID } from 'node:crypto';
import { setTimeout as pause } from 'node:timers/promises';
import type { ManagementClient } from 'auth0';
import { Problem } from '../../problem/problem.ts';
import { formatLock, LOCK_KEY, LOCK_LIFETIME, type Lock, parseLiveLock } from '../lock-value.ts';
import type { TenantSnapshot } from '../tenant-snapshot.ts';

const REFRESH = LOCK_LIFETIME / 3;

/** Milliseconds in which another that began at the same moment shows itself: longer than a request and its answer take. */
export const SETTLE = 700;

/** The right to change a tenant, as long as it is held. */
export interface DeploymentLock {
  /** @throws {Problem} `apply_in_progress` where it could not be kept alive */
  check(): void;
  /** Gives it back. Never rejects: it expires by itself. */
  release(): Promise<void>;
}

/** What has to be read of a tenant for the lock. */
type Machines = Pick<TenantSnapshot, 'machines'>;

export interface LockOptions<Read extends Machines> {
  /** The Action's own application, which carries the lock. */
  readonly clientId: string;
  /** What the application carried when it was read. */
  readonly before: string | undefined;
  /** Takes the lock from whoever holds it. */
  readonly takeOver: boolean;
  /** Milliseconds in which another `apply` that began at the same moment shows itself. */
  readonly settle: number;
  /** The tenant once the lock has been written and had time to settle. */
  readonly reread: () => Promise<Read>;
}

/**
 * Takes the tenant for one `apply` at a time. Auth0 has no locks, so it is kept in the metadata of the Action's own
 * application, read again after a moment, and refreshed while the work lasts: of two that begin together, the earlier one
 * goes on. One that was killed counts for a minute.
 *
 * @returns the lock, and the tenant as it was read under it
 * @throws {Problem} `apply_in_progress`
 */
export async function acquireLock<Read extends Machines>(
  management: ManagementClient,
  { clientId, before, takeOver, settle, reread }: LockOptions<Read>,
): Promise<{ lock: DeploymentLock; snapshot: Read }> {
  const holder = randomUUID();
  const begun = Date.now();
  const known = parseLiveLock(before, begun);
  if (known !== undefined && !takeOver) throw inProgress(known);
  const write = async (value: string | null): Promise<void> => {
    await management.clients.update(clientId, { client_metadata: { [LOCK_KEY]: value } });
  };
  let expires = begun;
  const refresh = async (): Promise<void> => {
    const next = Date.now() + LOCK_LIFETIME;
    await write(formatLock({ holder, begun, expires: next }));
    expires = next;
  };
  await refresh();
  await pause(settle);
  const snapshot = await reread();
  const mine = snapshot.machines.some((machine) => machine.clientId === clientId && machine.lock?.startsWith(holder));
  const earliest = snapshot.machines
    .filter(({ owned }) => owned)
    .flatMap(({ lock }) => parseLiveLock(lock, Date.now()) ?? [])
    .sort((a, b) => a.begun - b.begun || (a.holder < b.holder ? -1 : 1))[0];
  if (!mine || (earliest?.holder !== holder && !takeOver)) {
    // Whoever overwrote it holds it; ours beside another's must not stay.
    if (mine) await write(null).catch(() => {});
    throw inProgress(earliest);
  }

  const timer = setInterval(() => {
    // What cannot be refreshed shows at the next check.
    refresh().catch(() => {});
  }, REFRESH);
  timer.unref();
  return {
    snapshot,
    lock: {
      check() {
        if (Date.now() > expires) throw inProgress(undefined);
      },
      async release() {
        clearInterval(timer);
        await write(null).catch(() => {});
      },
    },
  };
}

function inProgress(lock: Lock | undefined): Problem {
  const seconds =
    lock === undefined ? LOCK_LIFETIME / 1000 : Math.max(1, Math.round((lock.expires - Date.now()) / 1000));
  return new Problem(
    'apply_in_progress',
    `Another \`portcullis apply\` is at work on this tenant${lock === undefined ? '' : ` since ${new Date(lock.begun).toISOString()}`}.`,
    `Wait until it is done and try again. If it was killed, it counts for ${seconds} s more; or take over: portcullis apply --take-over`,
  );
}

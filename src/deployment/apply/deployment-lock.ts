import { randomUUID } from 'node:crypto';
import { setTimeout as pause } from 'node:timers/promises';
import type { ManagementClient } from 'auth0';
import { Problem } from '../../problem/problem.ts';
import { formatLock, LOCK_KEY, LOCK_LIFETIME, type Lock, parseLiveLock } from '../lock-value.ts';
import type { TenantSnapshot } from '../tenant-snapshot.ts';

const REFRESH = LOCK_LIFETIME / 3;

/** Milliseconds to wait for the lock of another `apply` that began at the same moment: longer than a request takes. */
export const SETTLE = 700;

/** The right to change a tenant while the lock is held. */
export interface DeploymentLock {
  /** @throws {Problem} `apply_in_progress` if it could not be refreshed */
  check(): void;
  /** Releases the lock. Never rejects: the lock expires by itself. */
  release(): Promise<void>;
}

/** The part of a tenant that has to be read for the lock. */
type Machines = Pick<TenantSnapshot, 'machines'>;

export interface LockOptions<Read extends Machines> {
  /** The Action's own application, which stores the lock. */
  readonly clientId: string;
  /** The lock in the application's metadata when it was read. */
  readonly before: string | undefined;
  /** Takes the lock from its current holder. */
  readonly takeOver: boolean;
  /** Milliseconds to wait for the lock of another `apply` that began at the same moment. */
  readonly settle: number;
  /** Reads the tenant after the lock was written and the wait is over. */
  readonly reread: () => Promise<Read>;
}

/**
 * Locks the tenant for one `apply` at a time. Auth0 has no locks, so the lock is stored in the metadata of the Action's own
 * application, read again after a moment, and refreshed during the work. If two processes begin together, the earlier one
 * continues. The lock of a killed process expires after a minute.
 *
 * @returns the lock, and the tenant as it was read with the lock held
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
    // If another process overwrote the lock, that process holds it. Our own lock beside an earlier one must not stay.
    if (mine) await write(null).catch(() => {});
    throw inProgress(earliest);
  }

  const timer = setInterval(() => {
    // A failed refresh is detected at the next check.
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
    `Another \`portcullis apply\` is changing this tenant${lock === undefined ? '' : ` since ${new Date(lock.begun).toISOString()}`}.`,
    `Wait until it is done and try again. If it was killed, its lock expires in ${seconds} s; or take over: portcullis apply --take-over`,
  );
}

import { createHash } from 'node:crypto';
import type { ClientRecord } from '../../../store/records/applications/client-repository.ts';
import type { ConnectionRecord } from '../../../store/records/connection-repository.ts';
import type { UserRecord } from '../../../store/records/users/user-row.ts';
import type { Store } from '../../../store/store.ts';
import { sendBlockedMail } from '../password-reset/blocked-mail.ts';
import { type BruteForceProtection, bruteForceProtection } from './brute-force-protection.ts';

/** An attempt to sign in with a password. */
export interface GuardedAttempt {
  readonly client: ClientRecord;
  /** The name that was typed. */
  readonly username: string;
  readonly ip: string;
}

/** Counts the wrong passwords in a row for one name. */
export interface BruteForceGuard {
  isBlocked(): boolean;
  count(): void;
  clearFailures(): void;
}

const longestIdentifier = 254;

/**
 * The guard of one attempt to sign in, as the settings of the tenant and of the connection say.
 *
 * @param user the user with the name that was typed, if there is one.
 * @example
 * const guard = bruteForceGuard({ store, issuer }, attempt, connection, user);
 * if (guard.isBlocked()) return refuse();
 * @see Auth0 docs: "Brute-Force Protection".
 */
export function bruteForceGuard(
  { store, issuer }: { readonly store: Store; readonly issuer?: string | undefined },
  attempt: GuardedAttempt,
  connection: ConnectionRecord,
  user: UserRecord | undefined,
): BruteForceGuard {
  const settings = bruteForceProtection(store);
  const isOn =
    settings.enabled && connection.options.brute_force_protection !== false && !settings.isAllowed(attempt.ip);
  const typed = attempt.username.trim().toLowerCase();
  // A name that no user has is blocked in the same way, so that a block does not reveal which users exist.
  const key = user?.user_id ?? `${connection.id}:${createHash('sha256').update(typed).digest('base64url')}`;
  const address = settings.countsByAddress ? attempt.ip : '';
  return {
    isBlocked: () => isOn && settings.blocks && store.blocks.failures(key, address) >= settings.maxAttempts,
    count() {
      if (!isOn) return;
      // One transaction: a failure that blocks a user always sends the mail that ends the block, even if this process stops.
      store.transaction(() => {
        const identifier = user?.email ?? user?.username ?? typed.slice(0, longestIdentifier);
        const failures = store.blocks.record(key, address, identifier);
        if (failures === settings.maxAttempts) notify(store, settings, attempt, user, issuer);
      });
    },
    clearFailures() {
      if (store.blocks.failures(key, address) > 0) store.blocks.clearFailures(key, address);
    },
  };
}

function notify(
  store: Store,
  { notifies, countsByAddress, blocks }: BruteForceProtection,
  { client, ip }: GuardedAttempt,
  user: UserRecord | undefined,
  issuer: string | undefined,
): void {
  if (!notifies || user === undefined || issuer === undefined) return;
  const scope = blocks ? (countsByAddress ? 'address' : 'account') : 'none';
  sendBlockedMail(store, issuer, { user, client, ip, blocks: scope });
}

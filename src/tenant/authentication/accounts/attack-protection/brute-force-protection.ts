import { objectOf } from '../../../store/json-value.ts';
import type { Store } from '../../../store/store.ts';
import { addressList } from './address-list.ts';

/** The tenant's protection against guessed passwords. */
export interface BruteForceProtection {
  readonly enabled: boolean;
  /** Wrong passwords in a row after which the name is blocked. */
  readonly maxAttempts: number;
  /** Whether failures are counted for each IP address, or for the name alone. */
  readonly countsByAddress: boolean;
  /** Whether a name with too many failures is refused. */
  readonly blocks: boolean;
  /** Whether its user gets a mail. */
  readonly notifies: boolean;
  /** Whether failures from this IP address do not count. */
  isAllowed(ip: string): boolean;
}

/**
 * Reads the settings that the Management API stores, each with Auth0's default.
 *
 * @example
 * bruteForceProtection(store) // { enabled: true, maxAttempts: 10, countsByAddress: true, blocks: true, … }
 * @see https://auth0.com/docs/api/management/v2/attack-protection/patch-brute-force-protection
 */
export function bruteForceProtection(store: Store): BruteForceProtection {
  const stored = store.records.find({ kind: '/attack-protection/brute-force-protection' }, '')?.members.value;
  const { enabled, max_attempts, mode, shields, allowlist } = objectOf(stored);
  const hasShield = (name: string) => !Array.isArray(shields) || shields.includes(name);
  return {
    enabled: enabled !== false,
    maxAttempts: typeof max_attempts === 'number' ? max_attempts : 10,
    countsByAddress: mode !== 'count_per_identifier',
    blocks: hasShield('block'),
    notifies: hasShield('user_notification'),
    isAllowed: addressList(allowlist),
  };
}

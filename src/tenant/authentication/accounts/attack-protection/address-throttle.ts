import { objectOf } from '../../../store/json-value.ts';
import type { ConnectionRecord } from '../../../store/records/connection-repository.ts';
import type { Store } from '../../../store/store.ts';
import { loginProblem } from '../../universal-login/forms/form-problem.ts';
import { type AuthenticationRequest, authenticationLogEntry } from '../authentication-log-entry.ts';
import { addressList } from './address-list.ts';

/** The attempts that are throttled: sign-ins with a wrong password or an unknown name, and sign-ups. */
export type ThrottledStage = 'pre-login' | 'pre-user-registration';

/** The attempts that one IP address has left. */
export interface AddressThrottle {
  isThrottled(): boolean;
  /** Counts an attempt. */
  count(): void;
}

/** The page's problem for an address that has no attempts left. */
export const THROTTLED = loginProblem('suspicious_address');

const KIND = 'ThrottledAddress';
const STAGES: readonly ThrottledStage[] = ['pre-login', 'pre-user-registration'];
const DEFAULTS = {
  'pre-login': { max_attempts: 100, rate: 864_000 },
  'pre-user-registration': { max_attempts: 50, rate: 1200 },
} as const;

/**
 * Suspicious IP throttling: an address has a number of attempts, and gets one back in each interval. It applies once the setting has been
 * made, even by an import: all users of a local tenant may have one address, so a new tenant throttles none.
 *
 * @example
 * const throttle = addressThrottle(store, ip, 'pre-login');
 * if (throttle.isThrottled()) return refuse();
 * @see https://auth0.com/docs/secure/attack-protection/suspicious-ip-throttling
 */
export function addressThrottle(store: Store, ip: string, stage: ThrottledStage): AddressThrottle {
  const settings = throttlingOf(store, stage);
  const isOn = settings !== undefined && !settings.isAllowed(ip);
  const id = `${stage} ${ip}`;
  const remaining = (): number => {
    const { maxAttempts, rate } = settings ?? { maxAttempts: 0, rate: 1 };
    const stored = store.artifacts.find(KIND, id);
    if (stored === undefined) return maxAttempts;
    const regained = (Date.now() - Number(stored.at)) / rate;
    return Math.min(maxAttempts, Number(stored.remaining) + regained);
  };
  return {
    isThrottled: () => isOn && remaining() < 1,
    count() {
      if (!isOn) return;
      store.transaction(() => {
        const next = Math.max(0, remaining() - 1);
        const full = Date.now() + (settings.maxAttempts - next) * settings.rate;
        store.artifacts.upsert(KIND, id, { remaining: next, at: Date.now() }, Math.ceil(full / 1000) + 1);
      });
    },
  };
}

/** The log entry of a refused attempt. */
export function throttledLogEntry(request: AuthenticationRequest, connection: ConnectionRecord, userName: string) {
  return authenticationLogEntry(request, {
    type: 'limit_mu',
    description: 'An IP address is blocked because of too many failed login attempts, or too many sign-ups.',
    connection,
    userName,
    details: { error: { message: THROTTLED.message, oauthError: 'too_many_attempts', type: 'invalid-authorization' } },
  });
}

/** Whether an address has no attempts left, for sign-ins or for sign-ups. */
export function isAddressThrottled(store: Store, ip: string): boolean {
  return STAGES.some((stage) => addressThrottle(store, ip, stage).isThrottled());
}

/** Gives an address all its attempts back. */
export function unblockAddress(store: Store, ip: string): void {
  for (const stage of STAGES) store.artifacts.remove(KIND, `${stage} ${ip}`);
}

function throttlingOf(store: Store, stage: ThrottledStage) {
  const stored = store.records.find({ kind: '/attack-protection/suspicious-ip-throttling' }, '')?.members.value;
  const { enabled, shields, allowlist, stage: stages } = objectOf(stored);
  const blocks = !Array.isArray(shields) || shields.includes('block');
  if (stored === undefined || enabled === false || !blocks) return undefined;
  const { max_attempts, rate } = { ...DEFAULTS[stage], ...objectOf(objectOf(stages)[stage]) };
  return { maxAttempts: Number(max_attempts), rate: Number(rate), isAllowed: addressList(allowlist) };
}

import type { AuthenticationMethodRecord } from '../store/records/users/authentication-method-repository.ts';
import type { UserRecord } from '../store/records/users/user-row.ts';
import type { Store } from '../store/store.ts';
import { enabledFactors } from './factor-settings.ts';

/** What Actions call each kind of method; a passkey takes the place of the password, and is no second factor. */
const FACTOR_OF: Readonly<Record<AuthenticationMethodRecord['type'], string | undefined>> = {
  totp: 'otp',
  email: 'email',
  phone: 'phone',
  'webauthn-roaming': 'webauthn-roaming',
  'recovery-code': 'recovery-code',
  passkey: undefined,
};

/**
 * The factors that somebody can be asked for, by the names that Actions have for them, each once: `event.user.enrolledFactors`.
 * Nobody enrols in `email`: whoever has a verified address is in it while the tenant has that factor enabled.
 *
 * @example
 * enrolledFactors(store, user); // ['otp', 'recovery-code', 'email']
 * @see Auth0 docs: "Configure Email Notifications for MFA"; "Actions Triggers: post-login - Event Object".
 */
export function enrolledFactors(store: Store, user: UserRecord): string[] {
  const own = ownFactors(store, user);
  return [...new Set([...own, ...(hasVerifiedAddress(user) && enabledFactors(store).has('email') ? ['email'] : [])])];
}

/**
 * Those that somebody has enrolled in themselves, or was enrolled in by an administrator, each once.
 *
 * @example
 * ownFactors(store, user); // ['otp', 'recovery-code']
 */
export function ownFactors(store: Store, user: UserRecord): string[] {
  const methods = store.authenticationMethods.list(user.user_id);
  return [...new Set(methods.flatMap(({ type }) => FACTOR_OF[type] ?? []))];
}

/** The providers in which somebody is enrolled, `event.user.multifactor`: Auth0's own, for whoever enrolled in anything. */
export function multifactorProviders(store: Store, user: UserRecord): string[] {
  return ownFactors(store, user).length > 0 ? ['guardian'] : [];
}

/**
 * Where a code by mail would go: the address that was enrolled for it, or else the one that is verified.
 *
 * @example
 * addressForCodes(store, user); // 'ada@example.com'
 */
export function addressForCodes(store: Store, user: UserRecord): string | undefined {
  const [enrolled] = store.authenticationMethods.list(user.user_id).filter(({ type }) => type === 'email');
  const address = enrolled?.details.email;
  if (typeof address === 'string') return address;
  return hasVerifiedAddress(user) ? user.email : undefined;
}

function hasVerifiedAddress(user: UserRecord): boolean {
  return user.email !== undefined && user.email_verified === true;
}

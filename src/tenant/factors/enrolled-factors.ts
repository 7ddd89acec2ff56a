import type { AuthenticationMethodRecord } from '../store/records/users/authentication-method-repository.ts';
import type { UserRecord } from '../store/records/users/user-row.ts';
import type { Store } from '../store/store.ts';
import { enabledFactors } from './factor-settings.ts';

/** The name in Actions of each type of method. A passkey replaces the password and is not a second factor. */
const FACTOR_OF: Readonly<Record<AuthenticationMethodRecord['type'], string | undefined>> = {
  totp: 'otp',
  email: 'email',
  phone: 'phone',
  'webauthn-roaming': 'webauthn-roaming',
  'recovery-code': 'recovery-code',
  passkey: undefined,
};

/**
 * The factors that a user can be asked for, by their names in Actions, each once: `event.user.enrolledFactors`. Users do
 * not enrol in `email`: every user with a verified address has it while the tenant has that factor enabled.
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
 * The factors that the user, or an administrator for the user, has enrolled, each once.
 *
 * @example
 * ownFactors(store, user); // ['otp', 'recovery-code']
 */
export function ownFactors(store: Store, user: UserRecord): string[] {
  const methods = store.authenticationMethods.list(user.user_id);
  return [...new Set(methods.flatMap(({ type }) => FACTOR_OF[type] ?? []))];
}

/** The providers in which the user is enrolled, `event.user.multifactor`: Auth0's own for any enrolled factor. */
export function multifactorProviders(store: Store, user: UserRecord): string[] {
  return ownFactors(store, user).length > 0 ? ['guardian'] : [];
}

/**
 * The address for codes by mail: the enrolled address, or else the user's verified address.
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

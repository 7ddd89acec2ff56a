import { createHash, randomInt } from 'node:crypto';
import { randomName } from '../store/identifiers.ts';
import type { AuthenticationMethodRecord } from '../store/records/users/authentication-method-repository.ts';
import type { UserRecord } from '../store/records/users/user-row.ts';
import type { Store } from '../store/store.ts';
import { matchingStep } from './one-time-password.ts';

/** Letters and digits that are not easily confused. */
const LEGIBLE = 'ABCDEFGHJKLMNPQRSTUVWXYZ123456789';
const RECOVERY_CODE_LENGTH = 24;

/**
 * Enrols an authenticator app after the user has typed a right code.
 *
 * @param usedStep the step of that code, which cannot be used again.
 * @example
 * enrolAuthenticatorApp(store, user, secret, step);
 */
export function enrolAuthenticatorApp(
  store: Store,
  user: UserRecord,
  secret: string,
  usedStep: number,
): AuthenticationMethodRecord {
  const at = new Date().toISOString();
  const record = newMethod(user.user_id, 'totp', {
    totp_secret: secret,
    used_step: usedStep,
    enrolled_at: at,
    last_auth_at: at,
  });
  store.authenticationMethods.insert(record);
  return record;
}

/**
 * Checks a code against the user's authenticator apps. A right code is used and cannot be used again.
 *
 * @returns the app of the code, or nothing.
 * @example
 * if (useOneTimePassword(store, user, '492 039') !== undefined) continueLogin();
 */
export function useOneTimePassword(
  store: Store,
  user: UserRecord,
  typed: string,
): AuthenticationMethodRecord | undefined {
  const now = Date.now();
  return store.transaction(() => {
    for (const method of methodsOf(store, user, 'totp')) {
      const { totp_secret: secret, used_step: usedStep } = method.details;
      if (typeof secret !== 'string') continue;
      const step = matchingStep(secret, typed, now, typeof usedStep === 'number' ? usedStep : undefined);
      if (step === undefined) continue;
      const details = { ...method.details, used_step: step, last_auth_at: new Date(now).toISOString() };
      store.authenticationMethods.update({ ...method, details });
      return method;
    }
    return undefined;
  });
}

/**
 * Enrols a recovery code, which replaces the user's former one. The store holds only its digest.
 *
 * @example
 * const code = newRecoveryCode();
 * enrolRecoveryCode(store, user, code);
 * @see Auth0 docs: "Configure Recovery Codes for MFA".
 */
export function enrolRecoveryCode(store: Store, user: UserRecord, code: string): AuthenticationMethodRecord {
  const record = newMethod(user.user_id, 'recovery-code', {
    code_digest: digestOf(user.user_id, code),
    enrolled_at: new Date().toISOString(),
  });
  store.transaction(() => {
    for (const { id } of methodsOf(store, user, 'recovery-code')) store.authenticationMethods.remove(user.user_id, id);
    store.authenticationMethods.insert(record);
  });
  return record;
}

/**
 * Checks the user's recovery code. A right code is deleted, so it cannot be used again.
 *
 * @example
 * if (useRecoveryCode(store, user, typed) !== undefined) continueLogin();
 */
export function useRecoveryCode(store: Store, user: UserRecord, typed: string): AuthenticationMethodRecord | undefined {
  const digest = digestOf(user.user_id, typed.replace(/[\s-]/g, '').toUpperCase());
  return store.transaction(() => {
    const [method] = methodsOf(store, user, 'recovery-code').filter(({ details }) => details.code_digest === digest);
    if (method !== undefined) store.authenticationMethods.remove(user.user_id, method.id);
    return method;
  });
}

/** A new recovery code: 24 letters and digits. */
export function newRecoveryCode(): string {
  return Array.from({ length: RECOVERY_CODE_LENGTH }, () => LEGIBLE[randomInt(LEGIBLE.length)]).join('');
}

function methodsOf(store: Store, user: UserRecord, type: AuthenticationMethodRecord['type']) {
  return store.authenticationMethods.list(user.user_id).filter((method) => method.type === type);
}

/** The digest of a recovery code. The codes are long and random, so the digest does not reveal the code. */
function digestOf(userId: string, code: string): string {
  return createHash('sha256').update(`${userId} ${code}`).digest('base64url');
}

function newMethod(
  userId: string,
  type: AuthenticationMethodRecord['type'],
  details: AuthenticationMethodRecord['details'],
): AuthenticationMethodRecord {
  const id = `${type}|dev_${randomName(16)}`;
  return { id, user_id: userId, type, created_at: new Date().toISOString(), details };
}

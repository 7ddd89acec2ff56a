import { createHash, randomInt } from 'node:crypto';
import { randomName } from '../store/identifiers.ts';
import type { AuthenticationMethodRecord } from '../store/records/users/authentication-method-repository.ts';
import type { UserRecord } from '../store/records/users/user-row.ts';
import type { Store } from '../store/store.ts';
import { matchingStep } from './one-time-password.ts';

/** Letters and digits that nobody confuses when they read them out. */
const LEGIBLE = 'ABCDEFGHJKLMNPQRSTUVWXYZ123456789';
const RECOVERY_CODE_LENGTH = 24;

/**
 * Enrols an authenticator app whose person has typed a right password of it.
 *
 * @param usedStep the step of that password, which is used up with it.
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
 * Whether that is the present password of one of the user's authenticator apps; it is used up where it is.
 *
 * @returns the app, or nothing.
 * @example
 * if (useOneTimePassword(store, user, '492 039') !== undefined) letIn();
 */
export function useOneTimePassword(
  store: Store,
  user: UserRecord,
  typed: string,
): AuthenticationMethodRecord | undefined {
  const now = Date.now();
  return store.transaction(() => {
    for (const method of methodsOf(store, user, 'totp')) {
      const { totp_secret: secret, used_step: used } = method.details;
      if (typeof secret !== 'string') continue;
      const step = matchingStep(secret, typed, now, typeof used === 'number' ? used : undefined);
      if (step === undefined) continue;
      const details = { ...method.details, used_step: step, last_auth_at: new Date(now).toISOString() };
      store.authenticationMethods.update({ ...method, details });
      return method;
    }
    return undefined;
  });
}

/**
 * Enrols a recovery code in the place of any that the user had. Only its digest is kept.
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
 * Whether that is the user's recovery code; it is used up where it is.
 *
 * @example
 * if (useRecoveryCode(store, user, typed) !== undefined) letIn();
 */
export function useRecoveryCode(store: Store, user: UserRecord, typed: string): AuthenticationMethodRecord | undefined {
  const digest = digestOf(user.user_id, typed.replace(/[\s-]/g, '').toUpperCase());
  return store.transaction(() => {
    const [method] = methodsOf(store, user, 'recovery-code').filter(({ details }) => details.code_digest === digest);
    if (method !== undefined) store.authenticationMethods.remove(user.user_id, method.id);
    return method;
  });
}

/** 24 letters and digits. */
export function newRecoveryCode(): string {
  return Array.from({ length: RECOVERY_CODE_LENGTH }, () => LEGIBLE[randomInt(LEGIBLE.length)]).join('');
}

function methodsOf(store: Store, user: UserRecord, type: AuthenticationMethodRecord['type']) {
  return store.authenticationMethods.list(user.user_id).filter((method) => method.type === type);
}

/** The codes are long and random: a digest tells nobody which one it is of. */
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

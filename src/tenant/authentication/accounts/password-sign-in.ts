import type { SideTriggers } from '../../actions/triggers/side-triggers.ts';
import type { TenantLog } from '../../logs/tenant-log.ts';
import type { ConnectionRecord } from '../../store/records/connection-repository.ts';
import type { UserRecord } from '../../store/records/users/user-row.ts';
import type { Store } from '../../store/store.ts';
import { passwordHashOfAccount } from './account-password.ts';
import { addressThrottle, throttledLogEntry } from './attack-protection/address-throttle.ts';
import { bruteForceGuard } from './attack-protection/brute-force-guard.ts';
import { type AuthenticationRequest, authenticationLogEntry } from './authentication-log-entry.ts';
import { enabledDatabase } from './enabled-connection.ts';
import { isImported } from './imported-passwords/stored-import.ts';
import { hashPassword, unmatchableHash, verifyPassword } from './password-hash.ts';

/** Auth0's message for a user who is blocked after too many wrong passwords. */
export const tooManyAttempts =
  "Your account has been blocked after multiple consecutive login attempts. We've sent you a notification via your preferred contact method with instructions on how to unblock it.";

export interface SignInDependencies {
  /** The triggers before and after a sign-up; without them no Actions run. */
  readonly sideTriggers?: SideTriggers | undefined;
  readonly store: Store;
  readonly log: TenantLog;
  readonly now?: () => Date;
  /** The domain that received the request, with its trailing slash, for links in mail. Without it no mail is sent. */
  readonly issuer?: string;
}

export interface SignInAttempt extends AuthenticationRequest {
  /** A database's name or realm. Without it, the first database that is enabled for the application. */
  readonly connection?: string;
  /** An e-mail address, or a username if the database has usernames. */
  readonly username: string;
  readonly password: string;
}

export type SignInResult =
  | { readonly ok: true; readonly user: UserRecord; readonly connection: ConnectionRecord }
  | { readonly ok: false; readonly reason: SignInRefusal };

export type SignInRefusal =
  | 'wrong_password'
  | 'unknown_user'
  | 'blocked'
  | 'no_connection'
  | 'too_many_attempts'
  | 'suspicious_address';

/**
 * Checks the password of a database user, and writes the log entry (`fp`, `fu`, `f`, `limit_wc`, `limit_mu`) if it refuses.
 *
 * An unknown user takes as long as a wrong password. Only a caller with the right password learns that the user is
 * blocked. Wrong passwords in a row block the name as the tenant's attack protection says, even if no user has it, until the
 * user's password is reset or the block is deleted. An address with too many failures is refused as well. This function
 * neither logs nor counts a success: the login does so when it is complete.
 *
 * @returns the user and the connection, or the reason. Show the same message for `wrong_password` and `unknown_user`.
 * @example
 * const result = await signInWithPassword({ store, log }, { client, username, password, ip, hostname });
 * if (!result.ok) return loginPage({ ...view, problems: [loginProblem(result.reason)] });
 * @see Auth0 docs: "Log Event Type Codes", "Block and Unblock Users", "Brute-Force Protection".
 */
export async function signInWithPassword(deps: SignInDependencies, attempt: SignInAttempt): Promise<SignInResult> {
  const { store, log } = deps;
  const userName = attempt.username;
  const connection = enabledDatabase(store, attempt.client.client_id, attempt.connection);
  if (connection === undefined) {
    const description = 'The application has no database connection of that name enabled.';
    const details = { error: { message: description, oauthError: 'unauthorized', type: 'oauth-authorization' } };
    log.write(authenticationLogEntry(attempt, { type: 'f', description, userName, details }));
    return { ok: false, reason: 'no_connection' };
  }

  const found = findInDatabase(store, connection, userName);
  const guard = bruteForceGuard(deps, attempt, connection, found);
  const throttle = addressThrottle(store, attempt.ip, 'pre-login');
  if (throttle.isThrottled()) return refuseAddress(attempt, log, connection);
  if (guard.isBlocked()) return refuseBlocked(attempt, log, connection, found);
  const hash = found && passwordHashOfAccount(store, found, connection, userName);
  const imported = hash !== undefined && isImported(hash);
  const matches = imported
    ? await verifyImportedPassword(attempt.password, hash)
    : await verifyPassword(attempt.password, hash ?? unmatchableHash);
  // As on Auth0, the first password that matches an imported hash is hashed again, and the imported hash is forgotten.
  const renewed = imported && matches ? await hashPassword(attempt.password) : undefined;
  // Parallel guesses were counted in the meantime: of a hundred at once, only those below the limit are answered.
  if (throttle.isThrottled()) return refuseAddress(attempt, log, connection);
  if (guard.isBlocked()) return refuseBlocked(attempt, log, connection, found);
  // The user may have been blocked or deleted while the password was being checked.
  const user = found && store.users.find(found.user_id);

  if (user === undefined) {
    guard.count();
    throttle.count();
    const details = { error: { message: 'Wrong email or password.' } };
    log.write(
      authenticationLogEntry(attempt, {
        type: 'fu',
        description: details.error.message,
        connection,
        userName,
        details,
      }),
    );
    return { ok: false, reason: 'unknown_user' };
  }
  const currentHash = passwordHashOfAccount(store, user, connection, userName);
  // Another login may have replaced the imported hash by one of the same password.
  if (renewed !== undefined && currentHash !== undefined && !isImported(currentHash)) {
    return signInWithPassword(deps, attempt);
  }
  // The password may also have been changed, so that the one that matched is no longer valid.
  if (hash === undefined || !matches || currentHash !== hash) {
    guard.count();
    throttle.count();
    const details = { error: { message: 'Wrong email or password.' } };
    log.write(
      authenticationLogEntry(attempt, { type: 'fp', description: details.error.message, connection, user, details }),
    );
    return { ok: false, reason: 'wrong_password' };
  }
  if (user.blocked === true) {
    const details = { error: { message: 'user is blocked', oauthError: 'unauthorized', type: 'oauth-authorization' } };
    log.write(
      authenticationLogEntry(attempt, { type: 'f', description: details.error.message, connection, user, details }),
    );
    return { ok: false, reason: 'blocked' };
  }
  if (renewed !== undefined && store.users.passwordHash(user.user_id) === hash) {
    store.users.setPasswordHash(user.user_id, renewed);
  }
  guard.clearFailures();
  return { ok: true, user, connection };
}

/** The check of an imported hash is loaded by the first login that needs it. */
async function verifyImportedPassword(password: string, hash: string): Promise<boolean> {
  const { verifyImported } = await import('./imported-passwords/verify-imported.ts');
  return verifyImported(password, hash);
}

function refuseBlocked(
  attempt: SignInAttempt,
  log: TenantLog,
  connection: ConnectionRecord,
  user: UserRecord | undefined,
): SignInResult {
  const description =
    'An IP address is blocked because it reached the maximum failed login attempts into a single account.';
  const details = {
    error: { message: tooManyAttempts, oauthError: 'too_many_attempts', type: 'invalid-authorization' },
  };
  const userName = attempt.username;
  log.write(authenticationLogEntry(attempt, { type: 'limit_wc', description, connection, user, userName, details }));
  return { ok: false, reason: 'too_many_attempts' };
}

function refuseAddress(attempt: SignInAttempt, log: TenantLog, connection: ConnectionRecord): SignInResult {
  log.write(throttledLogEntry(attempt, connection, attempt.username));
  return { ok: false, reason: 'suspicious_address' };
}

function findInDatabase(store: Store, connection: ConnectionRecord, typed: string): UserRecord | undefined {
  const login = typed.trim();
  if (login === '') return undefined;
  const byEmail = login.includes('@') ? store.users.findInConnection(connection.name, { email: login }) : undefined;
  // In a database with usernames, a username may look like an e-mail address.
  return byEmail ?? store.users.findInConnection(connection.name, { username: login });
}

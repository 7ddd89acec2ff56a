import type { TenantLog } from '../logs/tenant-log.ts';
import type { ConnectionRecord, UserRecord } from '../store/records.ts';
import type { Store } from '../store/store.ts';
import { unmatchableHash, verifyPassword } from './password-hash.ts';
import { type AuthenticationRequest, authenticationLogEntry } from './universal-login/authentication-log-entry.ts';
import { enabledDatabase } from './universal-login/enabled-connection.ts';

export interface SignInDependencies {
  readonly store: Store;
  readonly log: TenantLog;
  readonly now?: () => Date;
}

export interface SignInAttempt extends AuthenticationRequest {
  /** A database's name or realm; without it, the first one that is enabled for the application. */
  readonly connection?: string;
  /** An e-mail address, or the username where the database has usernames. */
  readonly username: string;
  readonly password: string;
}

export type SignInResult =
  | { readonly ok: true; readonly user: UserRecord; readonly connection: ConnectionRecord }
  | { readonly ok: false; readonly reason: 'wrong_password' | 'unknown_user' | 'blocked' | 'no_connection' };

/**
 * Checks the password of a database user, and writes the log entry (`fp`, `fu`, `f`) when it refuses.
 * An unknown user takes as long as a wrong password, and that somebody is blocked is told only to whoever has the
 * password. A success is not logged here, nor counted: that is the login's to do, once it is complete.
 *
 * @returns the user and the connection, or why not. Show `wrong_password` and `unknown_user` as one and the same.
 * @example
 * const result = await signInWithPassword({ store, log }, { client, username, password, ip, hostname });
 * if (!result.ok) return loginPage({ ...view, problems: [loginProblem(result.reason)] });
 * @see Auth0 docs: "Log Event Type Codes", "Block and Unblock Users".
 */
export async function signInWithPassword(deps: SignInDependencies, attempt: SignInAttempt): Promise<SignInResult> {
  const { store, log } = deps;
  const userName = attempt.username;
  const connection = enabledDatabase(store, attempt.client.client_id, attempt.connection);
  if (connection === undefined) {
    const description = 'The application has no database connection of that name enabled.';
    log.write(authenticationLogEntry(attempt, { type: 'f', description, userName }));
    return { ok: false, reason: 'no_connection' };
  }

  const found = findInDatabase(store, connection, userName);
  const hash = found && store.users.passwordHash(found.user_id);
  const matches = await verifyPassword(attempt.password, hash ?? unmatchableHash);
  // The user may have been blocked or removed while the password was being checked.
  const user = found && store.users.find(found.user_id);

  if (user === undefined) {
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
  if (hash === undefined || !matches) {
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
  return { ok: true, user, connection };
}

function findInDatabase(store: Store, connection: ConnectionRecord, typed: string): UserRecord | undefined {
  const login = typed.trim();
  if (login === '') return undefined;
  const byEmail = login.includes('@') ? store.users.findInConnection(connection.name, { email: login }) : undefined;
  // An address may serve as a username as well, where the database has usernames.
  return byEmail ?? store.users.findInConnection(connection.name, { username: login });
}

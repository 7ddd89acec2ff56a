import type { ConnectionRecord } from '../../../store/records/connection-repository.ts';
import type { UserRecord } from '../../../store/records/users/user-row.ts';
import type { Store } from '../../../store/store.ts';
import type { FormProblem } from '../../universal-login/forms/form-problem.ts';
import { hashPassword } from '../password-hash.ts';
import { passwordPolicyOf, passwordProblems } from '../password-policy.ts';
import { findPasswordTicket, type PasswordTicket, usePasswordTicket } from './password-tickets.ts';

export type ResetResult =
  | { readonly kind: 'done'; readonly user: UserRecord; readonly ticket: PasswordTicket }
  | { readonly kind: 'weak'; readonly problems: FormProblem<'password'>[] }
  /** Already used, expired, or made invalid by another change. */
  | { readonly kind: 'void' };

/**
 * Sets the new password of a ticket's user. In one transaction it uses the ticket, ends the user's sessions and refresh
 * tokens, and removes blocks after too many wrong passwords.
 *
 * @param secret the `ticket` parameter of the link.
 * @example
 * const result = await resetPassword(store, query.ticket, 'Correct-Horse-9');
 * if (result.kind === 'weak') return page(result.problems);
 * @see Auth0 docs: "Change Users' Passwords", "Brute-Force Protection".
 */
export async function resetPassword(store: Store, secret: string, password: string): Promise<ResetResult> {
  const found = findPasswordTicket(store, secret);
  const connection = found && databaseOfUser(store, found.user);
  if (found === undefined || connection === undefined) return { kind: 'void' };
  const { email = '', username = '', name = '' } = found.user;
  const userData = [email, email.split('@')[0] ?? '', username, name];
  const problems = passwordProblems(password, passwordPolicyOf(connection), userData);
  if (problems.length > 0) return { kind: 'weak', problems };

  const hash = await hashPassword(password);
  return store.transaction((): ResetResult => {
    // Another request may have used the ticket, or changed the user, while the password was being hashed.
    const now = findPasswordTicket(store, secret);
    if (now === undefined || !usePasswordTicket(store, secret)) return { kind: 'void' };
    const { ticket } = now;
    const at = new Date().toISOString();
    const user: UserRecord = {
      ...now.user,
      updated_at: at,
      last_password_reset: at,
      ...(ticket.marksEmailAsVerified && now.user.email !== undefined && { email_verified: true }),
    };
    store.users.update(user);
    store.users.setPasswordHash(user.user_id, hash);
    store.artifacts.removeByAccount(user.user_id);
    store.blocks.clear(user.user_id);
    return { kind: 'done', user, ticket };
  });
}

/** The database connection that holds the user's password. */
export function databaseOfUser(store: Store, user: UserRecord): ConnectionRecord | undefined {
  for (const identity of user.identities) {
    const connection = identity.provider === 'auth0' ? store.connections.findByName(identity.connection) : undefined;
    if (connection?.strategy === 'auth0') return connection;
  }
  return undefined;
}

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
  /** Used already, expired, or made void by another change. */
  | { readonly kind: 'void' };

/**
 * Gives the user of a ticket a new password. The ticket is used up, the user's sessions and refresh tokens end, and whoever
 * was kept out after too many wrong passwords gets in again: all of it at once, or nothing.
 *
 * @param secret the `ticket` of the link.
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
  const person = [email, email.split('@')[0] ?? '', username, name];
  const problems = passwordProblems(password, passwordPolicyOf(connection), person);
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

/** The database that keeps the user's password. */
export function databaseOfUser(store: Store, user: UserRecord): ConnectionRecord | undefined {
  for (const identity of user.identities) {
    const connection = identity.provider === 'auth0' ? store.connections.findByName(identity.connection) : undefined;
    if (connection?.strategy === 'auth0') return connection;
  }
  return undefined;
}

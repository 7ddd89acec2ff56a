import type { ConnectionRecord } from '../../store/records/connection-repository.ts';
import type { UserRecord } from '../../store/records/users/user-row.ts';
import type { Store } from '../../store/store.ts';

/**
 * The password hash of one of a user's accounts. Each linked account keeps its own password.
 *
 * @param typed the e-mail address or username that the user signs in with.
 * @example
 * passwordHashOfAccount(store, user, connection, 'ada@example.com');
 * @see Auth0 docs: "Link User Accounts"
 */
export function passwordHashOfAccount(
  store: Store,
  user: UserRecord,
  connection: ConnectionRecord,
  typed: string,
): string | undefined {
  const login = typed.trim().toLowerCase();
  const index = user.identities.findIndex(({ connection: name, profileData }, place) => {
    const profile = place === 0 ? user : profileData;
    const names = [profile?.email, profile?.username];
    return (
      name === connection.name && names.some((known) => typeof known === 'string' && known.toLowerCase() === login)
    );
  });
  const identity = user.identities[index];
  if (identity === undefined || index === 0) return store.users.passwordHash(user.user_id);
  return store.users.linkedPasswordHash(user.user_id, identity.user_id);
}

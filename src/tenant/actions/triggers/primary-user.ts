import type { Store } from '../../store/store.ts';
import type { LoginTransaction } from '../run/login-transaction.ts';

/** Why a login fails whose Actions make it somebody else's. */
export const NOT_AN_IDENTITY =
  'The primary user that an Action set is nobody that the identity which signed in belongs to. Link the accounts first.';

/**
 * Whether a login may become that of another user: the identity that signed in has to be one of theirs. Source: Auth0's
 * documentation, "Actions Triggers: post-login - API Object", `api.authentication.setPrimaryUser`.
 *
 * @param primary the other user's id
 * @example
 * if (!isSamePerson(store, transaction, 'auth0|primary')) refuse();
 */
export function isSamePerson(store: Store, { user, connection }: LoginTransaction, primary: string): boolean {
  const used = user.identities.filter((identity) => identity.connection === connection.name);
  const theirs = store.users.find(primary)?.identities ?? [];
  return theirs.some((identity) =>
    used.some(({ provider, user_id }) => provider === identity.provider && user_id === identity.user_id),
  );
}

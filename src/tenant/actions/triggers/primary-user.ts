import type { Store } from '../../store/store.ts';
import type { LoginTransaction } from '../run/login-transaction.ts';

/** The error of a login whose Actions set a primary user that it does not belong to. */
export const NOT_AN_IDENTITY =
  'The primary user that an Action set is not one that the signed-in identity belongs to. Link the accounts first.';

/**
 * Whether a login may continue as another user: the signed-in identity has to be one of identities. Source: Auth0's
 * documentation, "Actions Triggers: post-login - API Object", `api.authentication.setPrimaryUser`.
 *
 * @param primary the other user's id
 * @example
 * if (!isSamePerson(store, transaction, 'auth0|primary')) refuse();
 */
export function isSamePerson(store: Store, { user, connection }: LoginTransaction, primary: string): boolean {
  const used = user.identities.filter((identity) => identity.connection === connection.name);
  const identities = store.users.find(primary)?.identities ?? [];
  return identities.some((identity) =>
    used.some(({ provider, user_id }) => provider === identity.provider && user_id === identity.user_id),
  );
}

import { sendVerificationMail } from '../../authentication/accounts/email-verification/verification-mail.ts';
import type { UserRecord } from '../../store/records/users/user-row.ts';
import type { Store } from '../../store/store.ts';
import { ApiError } from '../http/api-error.ts';

export interface AccountName {
  readonly provider: string;
  readonly user_id: string;
}

/**
 * The address of one of a user's accounts, by default of the first.
 *
 * @throws ApiError 400 if the user has no such account, or the account has no address
 * @example
 * addressOf(user, { provider: 'auth0', user_id: '1' }) // { email: 'ada@example.com', verified: false }
 */
export function addressOf(user: UserRecord, named: AccountName | undefined): { email: string; verified: boolean } {
  const index =
    named === undefined
      ? 0
      : user.identities.findIndex(({ provider, user_id }) => provider === named.provider && user_id === named.user_id);
  if (index < 0) throw new ApiError(400, 'The user does not have that identity.', 'inexistent_identity');
  const profile = index === 0 ? user : user.identities[index]?.profileData;
  if (typeof profile?.email !== 'string') {
    throw new ApiError(400, 'The user does not have an email address.', 'inexistent_email');
  }
  return { email: profile.email, verified: profile.email_verified === true };
}

/**
 * Puts an e-mail into the outbox that asks the user to verify an address.
 *
 * @param base the domain of the link, with a trailing slash
 * @returns whether there was an address to verify
 * @example
 * sendVerificationEmail(store, 'https://localhost:4000/', user, {})
 */
export function sendVerificationEmail(
  store: Store,
  base: string,
  user: UserRecord,
  options: { readonly identity?: AccountName | undefined; readonly clientId?: string | undefined },
): boolean {
  const { identity, clientId } = options;
  const { email, verified } = addressOf(user, identity);
  if (verified) return false;
  sendVerificationMail(store, base, {
    userId: user.user_id,
    email,
    ...(identity !== undefined && { identity: { provider: identity.provider, userId: identity.user_id } }),
    ...(clientId !== undefined && { clientId }),
  });
  return true;
}

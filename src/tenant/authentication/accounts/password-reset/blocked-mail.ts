import type { ClientRecord } from '../../../store/records/applications/client-repository.ts';
import type { UserRecord } from '../../../store/records/users/user-row.ts';
import type { Store } from '../../../store/store.ts';
import { issuePasswordTicket } from './password-tickets.ts';

/**
 * Tells somebody that too many wrong passwords came from one address, which is kept out of their account now, and gives
 * them the link that ends it: a new password.
 *
 * @param issuer the domain that the link is to lead to, with its trailing slash.
 * @example
 * sendBlockedMail(store, issuer, { user, client, ip: '192.0.2.1' });
 * @see Auth0 docs: "Brute-Force Protection".
 */
export function sendBlockedMail(
  store: Store,
  issuer: string,
  { user, client, ip }: { readonly user: UserRecord; readonly client: ClientRecord; readonly ip: string },
): void {
  const to = user.email;
  if (to === undefined) return;
  store.transaction(() => {
    const link = issuePasswordTicket(store, issuer, {
      userId: user.user_id,
      clientId: client.client_id,
      marksEmailAsVerified: true,
    });
    store.outbox.insert({
      to,
      subject: 'Your account has been blocked',
      text: `Too many wrong passwords for your account at ${client.name} came from ${ip}, so that address is kept out of it.

To get in from there again, choose a new password. This link works once, within five days:

${link}
`,
      links: [link],
      at: new Date().toISOString(),
    });
  });
}

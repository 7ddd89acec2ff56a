import { sendMail } from '../../../mails/send-mail.ts';
import type { ClientRecord } from '../../../store/records/applications/client-repository.ts';
import type { UserRecord } from '../../../store/records/users/user-row.ts';
import type { Store } from '../../../store/store.ts';
import { issuePasswordTicket } from './password-tickets.ts';

/**
 * Sends the user a mail about too many wrong passwords from one IP address, which is now blocked for this account. The
 * mail has a link to choose a new password, which ends the block.
 *
 * @param issuer the domain of the link, with its trailing slash.
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
    sendMail(store, {
      template: 'blocked_account',
      to,
      subject: 'Your account has been blocked',
      text: `Too many wrong passwords for your account at ${client.name} came from ${ip}, so that address is kept out of it.

To get in from there again, choose a new password. This link works once, within five days:

${link}
`,
      facts: { user, client, connection: user.identities[0]?.connection, url: link, sourceIp: ip },
    });
  });
}

import { linkSettings } from '../../../mails/mail-template.ts';
import { sendMail } from '../../../mails/send-mail.ts';
import type { ClientRecord } from '../../../store/records/applications/client-repository.ts';
import type { UserRecord } from '../../../store/records/users/user-row.ts';
import type { Store } from '../../../store/store.ts';
import { issuePasswordTicket } from './password-tickets.ts';

const consequence = {
  address: ', so that address is kept out of it.\n\nTo get in from there again, choose a new password.',
  account: ', so your account is closed.\n\nTo open it again, choose a new password.',
  none: '.\n\nIf they were not yours, choose a new password.',
} as const;

/** Wrong passwords that reached the limit. */
interface TooManyFailures {
  readonly user: UserRecord;
  readonly client: ClientRecord;
  /** The address of the last one. */
  readonly ip: string;
  /** Refused from now on: logins from the address, all logins of the account, or none. */
  readonly blocks: 'address' | 'account' | 'none';
}

/**
 * Sends the user a mail about too many wrong passwords. The mail has a link to choose a new password, which ends the block if
 * there is one.
 *
 * @param issuer the domain of the link, with its trailing slash.
 * @example
 * sendBlockedMail(store, issuer, { user, client, ip: '192.0.2.1', blocks: 'address' });
 * @see Auth0 docs: "Brute-Force Protection".
 */
export function sendBlockedMail(store: Store, issuer: string, { user, client, ip, blocks }: TooManyFailures): void {
  const to = user.email;
  if (to === undefined) return;
  store.transaction(() => {
    const { lifetime, ...redirect } = linkSettings(store, 'blocked_account');
    const link = issuePasswordTicket(
      store,
      issuer,
      { userId: user.user_id, clientId: client.client_id, marksEmailAsVerified: true, ...redirect },
      lifetime,
    );
    sendMail(store, {
      template: 'blocked_account',
      to,
      subject: blocks === 'none' ? 'Wrong passwords for your account' : 'Your account has been blocked',
      text: `Too many wrong passwords for your account at ${client.name} came from ${ip}${consequence[blocks]}

This link works once, within five days:

${link}
`,
      facts: { user, client, connection: user.identities[0]?.connection, url: link, sourceIp: ip },
    });
  });
}

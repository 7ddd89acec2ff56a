import { linkSettings } from '../../../mails/mail-template.ts';
import { sendMail } from '../../../mails/send-mail.ts';
import type { Store } from '../../../store/store.ts';
import { issueVerificationTicket, type VerificationTicket } from './verification-ticket.ts';

/**
 * Puts an e-mail into the outbox that asks the user to verify an address. Its link works once, within five days unless the mail's template says otherwise.
 *
 * @param issuer the domain of the link, with its trailing slash.
 * @example
 * sendVerificationMail(store, 'https://localhost:4000/', { userId: user.user_id, email: 'ada@example.com' });
 * @see Auth0 docs: "Customize Email Handling".
 */
export function sendVerificationMail(
  store: Store,
  issuer: string,
  ticket: Omit<VerificationTicket, 'includeEmailInRedirect' | 'resultUrl'>,
): void {
  store.transaction(() => {
    const { lifetime, ...redirect } = linkSettings(store, 'verify_email');
    const link = issueVerificationTicket(store, issuer, { ...ticket, ...redirect }, lifetime);
    const user = store.users.find(ticket.userId);
    sendMail(store, {
      template: 'verify_email',
      to: ticket.email,
      subject: 'Verify your email',
      text: `To show that this address is yours, follow this link within five days. It works once:

${link}

If you have no account here, ignore this mail.
`,
      facts: {
        user,
        client: ticket.clientId === undefined ? undefined : store.clients.find(ticket.clientId),
        connection: user?.identities[0]?.connection,
        url: link,
      },
    });
  });
}

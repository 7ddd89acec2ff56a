import type { Store } from '../../../store/store.ts';
import { issueVerificationTicket, type VerificationTicket } from './verification-ticket.ts';

/**
 * Puts an e-mail into the outbox that asks the user to verify an address. Its link works once, within five days.
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
    const link = issueVerificationTicket(store, issuer, { ...ticket, includeEmailInRedirect: false });
    store.outbox.insert({
      to: ticket.email,
      subject: 'Verify your email',
      text: `To show that this address is yours, follow this link within five days. It works once:

${link}

If you have no account here, ignore this mail.
`,
      links: [link],
      at: new Date().toISOString(),
    });
  });
}

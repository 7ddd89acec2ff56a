import { linkSettings } from '../../../mails/mail-template.ts';
import { sendMail } from '../../../mails/send-mail.ts';
import type { ConnectionRecord } from '../../../store/records/connection-repository.ts';
import { type AuthenticationRequest, authenticationLogEntry } from '../authentication-log-entry.ts';
import type { SignInDependencies } from '../password-sign-in.ts';
import { issuePasswordTicket } from './password-tickets.ts';

export interface ResetRequest extends AuthenticationRequest {
  readonly connection: ConnectionRecord;
  readonly email: string;
  /** The domain that received the request, with its trailing slash. Never taken from the request itself. */
  readonly issuer: string;
}

/**
 * Sends a user who has forgotten the password a link to choose a new one, and writes the log entry (`scpr`, `fcpr`).
 * Returns nothing, so that the caller cannot reveal whether a user with that address exists.
 *
 * @example
 * requestPasswordReset({ store, log }, { client, connection, email, issuer, ip, hostname });
 * @see Auth0 docs: "Change Users' Passwords", "Log Event Type Codes".
 */
export function requestPasswordReset({ store, log }: SignInDependencies, request: ResetRequest): void {
  const { connection, client, issuer } = request;
  const email = request.email.trim().toLowerCase();
  const user = store.users.findInConnection(connection.name, { email });
  const body = { client_id: client.client_id, connection: connection.name, email, verify: true, debug: true };
  if (user?.email === undefined) {
    const description = 'User does not exist.';
    const details = { body: { ...body, description } };
    log.write(authenticationLogEntry(request, { type: 'fcpr', description, connection, userName: email, details }));
    return;
  }
  const to = user.email;
  store.transaction(() => {
    const { lifetime, ...redirect } = linkSettings(store, 'reset_email');
    const link = issuePasswordTicket(
      store,
      issuer,
      { userId: user.user_id, clientId: client.client_id, marksEmailAsVerified: true, ...redirect },
      lifetime,
    );
    sendMail(store, {
      template: 'reset_email',
      to,
      subject: 'Reset your password',
      text: `A new password was requested for your account at ${client.name}.

To choose one, follow this link within five days. It works once:

${link}

If you did not request it, ignore this mail: your password stays the same.
`,
      facts: { user, client, connection: connection.name, url: link },
    });
  });
  log.write(
    authenticationLogEntry(request, {
      type: 'scpr',
      description: 'Change password request',
      connection,
      user,
      details: { body },
    }),
  );
}

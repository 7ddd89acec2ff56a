import type { ConnectionRecord } from '../../../store/records/connection-repository.ts';
import { type AuthenticationRequest, authenticationLogEntry } from '../authentication-log-entry.ts';
import type { SignInDependencies } from '../password-sign-in.ts';
import { issuePasswordTicket } from './password-tickets.ts';

export interface ResetRequest extends AuthenticationRequest {
  readonly connection: ConnectionRecord;
  readonly email: string;
  /** The domain that was asked, with its trailing slash: never what the request itself claims. */
  readonly issuer: string;
}

/**
 * Sends somebody who has forgotten a password the link to choose a new one, and writes the log entry (`scpr`, `fcpr`).
 * There is no answer: whether anybody has that address is not for whoever asks to know.
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
    const link = issuePasswordTicket(store, issuer, {
      userId: user.user_id,
      clientId: client.client_id,
      marksEmailAsVerified: true,
    });
    store.outbox.insert({
      to,
      subject: 'Reset your password',
      text: `Somebody asked for a new password for your account at ${client.name}.

To choose one, follow this link within five days. It works once:

${link}

If it was not you, leave this mail alone: your password stays as it is.
`,
      links: [link],
      at: new Date().toISOString(),
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

import { createHmac, randomInt, timingSafeEqual } from 'node:crypto';
import { sendMail } from '../../mails/send-mail.ts';
import type { ClientRecord } from '../../store/records/applications/client-repository.ts';
import type { UserRecord } from '../../store/records/users/user-row.ts';
import type { Store } from '../../store/store.ts';
import type { FactorDialog } from './factor-dialogs.ts';

/** Milliseconds. */
const LIFETIME = 5 * 60 * 1000;

/**
 * Puts a code of six digits into the tenant's outbox. It replaces any earlier code.
 *
 * @param state the `state` of the login, the only one for which the code is valid.
 * @returns the data to store with the dialog.
 * @example
 * const mail = sendCode(store, { state, to: 'ada@example.com', user, client });
 * @see Auth0 docs: "Configure Email Notifications for MFA".
 */
export function sendCode(
  store: Store,
  mail: { readonly state: string; readonly to: string; readonly user: UserRecord; readonly client: ClientRecord },
): NonNullable<FactorDialog['mail']> {
  const { state, to, user, client } = mail;
  const code = String(randomInt(1_000_000)).padStart(6, '0');
  sendMail(store, {
    template: 'mfa_oob_code',
    to,
    subject: `${code} is your verification code`,
    text: `Your password was just used to sign in to ${client.name}.

If it is you, enter this code within five minutes:

${code}

If it is not you, ignore this mail and change your password.
`,
    facts: { user, client, connection: user.identities[0]?.connection, code },
  });
  return { digest: digestOf(state, code), goodUntil: Date.now() + LIFETIME };
}

/**
 * Whether the typed code is the one that was sent last and is still valid. Spaces are ignored.
 *
 * @example
 * matchesSentCode(dialog.mail, state, '492 039');
 */
export function matchesSentCode(mail: FactorDialog['mail'], state: string, typed: string): boolean {
  if (mail === undefined || Date.now() > mail.goodUntil) return false;
  return timingSafeEqual(Buffer.from(mail.digest), Buffer.from(digestOf(state, typed.replace(/\s/g, ''))));
}

function digestOf(state: string, code: string): string {
  return createHmac('sha256', state).update(code).digest('base64url');
}

/** Whether the typed text has the format of a code: six digits. */
export function hasCodeFormat(typed: string): boolean {
  return /^\d{6}$/.test(typed.replace(/\s/g, ''));
}

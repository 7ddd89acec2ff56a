import { createHmac, randomInt, timingSafeEqual } from 'node:crypto';
import type { Store } from '../../store/store.ts';
import type { FactorDialog } from './factor-dialogs.ts';

/** Milliseconds. */
const LIFETIME = 5 * 60 * 1000;

/**
 * Puts a code of six digits into the tenant's outbox, in the place of any that was sent before.
 *
 * @param state the login's, which the code is good for and for no other.
 * @returns what is to be kept of it.
 * @example
 * const mail = sendCode(store, { state, to: 'ada@example.com', applicationName: 'Orders' });
 * @see Auth0 docs: "Configure Email Notifications for MFA".
 */
export function sendCode(
  store: Store,
  { state, to, applicationName }: { readonly state: string; readonly to: string; readonly applicationName: string },
): NonNullable<FactorDialog['mail']> {
  const code = String(randomInt(1_000_000)).padStart(6, '0');
  store.outbox.insert({
    to,
    subject: `${code} is your verification code`,
    text: `Somebody who knows your password is signing in to ${applicationName}.

If it is you, enter this code within five minutes:

${code}

If it is not you, leave this mail alone and choose another password.
`,
    links: [],
    at: new Date().toISOString(),
  });
  return { digest: digestOf(state, code), goodUntil: Date.now() + LIFETIME };
}

/**
 * Whether that is the code that was sent last, in time. Spaces do not count.
 *
 * @example
 * isCodeSent(dialog.mail, state, '492 039');
 */
export function isCodeSent(mail: FactorDialog['mail'], state: string, typed: string): boolean {
  if (mail === undefined || Date.now() > mail.goodUntil) return false;
  return timingSafeEqual(Buffer.from(mail.digest), Buffer.from(digestOf(state, typed.replace(/\s/g, ''))));
}

function digestOf(state: string, code: string): string {
  return createHmac('sha256', state).update(code).digest('base64url');
}

/** Whether somebody has typed what may be a code of six digits. */
export function isCodeLike(typed: string): boolean {
  return /^\d{6}$/.test(typed.replace(/\s/g, ''));
}

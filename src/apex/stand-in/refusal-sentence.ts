import type { RefusalReason } from '../../policy/decision.ts';

const SENTENCES: Readonly<Record<RefusalReason | 'access_denied' | 'email_not_verified', string>> = {
  missing_email: 'Your account has no e-mail address, so we cannot tell who you are.',
  unverified_email: 'Your e-mail address has not been verified yet. Verify it, then sign in again.',
  email_not_verified: 'Your e-mail address has not been verified yet. Verify it, then sign in again.',
  no_matching_rule: 'Your account does not belong to an organisation that may use this application.',
  assignment_failed: 'You may come in, but the role that you need could not be given to you just now. Try again later.',
  roles_unknown: 'We could not find out which roles you have just now. Try again later.',
  refused_before: 'This sign-in was refused and cannot be continued. Start a new one.',
  access_denied: 'The sign-in service did not let you in.',
};

const NEUTRAL = 'Your account may not use this application.';

/**
 * What the landing page tells the refused. Anybody can write an address, so that a code which is not known is never
 * repeated; it gives a sentence that fits every refusal.
 *
 * @param reason the `reason` of the landing page's address
 * @example refusalSentence('unverified_email')
 */
export function refusalSentence(reason: string | undefined): string {
  return isKnownReason(reason) ? SENTENCES[reason] : NEUTRAL;
}

/** Whether a reason is one that the landing page has a sentence for. */
export function isKnownReason(reason: string | undefined): reason is keyof typeof SENTENCES {
  return reason !== undefined && Object.hasOwn(SENTENCES, reason);
}

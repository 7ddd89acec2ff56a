import { refusalMessages } from '../../policy/refusal-messages.ts';

const SENTENCES: Readonly<Record<string, string>> = {
  ...refusalMessages,
  internal_error: 'Something went wrong on our side. Please try again in a few minutes.',
  email_not_verified: refusalMessages.unverified_email,
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
  return (isKnownReason(reason) ? SENTENCES[reason] : undefined) ?? NEUTRAL;
}

/** Whether a reason is one that the landing page has a sentence for. */
export function isKnownReason(reason: string | undefined): reason is string {
  return reason !== undefined && Object.hasOwn(SENTENCES, reason);
}

import { refusalMessages } from '../../policy/refusal-messages.ts';

const SENTENCES: Readonly<Record<string, string>> = {
  ...refusalMessages,
  internal_error: 'Something went wrong on our side. Please try again in a few minutes.',
  email_not_verified: refusalMessages.unverified_email,
  access_denied: 'The sign-in service did not let you in.',
};

const NEUTRAL = 'Your account may not use this application.';

/**
 * Returns the landing page's sentence for a refusal. Every site can write such an address, so an unknown code is never
 * repeated; its sentence fits every refusal.
 *
 * @param reason the `reason` of the landing page's address
 * @example refusalSentence('unverified_email')
 */
export function refusalSentence(reason: string | undefined): string {
  return (isKnownReason(reason) ? SENTENCES[reason] : undefined) ?? NEUTRAL;
}

/** Whether the landing page has a sentence for a reason. */
export function isKnownReason(reason: string | undefined): reason is string {
  return reason !== undefined && Object.hasOwn(SENTENCES, reason);
}

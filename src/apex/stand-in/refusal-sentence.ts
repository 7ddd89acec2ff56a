import { refusalMessages } from '../../policy/refusal-messages.ts';

const SENTENCES: Readonly<Record<string, string>> = {
  ...refusalMessages,
  internal_error: 'Something went wrong on our side. Please try again in a few minutes.',
  email_not_verified: refusalMessages.unverified_email,
  access_denied: 'The sign-in service did not let you in.',
};

const NEUTRAL = 'Your account may not use this application.';

/**
 * Returns the landing page's sentence for a refusal: of the rule that refuses if it has one, otherwise of the reason. Every site can write such an address, so an unknown code is never
 * repeated; its sentence fits every refusal.
 *
 * @param query the parameters `reason` and `rule` of the landing page's address
 * @param ruleSentences the sentences of rules, by name
 * @example refusalSentence(new Map([['reason', 'unverified_email']]))
 */
export function refusalSentence(
  query: Pick<ReadonlyMap<string, string>, 'get'> | Pick<URLSearchParams, 'get'>,
  ruleSentences: Readonly<Record<string, string>> = {},
): string {
  const reason = query.get('reason') ?? undefined;
  const rule = query.get('rule') ?? '';
  const ofRule = reason === 'refuse_rule' && Object.hasOwn(ruleSentences, rule) ? ruleSentences[rule] : undefined;
  if (ofRule !== undefined) return ofRule;
  return (isKnownReason(reason) ? SENTENCES[reason] : undefined) ?? NEUTRAL;
}

/** Whether the landing page has a sentence for a reason. */
export function isKnownReason(reason: string | undefined): reason is string {
  return reason !== undefined && Object.hasOwn(SENTENCES, reason);
}

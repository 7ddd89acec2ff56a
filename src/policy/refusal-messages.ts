import type { RefusalReason } from './decision.ts';

/**
 * Sentences that a refused user reads. Plain ASCII without double quotes or backslashes: Auth0 passes the sentence on as
 * `error_description`, and RFC 6749, section 4.1.2.1, allows nothing else there.
 */
export const refusalMessages: Readonly<Record<RefusalReason, string>> = {
  missing_email:
    'We could not find a usable e-mail address in your account. Please sign in with an account that has one.',
  unverified_email:
    'Your e-mail address has not been confirmed yet. Please open the link in the message we sent you, then sign in again.',
  refuse_rule: 'Your account may not use this application. Please ask its owner.',
  no_matching_rule:
    'Your account does not have access to this application. Please ask its owner, or sign in with another account.',
  assignment_failed: 'We could not finish setting up your access. Please try again in a few minutes.',
  roles_unknown: 'We could not check your access just now. Please try again in a few minutes.',
  refused_before: 'This sign-in was already turned down. Please start again from the application.',
};

/** The codes of all reasons, which no rule may have for its name. */
export const BUILT_IN_REASONS: ReadonlySet<string> = new Set([
  ...Object.keys(refusalMessages),
  'internal_error',
  'unguarded_application',
  'admit_rule',
  'otherwise',
  'organization_member',
  'default_role_holder',
  'organization_domain',
  'default_role',
  'unverified_email_admitted',
  'assignment_failed_admitted',
]);

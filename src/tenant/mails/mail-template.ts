import { type JsonObject, objectOf } from '../store/json-value.ts';
import type { Store } from '../store/store.ts';

/** The mails that the tenant sends, by the name of their template in the Management API. */
export type MailTemplateName =
  | 'verify_email'
  | 'welcome_email'
  | 'reset_email'
  | 'blocked_account'
  | 'mfa_oob_code'
  | 'user_invitation';

/** The template that an operator has stored for a mail and enabled; `undefined` if there is none: the mail has the tenant's own text. */
export function enabledTemplate(store: Store, name: MailTemplateName): JsonObject | undefined {
  const template = objectOf(store.records.find({ kind: '/email-templates/{templateName}' }, name)?.members.value);
  return template.enabled === true ? template : undefined;
}

/** Ten years in seconds; the published schema has no limit. */
const longestLifetime = 315_360_000;

/** Settings of a template for the link in its mail. */
export interface LinkSettings {
  /** The page that the browser is sent to after the link was used. */
  readonly resultUrl?: string;
  readonly includeEmailInRedirect: boolean;
  /** Seconds. */
  readonly lifetime?: number;
}

/**
 * Reads what the enabled template says about the link in its mail.
 *
 * @example
 * linkSettings(store, 'verify_email') // { includeEmailInRedirect: false, lifetime: 432000 }
 * @see https://auth0.com/docs/customize/email/email-templates
 */
export function linkSettings(store: Store, name: MailTemplateName): LinkSettings {
  const { resultUrl, includeEmailInRedirect, urlLifetimeInSeconds } = enabledTemplate(store, name) ?? {};
  return {
    ...(typeof resultUrl === 'string' && URL.canParse(resultUrl) && { resultUrl }),
    includeEmailInRedirect: includeEmailInRedirect === true,
    ...(typeof urlLifetimeInSeconds === 'number' &&
      urlLifetimeInSeconds > 0 && { lifetime: Math.min(urlLifetimeInSeconds, longestLifetime) }),
  };
}

import type { Policy } from '../policy/policy.ts';

/** The remedy if an unverified e-mail address may become a username in APEX. */
export const UNVERIFIED_NAME_REMEDY =
  'Set Username to sub in the authentication scheme, as portcullis apex writes it; or set unverifiedEmail to "refuse".';

/**
 * Warns of the risk in APEX if a policy lets in users with unverified addresses. The tenant does not know which value the
 * scheme uses as the username.
 *
 * @returns `undefined` for a policy that refuses them
 */
export function unverifiedNameWarning({ unverifiedEmail }: Policy): string | undefined {
  return unverifiedEmail === 'admit'
    ? 'The policy lets in users whose e-mail address is not verified. If the scheme in APEX uses the address as the username, a user who signs up with another person’s address becomes that :APP_USER.'
    : undefined;
}

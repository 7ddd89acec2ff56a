import type { Policy } from '../policy/policy.ts';

/** What to do if an address that nobody confirmed may become a name in APEX. */
export const UNVERIFIED_NAME_REMEDY =
  'Set Username to sub in the authentication scheme, as portcullis apex writes it; or set unverifiedEmail to "refuse".';

/**
 * What a policy that admits unverified addresses may mean in APEX. No tenant says what the scheme takes for the name.
 *
 * @returns `undefined` for a policy that refuses them
 */
export function unverifiedNameWarning({ unverifiedEmail }: Policy): string | undefined {
  return unverifiedEmail === 'admit'
    ? 'The policy admits people whose e-mail address is not verified. If the scheme in APEX takes the address for the username, whoever signs up with another’s address is that :APP_USER.'
    : undefined;
}

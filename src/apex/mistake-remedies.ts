/** Remedies for the classic mistakes, in the words of APEX's own pages; by the name of the mistake in the doctor and the stand-in. */
export const REMEDIES = {
  'post-logout-home':
    'Post-Logout URL: the address of a public page of this application, such as f?p=APP:SIGNED-OUT:0, which stands in the tenant as Allowed Logout URL.',
  'post-logout-substitution':
    'Post-Logout URL: the application by its number or alias, such as f?p=APP:SIGNED-OUT:0. Or an application item that holds the whole address, such as &AI_POST_LOGOUT_URL.',
  'landing-protected':
    'Page > Security > Authentication: Page Is Public, and no authorization scheme. Or name another landingPage.',
  'missing-callback':
    'Auth0 > Applications > the application > Settings > Allowed Callback URLs: add this address, letter by letter.',
  'verify-clash':
    'Verify Attributes: No, and leave e-mail verification to the Action: unverifiedEmail "refuse" in the policy, or Username: sub.',
  'groups-not-custom': 'Shared Components > Security Attributes > Source for Role or Group Schemes: Custom Code.',
  'invalid-session-protected':
    'Session Not Valid, Redirect to: URL, with the address of a public page that shows the reason.',
} as const;

/**
 * Returns the scope as APEX documents it: separated by commas, without `openid`, which APEX adds.
 *
 * @example commaSeparated('openid profile email') // 'profile,email'
 * @see Oracle APEX, Editing Social Sign-In, Scope
 */
export function commaSeparated(scope: string): string {
  const names = scope.split(/[\s,]+/).filter((one) => one !== '' && one !== 'openid');
  return names.join(',');
}

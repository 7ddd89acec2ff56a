/**
 * What an Action of the login may call, with its parameters. A test holds it against the types that the gate's own Action is
 * compiled with; `api.samlResponse` is left out, since this tenant speaks no SAML.
 *
 * @see Auth0 docs: Actions, "Post-login Triggers: API Object"
 */
export const loginMethods = {
  'access.deny': '(reason)',
  'accessToken.setCustomClaim': '(name, value)',
  'accessToken.addScope': '(scope)',
  'accessToken.removeScope': '(scope)',
  'authentication.challengeWith': '(factor, options?)',
  'authentication.challengeWithAny': '(factors)',
  'authentication.enrollWith': '(factor, options?)',
  'authentication.enrollWithAny': '(factors)',
  'authentication.recordMethod': '(providerUrl)',
  'authentication.setPrimaryUser': '(userId)',
  'cache.get': '(key)',
  'cache.set': '(key, value, options?)',
  'cache.delete': '(key)',
  'groups.getUserGroups': '(page?)',
  'groups.hasGroupMembership': '(groups)',
  'idToken.setCustomClaim': '(name, value)',
  'multifactor.enable': '(provider, options?)',
  'prompt.render': '(id, options?)',
  'redirect.canRedirect': '()',
  'redirect.encodeToken': '(options)',
  'redirect.sendUserTo': '(url, options?)',
  'redirect.validateToken': '(options)',
  'refreshToken.deleteMetadata': '(key)',
  'refreshToken.evictMetadata': '()',
  'refreshToken.revoke': '(reason?)',
  'refreshToken.setExpiresAt': '(absolute)',
  'refreshToken.setIdleExpiresAt': '(inactivity)',
  'refreshToken.setMetadata': '(key, value)',
  'roles.getUserEffectiveRoles': '(page?)',
  'roles.getUserEffectiveRolesByIds': '(ids)',
  'roles.getUserEffectiveRolesByNames': '(names)',
  'rules.wasExecuted': '(ruleId)',
  'session.deleteMetadata': '(key)',
  'session.evictMetadata': '()',
  'session.revoke': '(reason, options?)',
  'session.setCookieMode': '(mode)',
  'session.setExpiresAt': '(absolute)',
  'session.setIdleExpiresAt': '(inactivity)',
  'session.setMetadata': '(key, value)',
  'transaction.setMetadata': '(key, value)',
  'user.setAppMetadata': '(name, value)',
  'user.setUserMetadata': '(name, value)',
  'validation.error': '(code, message)',
} as const;

const cacheMethods = {
  'cache.get': loginMethods['cache.get'],
  'cache.set': loginMethods['cache.set'],
  'cache.delete': loginMethods['cache.delete'],
} as const;

const byTrigger: Readonly<Record<string, Readonly<Record<string, string>>>> = {
  'post-login': loginMethods,
  'credentials-exchange': {
    'access.deny': '(code, reason)',
    'accessToken.setCustomClaim': '(name, value)',
    'transaction.addTargetScope': '(scope)',
    'transaction.clearTargetScopes': '()',
    'transaction.removeTargetScope': '(scope)',
    'transaction.setTargetScopes': '(scopes)',
    ...cacheMethods,
  },
  'pre-user-registration': {
    'access.deny': '(reason, userMessage)',
    'user.setAppMetadata': '(name, value)',
    'user.setUserMetadata': '(name, value)',
    'validation.error': '(code, message)',
    ...cacheMethods,
  },
  'post-user-registration': cacheMethods,
  'post-change-password': cacheMethods,
};

/**
 * What an Action of a trigger may call, with its parameters; nothing where the trigger's Actions are not run here.
 *
 * @example
 * apiMethodsOf('pre-user-registration')['access.deny'] // '(reason, userMessage)'
 */
export function apiMethodsOf(trigger: string): Readonly<Record<string, string>> {
  return byTrigger[trigger] ?? {};
}

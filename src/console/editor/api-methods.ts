/**
 * Methods of `api` in a post-login Action, with their parameters. A test compares them with the types that the gate's own Action
 * is compiled with. `api.samlResponse` is missing because this tenant does not support SAML.
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
 * Methods of `api` for a trigger, with their parameters. Empty if this tenant does not run Actions of the trigger.
 *
 * @example
 * apiMethodsOf('pre-user-registration')['access.deny'] // '(reason, userMessage)'
 */
export function apiMethodsOf(trigger: string): Readonly<Record<string, string>> {
  return byTrigger[trigger] ?? {};
}

import type { PostLoginApi } from './action-api.ts';

/**
 * Puts the role names into both tokens, always as a list, even if it is empty or has one entry.
 *
 * Source: Auth0 docs, "Create Custom Claims": the name has to be a namespaced URL.
 */
export function setRoleClaim(claim: string, roles: readonly string[], api: PostLoginApi): void {
  api.idToken.setCustomClaim(claim, [...roles]);
  api.accessToken.setCustomClaim(claim, [...roles]);
}

import type { AdmitDecision } from '../policy/decision.ts';
import type { Policy } from '../policy/policy.ts';
import type { PostLoginApi } from './action-api.ts';

/**
 * Puts the role names into both tokens, always as a list, even if it is empty or has one entry. With the policy's
 * `reasonClaim`, also the rule that decided: the names of the rules, or the reason's code if the policy has no such rule.
 *
 * Source: Auth0 docs, "Create Custom Claims": the name has to be a namespaced URL.
 */
export function setClaims(
  { claim, reasonClaim }: Pick<Policy, 'claim' | 'reasonClaim'>,
  { reason, roles, rules }: AdmitDecision,
  api: PostLoginApi,
): void {
  for (const token of [api.idToken, api.accessToken]) {
    token.setCustomClaim(claim, [...roles]);
    if (reasonClaim !== undefined) token.setCustomClaim(reasonClaim, rules?.join(', ') ?? reason);
  }
}

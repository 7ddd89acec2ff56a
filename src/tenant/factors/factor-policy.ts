import type { Store } from '../store/store.ts';
import type { MultifactorRequest } from './factor-requests.ts';
import { independentFactors, isFactorEnabled, simulatedFactors } from './factor-settings.ts';

/**
 * The factors that the tenant's own policy requires at a login whose Actions say nothing about factors. The policy `all-applications` asks for any
 * factor, unless the browser is remembered. It has no effect until a factor is enabled that a user can have without another one.
 *
 * @param protocol `event.transaction.protocol` of the login; the exchange of a refresh token cannot ask
 * @returns nothing if the policy asks for no factor. Logins are not rated, so `confidence-score` asks for none.
 * @example
 * requestOfPolicy(store, 'oidc-basic-profile'); // { kind: 'require', factors: ['otp', 'email', 'recovery-code'], allowRememberBrowser: true }
 * @see Auth0 docs: "Enable Multi-Factor Authentication", "Define policies"; "Customize Multi-Factor Authentication Pages": what Actions
 * say about factors takes precedence.
 */
export function requestOfPolicy(store: Store, protocol: string): MultifactorRequest | undefined {
  if (protocol === 'oauth2-refresh-token') return undefined;
  const policies = store.records.find({ kind: '/guardian/policies' }, '')?.members.value;
  if (!Array.isArray(policies) || !policies.includes('all-applications')) return undefined;
  if (!independentFactors.some((name) => isFactorEnabled(store, name))) return undefined;
  return { kind: 'require', factors: simulatedFactors, allowRememberBrowser: true };
}

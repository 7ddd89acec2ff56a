import type { Store } from '../store/store.ts';
import type { SimulatedFactor } from './factor-requests.ts';

/** The factors that this tenant simulates, which are the ones that can be enabled. */
export const simulatedFactors: readonly SimulatedFactor[] = ['otp', 'email', 'recovery-code'];

const SETTING = 'guardian_factors';

/**
 * The factors that are enabled on the tenant. A new tenant has none, as on Auth0.
 *
 * @example
 * enabledFactors(store).has('otp');
 * @see Auth0 Management API: "Retrieve factors and multi-factor authentication details".
 */
export function enabledFactors(store: Store): ReadonlySet<SimulatedFactor> {
  const stored = store.settings.get(SETTING) as Partial<Record<SimulatedFactor, boolean>> | undefined;
  return new Set(simulatedFactors.filter((factor) => stored?.[factor] === true));
}

/**
 * Enables or disables a factor. Enrolled users stay enrolled.
 *
 * @example
 * enableFactor(store, 'otp', true);
 */
export function enableFactor(store: Store, factor: SimulatedFactor, enabled: boolean): void {
  store.transaction(() => {
    const others = [...enabledFactors(store)].filter((other) => other !== factor);
    store.settings.set(
      SETTING,
      Object.fromEntries([...others, ...(enabled ? [factor] : [])].map((name) => [name, true])),
    );
  });
}

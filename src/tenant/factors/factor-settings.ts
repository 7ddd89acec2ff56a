import type { Store } from '../store/store.ts';
import type { SimulatedFactor } from './factor-requests.ts';

/** The factors that this tenant simulates, which are the ones that can be enabled. */
export const simulatedFactors: readonly SimulatedFactor[] = ['otp', 'email', 'recovery-code'];

/** Factors that a user can have without another one. */
export const independentFactors: readonly string[] = ['sms', 'push-notification', 'otp', 'duo', 'webauthn-roaming'];

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

/** A factor that no page of the tenant can ask for: it is stored whether it is enabled. */
const keptFactor = (name: string): string => `guardian factor ${name}`;

/**
 * Whether a factor is enabled, by its name in the Management API, even one that is not simulated.
 *
 * @example
 * isFactorEnabled(store, 'sms');
 */
export function isFactorEnabled(store: Store, name: string): boolean {
  const simulated = simulatedFactors.find((factor) => factor === name);
  return simulated === undefined ? store.settings.get(keptFactor(name)) === true : enabledFactors(store).has(simulated);
}

/**
 * Enables or disables a factor. Enrolled users stay enrolled.
 *
 * @example
 * enableFactor(store, 'otp', true);
 */
export function enableFactor(store: Store, name: string, enabled: boolean): void {
  const factor = simulatedFactors.find((one) => one === name);
  if (factor === undefined) {
    store.settings.set(keptFactor(name), enabled);
    return;
  }
  store.transaction(() => {
    const others = [...enabledFactors(store)].filter((other) => other !== factor);
    store.settings.set(
      SETTING,
      Object.fromEntries([...others, ...(enabled ? [factor] : [])].map((name) => [name, true])),
    );
  });
}

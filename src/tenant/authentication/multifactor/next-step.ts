import { addressForCodes, enrolledFactors, ownFactors } from '../../factors/enrolled-factors.ts';
import type { FactorRequest, SimulatedFactor } from '../../factors/factor-requests.ts';
import {
  enabledFactors,
  independentFactors,
  isFactorEnabled,
  simulatedFactors,
} from '../../factors/factor-settings.ts';
import type { UserRecord } from '../../store/records/users/user-row.ts';
import type { Store } from '../../store/store.ts';

/** One way in which the user can meet a request. */
export interface Offer {
  readonly mode: 'challenge' | 'enroll';
  readonly factor: SimulatedFactor;
}

/** The next step for one request of an Action. */
export type NextStep =
  /** The request was already met in this login, or this browser is remembered. */
  | { readonly kind: 'met' }
  | {
      readonly kind: 'ask';
      /** At least one offer. The user sees the page of the first one. */
      readonly offers: readonly [Offer, ...Offer[]];
      /** Whether the user first chooses one of the offers. */
      readonly choose: boolean;
      /** Whether this browser may be remembered afterwards. */
      readonly rememberable: boolean;
    }
  | { readonly kind: 'impossible'; readonly reason: string };

/** Factors that Auth0 has and this tenant does not simulate. */
const NOT_SIMULATED = new Set(['phone', 'push', 'push-notification', 'webauthn-roaming', 'webauthn-platform']);

/** Auth0's message if no factor is left to ask for. */
const NOTHING_ENABLED = 'No MFA factors enabled for enrollment';

/** The data with which a request is evaluated. */
export interface StepContext {
  readonly user: UserRecord;
  /** Factors that the user has passed or enrolled in during this login. */
  readonly passed: ReadonlySet<string>;
  /** Whether this browser is still remembered for the user. */
  readonly remembered: boolean;
}

/**
 * Decides the next step for a request of an Action. A factor is left out if it is not enabled on the tenant, if a
 * challenge needs an enrolment that the user does not have, or if the user is to enrol and is enrolled already. If no
 * factor is left, the login cannot continue.
 *
 * @example
 * nextStep(store, { kind: 'challenge', factors: ['otp'], choose: false }, { user, passed: new Set(), remembered: false });
 * @see Auth0 docs: "Actions Triggers: post-login - API Object"; "Customize MFA Selection for Universal Login"; "Customize MFA
 * Enrollments for Universal Login"; "Configure Email Notifications for MFA".
 */
export function nextStep(store: Store, request: FactorRequest, context: StepContext): NextStep {
  if (request.kind === 'require') return requiredStep(store, request, context);
  const { user, passed } = context;
  const mode = request.kind;
  const usable = simulatedOf(request.factors).filter(
    (factor) => (mode === 'enroll' && passed.has(factor)) || isUsable(store, user, { mode, factor }),
  );
  if (usable.length === 0) return { kind: 'impossible', reason: unusableReason(store, request) };
  const offers = usable.filter((factor) => !passed.has(factor)).map((factor) => ({ mode, factor }));
  return ask(offers, request.choose, false) ?? { kind: 'met' };
}

function requiredStep(
  store: Store,
  request: Extract<FactorRequest, { kind: 'require' }>,
  { user, passed, remembered }: StepContext,
): NextStep {
  if (passed.size > 0) return { kind: 'met' };
  const challenges = request.factors
    .map((factor): Offer => ({ mode: 'challenge', factor }))
    .filter((offer) => isUsable(store, user, offer));
  // A user without usable factors must enrol again, even in a remembered browser.
  if (remembered && request.allowRememberBrowser && challenges.length > 0) return { kind: 'met' };
  const own = ownFactors(store, user).filter((factor) => factor !== 'recovery-code');
  // If the user has enrolled a factor, offer no new enrolment: an attacker with the password could use it.
  if (challenges.some(({ factor }) => own.includes(factor))) return askOrFail(store, challenges, request);
  const notSimulated = own.find((factor) => NOT_SIMULATED.has(factor));
  if (notSimulated !== undefined) {
    const reason = `The user is enrolled in "${notSimulated}", which is not simulated by this tenant. On Auth0 it would be asked for.`;
    return { kind: 'impossible', reason };
  }
  // E-mail is an alternative for users without an app, so the app comes first.
  const enrolment: Offer = { mode: 'enroll', factor: 'otp' };
  const enrolments = request.factors.includes('otp') && isUsable(store, user, enrolment) ? [enrolment] : [];
  return askOrFail(store, [...enrolments, ...challenges], request);
}

function askOrFail(
  store: Store,
  offers: readonly Offer[],
  { allowRememberBrowser }: { readonly allowRememberBrowser: boolean },
): NextStep {
  return ask(offers, false, allowRememberBrowser) ?? { kind: 'impossible', reason: noFactorReason(store) };
}

function noFactorReason(store: Store): string {
  const enabled = independentFactors.filter((name) => isFactorEnabled(store, name));
  if (enabled.length === 0 || enabled.includes('otp')) return NOTHING_ENABLED;
  const names = enabled.map((name) => `"${name}"`).join(', ');
  return `A factor is required, and this tenant simulates none of those that are enabled: ${names}. Enable "otp" as well.`;
}

function ask(offers: readonly Offer[], choose: boolean, rememberable: boolean): NextStep | undefined {
  const [first, ...others] = offers;
  if (first === undefined) return undefined;
  return { kind: 'ask', offers: [first, ...others], choose: choose && others.length > 0, rememberable };
}

function simulatedOf(factors: readonly string[]): SimulatedFactor[] {
  return factors.flatMap((name) => simulatedFactors.find((factor) => factor === name) ?? []);
}

function isUsable(store: Store, user: UserRecord, { mode, factor }: Offer): boolean {
  if (!enabledFactors(store).has(factor)) return false;
  if (mode === 'challenge') {
    if (factor === 'email') return addressForCodes(store, user) !== undefined;
    return enrolledFactors(store, user).includes(factor);
  }
  return factor !== 'email' && !enrolledFactors(store, user).includes(factor);
}

function unusableReason(store: Store, request: Extract<FactorRequest, { kind: 'challenge' | 'enroll' }>): string {
  const { kind, factors } = request;
  const enabled = enabledFactors(store);
  const reasons = factors.map((name) => {
    if (NOT_SIMULATED.has(name)) return `"${name}" is not simulated by this tenant. On Auth0 it would be asked for`;
    const factor = simulatedFactors.find((candidate) => candidate === name);
    if (factor === undefined) return `"${name}" is not a factor`;
    if (!enabled.has(factor)) return `"${name}" is not enabled on the tenant`;
    if (kind === 'challenge') return `the user is not enrolled in "${name}"`;
    return factor === 'email' ? 'users do not enrol in "email"' : `the user is already enrolled in "${name}"`;
  });
  const what = kind === 'challenge' ? 'asks for a factor' : 'has the user enrol in a factor';
  const why = reasons.length === 0 ? 'and names none' : `and none can be used: ${reasons.join('; ')}`;
  return `An Action ${what} ${why}.`;
}

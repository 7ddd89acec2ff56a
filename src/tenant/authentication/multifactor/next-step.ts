import { addressForCodes, enrolledFactors, ownFactors } from '../../factors/enrolled-factors.ts';
import type { FactorRequest, SimulatedFactor } from '../../factors/factor-requests.ts';
import { enabledFactors, simulatedFactors } from '../../factors/factor-settings.ts';
import type { UserRecord } from '../../store/records/users/user-row.ts';
import type { Store } from '../../store/store.ts';

/** One way in which the person can meet what is asked. */
export interface Offer {
  readonly mode: 'challenge' | 'enroll';
  readonly factor: SimulatedFactor;
}

/** What is to be done about one request of an Action. */
export type NextStep =
  /** It was met in this login already, or this browser is remembered. */
  | { readonly kind: 'met' }
  | {
      readonly kind: 'ask';
      /** At least one; the first is the one that the person is shown. */
      readonly offers: readonly [Offer, ...Offer[]];
      /** Whether the person chooses one before anything else. */
      readonly choose: boolean;
      /** Whether this browser may be remembered afterwards. */
      readonly rememberable: boolean;
    }
  | { readonly kind: 'impossible'; readonly reason: string };

/** Factors that Auth0 has and this tenant has no way to ask for. */
const NOT_SIMULATED = new Set(['phone', 'push', 'push-notification', 'webauthn-roaming', 'webauthn-platform']);

/** What Auth0 says where nothing is left that could be asked for. */
const NOTHING_ENABLED = 'No MFA factors enabled for enrollment';

/** What stands beside a request when it is looked at. */
export interface Standing {
  readonly user: UserRecord;
  /** Factors that the person was asked for, or enrolled in, in this same login. */
  readonly passed: ReadonlySet<string>;
  /** Whether this browser was remembered for the user, and that still counts. */
  readonly remembered: boolean;
}

/**
 * What a request of an Action comes to. A factor that is not enabled on the tenant, or that the user is not enrolled in (or is
 * enrolled in already, where they are to enrol), is left out; where none is left, the login cannot go on.
 *
 * @example
 * nextStep(store, { kind: 'challenge', factors: ['otp'], choose: false }, { user, passed: new Set(), remembered: false });
 * @see Auth0 docs: "Actions Triggers: post-login - API Object"; "Customize MFA Selection for Universal Login"; "Customize MFA
 * Enrollments for Universal Login"; "Configure Email Notifications for MFA".
 */
export function nextStep(store: Store, request: FactorRequest, standing: Standing): NextStep {
  if (request.kind === 'require') return required(store, request, standing);
  const { user, passed } = standing;
  const mode = request.kind;
  const usable = simulatedOf(request.factors).filter(
    (factor) => (mode === 'enroll' && passed.has(factor)) || isUsable(store, user, { mode, factor }),
  );
  if (usable.length === 0) return { kind: 'impossible', reason: whyNot(store, request) };
  const left = usable.filter((factor) => !passed.has(factor)).map((factor) => ({ mode, factor }));
  return ask(left, request.choose, false) ?? { kind: 'met' };
}

function required(
  store: Store,
  request: Extract<FactorRequest, { kind: 'require' }>,
  { user, passed, remembered }: Standing,
): NextStep {
  if (passed.size > 0) return { kind: 'met' };
  const challenges = request.factors
    .map((factor): Offer => ({ mode: 'challenge', factor }))
    .filter((offer) => isUsable(store, user, offer));
  // Whoever has lost what they were enrolled in is to enrol again, in a remembered browser as well.
  if (remembered && request.allowRememberBrowser && challenges.length > 0) return { kind: 'met' };
  const own = ownFactors(store, user).filter((factor) => factor !== 'recovery-code');
  // Whoever knows the password alone is not to enrol in the place of what its owner is enrolled in.
  if (challenges.some(({ factor }) => own.includes(factor))) return offered(challenges, request);
  const strange = own.find((factor) => NOT_SIMULATED.has(factor));
  if (strange !== undefined) {
    const reason = `The user is enrolled in "${strange}", which is not simulated by this tenant. On Auth0 it would be asked for.`;
    return { kind: 'impossible', reason };
  }
  // Mail is a way out for whoever has no app at hand, not the first thing to be asked for.
  const enrolment: Offer = { mode: 'enroll', factor: 'otp' };
  const enrolments = request.factors.includes('otp') && isUsable(store, user, enrolment) ? [enrolment] : [];
  return offered([...enrolments, ...challenges], request);
}

function offered(
  offers: readonly Offer[],
  { allowRememberBrowser }: { readonly allowRememberBrowser: boolean },
): NextStep {
  return ask(offers, false, allowRememberBrowser) ?? { kind: 'impossible', reason: NOTHING_ENABLED };
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

function whyNot(store: Store, request: Extract<FactorRequest, { kind: 'challenge' | 'enroll' }>): string {
  const { kind, factors } = request;
  const enabled = enabledFactors(store);
  const reasons = factors.map((name) => {
    if (NOT_SIMULATED.has(name)) return `"${name}" is not simulated by this tenant. On Auth0 it would be asked for`;
    const factor = simulatedFactors.find((one) => one === name);
    if (factor === undefined) return `"${name}" is no factor`;
    if (!enabled.has(factor)) return `"${name}" is not enabled on the tenant`;
    if (kind === 'challenge') return `the user is not enrolled in "${name}"`;
    return factor === 'email' ? 'nobody enrols in "email"' : `the user is enrolled in "${name}" already`;
  });
  const what = kind === 'challenge' ? 'asks for a factor' : 'has the user enrol in a factor';
  const why = reasons.length === 0 ? 'and names none' : `and none can be used: ${reasons.join('; ')}`;
  return `An Action ${what} ${why}.`;
}

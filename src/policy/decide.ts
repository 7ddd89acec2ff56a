//! The policy's decision: whether a user may enter, and with which roles.
import { holds } from './compiled-condition.ts';
import { type CompiledRules, compiledRules } from './compiled-rules.ts';
import type { AdmissionReason, AdmitDecision, Decision, RefusalReason, RefuseDecision } from './decision.ts';
import { type Doubt, type KnownFacts, knownFacts, reasonOfDoubt, withoutAddress } from './known-facts.ts';
import type { NormalAdmitRule, ShortRuleReason } from './normal-form.ts';
import type { Policy } from './policy.ts';
import { refusalMessages } from './refusal-messages.ts';
import type { Visitor } from './visitor.ts';

/** Reasons by rank: the first one whose rule fits is reported. */
const SHORT_RULES: readonly ShortRuleReason[] = ['organization_member', 'default_role_holder', 'organization_domain'];

/**
 * Decides whether a visitor may enter, and with which roles. Pure and total: the same policy and visitor always give the
 * same decision, regardless of the order of rules and of roles, and every visitor gets exactly one decision:
 *
 * 1. The application is not guarded: ignore.
 * 2. No usable or no verified e-mail address, and the policy refuses those: refuse.
 * 3. A `refuse` rule fits: refuse, whatever else holds.
 * 4. `admit` rules fit: admit, and assign the roles of all of them. The short fields of a policy are such rules
 *    ({@link normalForm}).
 * 5. None fits, and the address is verified: as the policy's `otherwise` says.
 * 6. Refuse.
 *
 * A condition on a field that is not known of the visitor does not fit; in an `admit` rule its opposite does not fit either.
 *
 * @param policy as the configuration's parser returns it
 * @param visitor with all roles held; if they could not be read, call {@link decideWithUnknownRoles}
 * @example
 * decide(policy, { application: 'b1Xk…', email: 'ann@water.example', emailVerified: true, roles: [] })
 * // { outcome: 'admit', reason: 'organization_domain', assign: ['ORG:WATER'], roles: ['ORG:WATER'] }
 */
export function decide(policy: Policy, visitor: Visitor): Decision {
  const ruling = prepare(policy, visitor, true);
  if ('outcome' in ruling) return ruling;
  const { rules, facts, unproven } = ruling;
  if (unproven !== undefined && policy.unverifiedEmail === 'admit') {
    return admission(visitor.roles, 'unverified_email_admitted');
  }

  const fitting = rules.admit.filter(({ fits }) => fits(facts, undefined) === true).map(({ rule }) => rule);
  if (fitting.length > 0) return admissionByRules(fitting, visitor);
  if (unproven !== undefined) return refusalFor(unproven);
  if (rules.otherwise === undefined) return refusalFor('no_matching_rule');
  return admission(visitor.roles, rules.otherwise.reason, rules.otherwise.roles);
}

/**
 * Decides about a visitor whose role could not be assigned. As the policy's `onFailure` says, the visitor is refused, or
 * admitted with the roles held before. A visitor who needed no role gets the decision of {@link decide}, so a call at
 * the wrong moment admits no visitor.
 *
 * @example decideAfterFailedAssignment({ ...policy, onFailure: 'refuse' }, visitor).outcome // 'refuse'
 */
export function decideAfterFailedAssignment(policy: Policy, visitor: Visitor): Decision {
  const decision = decide(policy, visitor);
  if (decision.outcome !== 'admit' || decision.assign.length === 0) return decision;
  if (policy.onFailure !== 'admit') return refusalFor('assignment_failed');
  return withFactor(admission(visitor.roles, 'assignment_failed_admitted'), decision.mfa === true);
}

/**
 * Decides about a visitor whose roles could not be read. The roles that the visitor claims to hold are ignored. With
 * `onFailure: 'admit'`, a visitor who would be admitted whatever roles they hold is admitted: the claim is empty, and no
 * role is assigned. Every other visitor is refused, since only a role might have admitted them, or refused them.
 *
 * @example decideWithUnknownRoles({ ...policy, onFailure: 'refuse' }, visitor).outcome // 'refuse'
 */
export function decideWithUnknownRoles(policy: Policy, visitor: Visitor): Decision {
  const ruling = prepare(policy, visitor, false);
  if ('outcome' in ruling) return ruling;
  if (policy.onFailure !== 'admit') return refusalFor('roles_unknown');
  const { rules, facts, unproven } = ruling;
  const admitted = (needsFactor: boolean) => withFactor(admission([], 'assignment_failed_admitted'), needsFactor);
  if (unproven !== undefined && policy.unverifiedEmail === 'admit') return admitted(false);

  const answers = rules.admit.map(({ rule, fits }) => ({ asks: rule.mfa === true, truth: fits(facts, undefined) }));
  const certain = answers.filter(({ truth }) => truth === true);
  const factorIsDone = visitor.mfa === true;
  if (certain.length > 0) return admitted(!factorIsDone && certain.every(({ asks }) => asks));
  if (unproven !== undefined || rules.otherwise === undefined) return refusalFor('roles_unknown');
  // Either `otherwise` admits the visitor, or a rule that asks for a factor.
  return admitted(!factorIsDone && answers.some(({ asks, truth }) => asks && truth === undefined));
}

/**
 * Refuses a login that is resumed after it was refused.
 *
 * Source: Auth0 docs, "Redirect with Actions": any holder of the `state` can resume a login at `/continue`, and the
 * Action then answers in `onContinuePostLogin`.
 *
 * @example refuseAgain().reason // 'refused_before'
 */
export function refuseAgain(): RefuseDecision {
  return refusalFor('refused_before');
}

/** The rules, and what they may know of a visitor that no `refuse` rule keeps outside. */
interface Ruling {
  readonly rules: CompiledRules;
  readonly facts: KnownFacts;
  /** The reason why the e-mail address counts as unknown; `undefined` for a verified one. */
  readonly unproven: Doubt | undefined;
}

function prepare(policy: Policy, visitor: Visitor, rolesAreKnown: boolean): Ruling | Decision {
  if (!policy.applications.includes(visitor.application)) {
    return { outcome: 'ignore', reason: 'unguarded_application' };
  }
  const rules = compiledRules(policy);
  const known = knownFacts(visitor, rules.namedAddresses.size > 0);
  const facts = rolesAreKnown ? known : { ...known, roles: undefined };
  const unproven = reasonOfDoubt(visitor, facts);
  if (unproven !== undefined && policy.unverifiedEmail === 'refuse') return refusalFor(unproven);

  // An address that is only claimed counts where that refuses, and does not count where that refuses.
  const readings = unproven === undefined ? [facts] : [facts, withoutAddress(facts)];
  let isUncertain = false;
  for (const { rule, fits } of rules.refuse) {
    const truths = readings.map((reading) => fits(reading, false));
    if (truths.includes(true)) return refuseByRule(rule.rule, rule.because);
    isUncertain ||= truths.includes(undefined);
  }
  return isUncertain ? refusalFor('roles_unknown') : { rules, facts: readings.at(-1) ?? facts, unproven };
}

/**
 * Admits a visitor by the rules that fit, at least one.
 *
 * @example admissionByRules([{ rule: 'staff', when: {}, roles: ['Staff'] }], visitor).assign // ['Staff']
 */
export function admissionByRules(
  fitting: readonly NormalAdmitRule[],
  visitor: Pick<Visitor, 'roles' | 'mfa'>,
): AdmitDecision {
  const gives = (rules: readonly NormalAdmitRule[]) =>
    rules.flatMap(({ roles, unlessHolding }) =>
      unlessHolding !== undefined && holds(visitor.roles, unlessHolding) ? [] : roles,
    );
  const written = fitting.filter((rule) => rule.reason === undefined).map(({ rule }) => rule);
  const reason = SHORT_RULES.find((one) => fitting.some((rule) => rule.reason === one));
  const decided = admission(
    visitor.roles,
    written.length > 0 ? 'admit_rule' : (reason ?? 'admit_rule'),
    gives(fitting),
  );
  const decision = written.length === 0 ? decided : { ...decided, rules: [...new Set(written)].sort() };

  // The factor is asked for if leaving out the rules that ask for it would make a difference.
  const free = fitting.filter(({ mfa }) => mfa !== true);
  const freely = new Set(gives(free));
  const makesDifference = free.length === 0 || gives(fitting).some((role) => !freely.has(role));
  return withFactor(decision, makesDifference && visitor.mfa !== true);
}

function admission(held: readonly string[], reason: AdmissionReason, given: readonly string[] = []): AdmitDecision {
  const assign = [...new Set(given)].filter((role) => !held.includes(role)).sort();
  return { outcome: 'admit', reason, assign, roles: [...new Set([...held, ...assign])].sort() };
}

function withFactor(decision: AdmitDecision, isNeeded: boolean): AdmitDecision {
  return isNeeded ? { ...decision, mfa: true } : decision;
}

function refusalFor(reason: RefusalReason): RefuseDecision {
  return { outcome: 'refuse', reason, message: refusalMessages[reason] };
}

function refuseByRule(rule: string, because: string | undefined): RefuseDecision {
  return { ...refusalFor('refuse_rule'), rule, ...(because === undefined ? {} : { message: because }) };
}

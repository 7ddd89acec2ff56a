//! The outcome of a login before it happens: let in, refused, or dependent on what only a login shows.
import type { FactName } from './compiled-condition.ts';
import { type CompiledRule, compiledRules } from './compiled-rules.ts';
import { admissionByRules } from './decide.ts';
import type { AdmissionReason, RefusalReason } from './decision.ts';
import { type KnownFacts, knownFacts, reasonOfDoubt, withoutAddress, withUnmatchedAddress } from './known-facts.ts';
import type { NormalAdmitRule } from './normal-form.ts';
import type { Policy, RefuseRule } from './policy.ts';
import type { Visitor } from './visitor.ts';

/** A reason why an outcome is open: a field of the login, or a second factor. */
export type Dependency = FactName | 'mfa';

/** The names of fields of a login, as the policy has them. */
const DEPENDENCY_NAMES: Readonly<Record<Dependency, string>> = {
  address: 'e-mail address',
  domain: 'e-mail domain',
  application: 'application',
  connection: 'connection',
  organization: 'organization',
  groups: 'group',
  roles: 'roles',
  appMetadata: 'app_metadata',
  country: 'country',
  ip: 'network',
  at: 'date',
  mfa: 'factor',
};

/** The outcome of a user's next login, as far as it is known. */
export type Outlook =
  | { readonly outcome: 'ignore' }
  | {
      readonly outcome: 'admit';
      readonly reason: AdmissionReason;
      /** Names of the roles that every such login assigns. */
      readonly assign: readonly string[];
    }
  | { readonly outcome: 'refuse'; readonly reason: RefusalReason }
  | {
      readonly outcome: 'depends';
      /** In alphabetical order. */
      readonly on: readonly Dependency[];
    };

/** A user as a directory knows them. The application is left out if it does not matter which guarded one it is. */
export type ExpectedVisitor = Omit<Visitor, 'application'> & { readonly application?: string };

/**
 * Says what becomes of a user at the next login, with what is known now. Whatever the unknown fields turn out to be,
 * `decide` then admits a user with the outlook `admit`, without a factor, and refuses a user with the outlook `refuse`.
 *
 * @param visitor what is left out is not known yet; that a user has no organization, no group or no metadata is to be said
 * @example outlook(policy, { email: 'ann@water.example', emailVerified: true, roles: [] }) // { outcome: 'depends', on: ['ip'] }
 */
export function outlook(policy: Policy, visitor: ExpectedVisitor): Outlook {
  if (visitor.application !== undefined && !policy.applications.includes(visitor.application)) {
    return { outcome: 'ignore' };
  }
  const rules = compiledRules(policy);
  const facts = knownFacts(visitor, rules.namedAddresses.size > 0);
  const unproven = reasonOfDoubt(visitor, facts);
  if (unproven !== undefined && policy.unverifiedEmail === 'refuse') return { outcome: 'refuse', reason: unproven };

  const readings = unproven === undefined ? [facts] : [facts, withoutAddress(facts)];
  const on = new Set<Dependency>();
  for (const rule of rules.refuse) {
    const truths = readings.map((reading) => rule.fits(withUnmatchedAddress(reading), undefined));
    if (truths.includes(true)) return { outcome: 'refuse', reason: 'refuse_rule' };
    if (truths.includes(undefined)) addUnknown(rule, facts, on);
  }
  const depends = (): Outlook => ({ outcome: 'depends', on: [...on].sort() });
  if (unproven !== undefined && policy.unverifiedEmail === 'admit') {
    return on.size > 0 ? depends() : { outcome: 'admit', reason: 'unverified_email_admitted', assign: [] };
  }
  return outlookOfAdmission(policy, visitor, readings.at(-1) ?? facts, unproven, on) ?? depends();
}

/** @returns `undefined` if it depends on what is now in `on` */
function outlookOfAdmission(
  policy: Policy,
  visitor: ExpectedVisitor,
  facts: KnownFacts,
  unproven: RefusalReason | undefined,
  on: Set<Dependency>,
): Outlook | undefined {
  const rules = compiledRules(policy);
  const certain: NormalAdmitRule[] = [];
  const possible: CompiledRule<NormalAdmitRule>[] = [];
  for (const rule of rules.admit) {
    const truth = rule.fits(facts, undefined);
    if (truth === true) certain.push(rule.rule);
    if (truth === undefined && mayStillFit(rule, facts)) possible.push(rule);
  }
  const otherwise = unproven === undefined ? rules.otherwise : undefined;
  if (certain.length === 0 && possible.length === 0 && otherwise === undefined) {
    return { outcome: 'refuse', reason: unproven ?? 'no_matching_rule' };
  }
  if (certain.length === 0 && otherwise === undefined) for (const rule of possible) addUnknown(rule, facts, on);
  // A rule that asks for a factor and gives a role is a reason to ask, whatever other rules fit.
  const asking = possible.filter(({ rule }) => rule.mfa === true && (rule.roles.length > 0 || certain.length === 0));
  for (const rule of asking) addUnknown(rule, facts, on);
  const admission = certain.length === 0 ? undefined : admissionByRules(certain, visitor);
  if (admission?.mfa === true) on.add('mfa');
  if (on.size > 0) return undefined;
  if (admission !== undefined) return { outcome: 'admit', reason: admission.reason, assign: admission.assign };
  if (otherwise === undefined) return undefined;
  const missing = otherwise.roles.filter((role) => !visitor.roles.includes(role));
  // A rule that may still fit would give its own roles instead.
  return { outcome: 'admit', reason: otherwise.reason, assign: possible.length > 0 ? [] : missing };
}

/** Whether a field that only the login shows may make a rule fit. An address that does not count never does. */
function mayStillFit(rule: CompiledRule<NormalAdmitRule>, facts: KnownFacts): boolean {
  return openFields(rule, facts).length > 0 && rule.fits(withUnmatchedAddress(facts), undefined) !== false;
}

/** The fields that only the login shows. The address is not among them: it is known, even if there is none. */
function openFields({ uses }: Pick<CompiledRule<unknown>, 'uses'>, facts: KnownFacts): FactName[] {
  return [...uses].filter((name) => name !== 'address' && name !== 'domain' && facts[name] === undefined);
}

function addUnknown(
  compiled: CompiledRule<RefuseRule | NormalAdmitRule>,
  facts: KnownFacts,
  on: Set<Dependency>,
): void {
  const { rule } = compiled;
  for (const name of openFields(compiled, facts)) on.add(name);
  if ('mfa' in rule && rule.mfa === true) on.add('mfa');
}

/**
 * Names the fields of a login that an outcome depends on, as the policy does.
 *
 * @example describeDependencies(['ip', 'country']) // 'country, network'
 */
export function describeDependencies(on: readonly Dependency[]): string {
  return on
    .map((one) => DEPENDENCY_NAMES[one])
    .sort()
    .join(', ');
}

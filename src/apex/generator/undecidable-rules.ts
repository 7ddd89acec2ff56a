import type { AdmitRule, Condition, Policy, RefuseRule } from '../../policy/policy.ts';
import { Problem } from '../../problem/problem.ts';

/** A rule that asks for what no token says. */
export interface UndecidableRule {
  /** Such as `refuse "office only"`. */
  readonly part: string;
  /** The fields of the rule that no token has, as the policy names them. */
  readonly needs: readonly string[];
}

/** The id of an organization. An ID token carries it; the name only if the tenant is set to. */
const ORGANIZATION_ID = /^org_[A-Za-z0-9]{16}$/;

/**
 * Returns the rules of a policy that the database cannot decide: it knows what the ID token says, and its own clock.
 *
 * Source: Auth0 docs, "ID Token Structure", and "Work with Tokens and Organizations" (`org_id`).
 *
 * @example undecidableRules(policy) // [{ part: 'admit "staff"', needs: ['network'] }]
 */
export function undecidableRules({ refuse = [], admit = [] }: Policy): UndecidableRule[] {
  const parts = [...refuse.map((rule) => partOf('refuse', rule)), ...admit.map((rule) => partOf('admit', rule))];
  return parts.filter(({ needs }) => needs.length > 0);
}

/**
 * Refuses a policy that the database cannot decide.
 *
 * @throws {Problem} `apex_rules_undecidable`
 */
export function assertDecidable(policy: Policy): void {
  const rules = undecidableRules(policy);
  if (rules.length === 0) return;
  throw new Problem(
    'apex_rules_undecidable',
    `The database cannot decide these rules, since no token says what they ask for: ${rules.map(describeUndecidable).join(', ')}.`,
  );
}

/** @example describeUndecidable({ part: 'admit "staff"', needs: ['network'] }) // 'admit "staff" (network)' */
export function describeUndecidable({ part, needs }: UndecidableRule): string {
  return `${part} (${needs.join(', ')})`;
}

function partOf(kind: 'refuse' | 'admit', rule: RefuseRule | AdmitRule): UndecidableRule {
  const needs = unknownFields(rule.when);
  if ('mfa' in rule && rule.mfa === true) needs.push('mfa');
  return { part: `${kind} ${JSON.stringify(rule.rule)}`, needs: [...new Set(needs)] };
}

function unknownFields({ organization = [], not = [], anyOf = [], ...condition }: Condition): string[] {
  const fields = (['connection', 'group', 'appMetadata', 'country', 'network'] as const).filter(
    (name) => condition[name] !== undefined,
  );
  const named = organization.some((value) => !ORGANIZATION_ID.test(value)) ? ['organization by its name'] : [];
  return [...fields, ...named, ...[...not, ...anyOf].flatMap(unknownFields)];
}

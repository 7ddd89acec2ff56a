import { type CompiledCondition, compileCondition, type FactName } from './compiled-condition.ts';
import { type NormalAdmitRule, normalForm, type Otherwise } from './normal-form.ts';
import type { Condition, Policy, RefuseRule } from './policy.ts';

/** A rule that is ready to decide. */
export interface CompiledRule<Rule> {
  readonly rule: Rule;
  readonly fits: CompiledCondition;
  /** The fields of a visitor that it looks at. */
  readonly uses: ReadonlySet<FactName>;
}

export interface CompiledRules {
  /** By name, so that the answer does not depend on the order in the policy. */
  readonly refuse: readonly CompiledRule<RefuseRule>[];
  readonly admit: readonly CompiledRule<NormalAdmitRule>[];
  readonly otherwise: Otherwise | undefined;
  /** All fields of a visitor that the rules look at. */
  readonly uses: ReadonlySet<FactName>;
  /** All e-mail addresses that the rules name. */
  readonly namedAddresses: ReadonlySet<string>;
  /** All conditions of the rules, those within others included. */
  readonly conditions: readonly Condition[];
}

const compiledPolicies = new WeakMap<Policy, CompiledRules>();

/**
 * Returns the rules of a policy, ready to decide. They are compiled once for each policy.
 *
 * @example compiledRules(policy).admit.filter(({ uses }) => uses.has('ip'))
 */
export function compiledRules(policy: Policy): CompiledRules {
  const former = compiledPolicies.get(policy);
  if (former !== undefined) return former;
  const { refuse, admit, otherwise } = normalForm(policy);
  const compiled = { refuse: refuse.map(compileRule).sort(byName), admit: admit.map(compileRule), otherwise };
  const conditions = [...refuse, ...admit].flatMap(({ when }) => withInner(when));
  const result = {
    ...compiled,
    uses: new Set([...compiled.refuse, ...compiled.admit].flatMap(({ uses }) => [...uses])),
    namedAddresses: new Set(conditions.flatMap(({ email = [] }) => email)),
    conditions,
  };
  compiledPolicies.set(policy, result);
  return result;
}

function compileRule<Rule extends RefuseRule | NormalAdmitRule>(rule: Rule): CompiledRule<Rule> {
  const uses = new Set<FactName>();
  return { rule, fits: compileCondition(rule.when, uses), uses };
}

function withInner(condition: Condition): Condition[] {
  return [condition, ...[...(condition.not ?? []), ...(condition.anyOf ?? [])].flatMap(withInner)];
}

function byName(one: CompiledRule<RefuseRule>, another: CompiledRule<RefuseRule>): number {
  if (one.rule.rule === another.rule.rule) return 0;
  return one.rule.rule < another.rule.rule ? -1 : 1;
}

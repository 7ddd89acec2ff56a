import { implies } from './condition-implication.ts';
import { normalForm } from './normal-form.ts';
import type { AdmitRule, Condition, Policy, RefuseRule } from './policy.ts';

/**
 * Returns what is valid in a policy and probably not intended, in sentences that name the rule.
 *
 * @param now milliseconds since 1970
 * @example policyWarnings(policy, Date.now()) // ['admit "auditors" has ended, on 2027-03-31: remove it, or set another date.']
 */
export function policyWarnings(policy: Policy, now: number): string[] {
  const { refuse = [], admit = [], organizationPrefix: prefix } = policy;
  return [
    ...refuse.flatMap((rule) => conditionWarnings(`refuse "${rule.rule}"`, rule.when, now)),
    ...admit.flatMap((rule) => conditionWarnings(`admit "${rule.rule}"`, rule.when, now)),
    ...refuse.flatMap((rule, index) => coveredRefusal(rule, index, refuse)),
    ...admit.flatMap((rule, index) => coveredAdmission(rule, index, policy)),
    ...admit.flatMap((rule) => bypassedFactor(rule, policy)),
    ...admit.flatMap(({ rule, roles }) =>
      roles
        .filter((role) => prefix !== '' && role.startsWith(prefix))
        .map(
          (role) =>
            `admit "${rule}" gives "${role}", which begins with organizationPrefix: who holds it is let in even when the rule no longer fits.`,
        ),
    ),
  ];
}

function conditionWarnings(name: string, when: Condition, now: number): string[] {
  const { until, email, emailDomain, not = [] } = when;
  const warnings: string[] = [];
  if (until !== undefined && Date.parse(until) <= now) {
    // The end of a day is the beginning of the next one.
    const day = new Date(Date.parse(until) - 1).toISOString().slice(0, 10);
    warnings.push(`${name} has ended, on ${day}: remove it, or set another date.`);
  }
  const hasOtherDomains =
    email !== undefined &&
    emailDomain !== undefined &&
    !email.some((one) => implies({ email: [one] }, { emailDomain }));
  if (hasOtherDomains || not.some((excluded) => implies(when, excluded))) {
    warnings.push(`${name} can never fit: its conditions exclude each other.`);
  }
  return warnings;
}

function coveredRefusal(rule: RefuseRule, index: number, rules: readonly RefuseRule[]): string[] {
  const cover = rules.find((other, position) => isCovered(rule.when, other.when, index, position));
  return cover === undefined ? [] : [`refuse "${rule.rule}" changes nothing: refuse "${cover.rule}" always covers it.`];
}

function coveredAdmission(rule: AdmitRule, index: number, { refuse = [], admit = [] }: Policy): string[] {
  const refusal = refuse.find((other) => implies(rule.when, other.when));
  if (refusal !== undefined) {
    return [`admit "${rule.rule}" lets no user in: refuse "${refusal.rule}" always covers it.`];
  }
  const cover = admit.find(
    (other, position) =>
      isCovered(rule.when, other.when, index, position) &&
      rule.roles.every((role) => other.roles.includes(role)) &&
      (other.mfa !== true || rule.mfa === true),
  );
  if (cover === undefined) return [];
  const factor = rule.mfa === true && cover.mfa !== true ? ', and asks for no factor' : '';
  return [`admit "${rule.rule}" changes nothing: admit "${cover.rule}" always covers it${factor}.`];
}

/** A factor for the holders of a role, who enter without it by another rule or by a short field. */
function bypassedFactor({ rule, when, roles, mfa }: AdmitRule, policy: Policy): string[] {
  const { role, ...others } = when;
  if (mfa !== true || role === undefined) return [];
  const all = normalForm(policy).admit;
  // A role that only this rule gives makes every holder need it.
  const isNeeded = roles.some((given) => all.every((other) => other.mfa === true || !other.roles.includes(given)));
  if (isNeeded && Object.keys(others).length === 0) return [];
  const names = role.map((name) => `"${name}"`).join(', ');
  const asks = `admit "${rule}" asks holders of ${names} for a factor, and those of them who`;
  const exclusion = `not: { role: ${JSON.stringify(role)} }`;
  const way = policy.admit?.find(
    (other) =>
      other.mfa !== true &&
      !implies(when, other.when) &&
      !(other.when.not ?? []).some((excluded) => implies({ role }, excluded)),
  );
  const fields = [...shortWays(policy), ...remainingWays(policy, others)];
  return [
    ...(way === undefined
      ? []
      : [`${asks} fit admit "${way.rule}" enter without one: exclude the role there, with ${exclusion}.`]),
    ...(fields.length === 0
      ? []
      : [
          `${asks} ${fields.join(' or ')} enter without one: write an admit rule with ${exclusion} in place of that field.`,
        ]),
  ];
}

/** The holders that a rule with further conditions leaves to `otherwise`, or to the default role. */
function remainingWays(policy: Policy, others: Condition): string[] {
  const { otherwise } = normalForm(policy);
  if (otherwise === undefined || Object.keys(others).length === 0) return [];
  return [`fit no rule (${otherwise.reason === 'otherwise' ? 'otherwise' : 'defaultRole'})`];
}

/** The users that the short fields let in, without a factor. */
function shortWays({ organizationPrefix, defaultRole, organizations }: Policy): string[] {
  return [
    ...(organizationPrefix === '' ? [] : [`hold a role that begins with "${organizationPrefix}" (organizationPrefix)`]),
    ...(defaultRole === undefined ? [] : [`hold "${defaultRole}" (defaultRole)`]),
    ...(organizations.length === 0
      ? []
      : [`have an address of ${organizations.flatMap(({ domains }) => domains).join(', ')} (organizations)`]),
  ];
}

/** Whether another rule covers this one. If both have the same condition, only the second is covered. */
function isCovered(when: Condition, other: Condition, index: number, position: number): boolean {
  if (index === position || !implies(when, other)) return false;
  return position < index || !implies(other, when);
}

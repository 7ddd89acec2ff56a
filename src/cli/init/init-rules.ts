import { checkValue, RULE_LIMITS } from '../../configuration/rule-checks.ts';
import type { AdmitRuleInput, PolicyTestInput, RefuseRuleInput } from '../../configuration/rule-input.ts';
import { decide } from '../../policy/decide.ts';
import type { Policy } from '../../policy/policy.ts';

/** E-mail addresses and domains, and the role that their users are given. */
export interface InitRule {
  readonly role: string;
  readonly people: readonly string[];
}

/** The rules that the answers stand for. */
export interface InitRules {
  readonly refuse: readonly RefuseRuleInput[];
  readonly admit: readonly AdmitRuleInput[];
}

/**
 * Returns the rules for users who never enter, and for users who enter with a role. A role has one rule for all its addresses and
 * one for all its domains.
 *
 * @param never e-mail addresses and domains
 * @example rulesFor(['jo@water.example'], []).refuse[0]?.rule // 'never these addresses'
 */
export function rulesFor(never: readonly string[], admitted: readonly InitRule[]): InitRules {
  const because = 'Your account may not use this application. Please ask its owner.';
  const peopleByRole = new Map<string, Set<string>>();
  for (const { role, people } of admitted) {
    peopleByRole.set(role, new Set([...(peopleByRole.get(role) ?? []), ...people]));
  }
  const names = new Set<string>();
  return {
    refuse: conditionsFor(never).map(({ kind, when }) => ({ rule: `never these ${kind}`, when, because })),
    admit: [...peopleByRole].flatMap(([role, people]) =>
      conditionsFor([...people]).map(({ kind, when }) => ({ rule: ruleName(role, kind, names), when, roles: [role] })),
    ),
  };
}

/**
 * Returns what is wrong with the first text that is neither an e-mail address nor a domain of a rule.
 *
 * @example checkPeople(['jo@water.example', 'water']) // 'water: A single word is a whole registry …'
 */
export function checkPeople(people: readonly string[]): string | undefined {
  for (const one of people) {
    const complaint = checkValue(one.includes('@') ? 'email' : 'emailDomain', one, []);
    if (complaint !== undefined) return `${one}: ${complaint.advice ?? `It should be ${complaint.expected}.`}`;
  }
  return undefined;
}

/**
 * Returns a test for each rule: the first user that it names, and what the policy decides about them.
 *
 * @param policy the policy with the rules
 */
export function testsFor(policy: Policy): PolicyTestInput[] {
  const rules = [...(policy.refuse ?? []), ...(policy.admit ?? [])];
  return rules.flatMap(({ when: { email = [], emailDomain = [] } }) => {
    const [domain] = emailDomain;
    const visitor = email[0] ?? (domain === undefined ? undefined : `visitor@${domain.replace('*.', 'lab.')}`);
    const [application = ''] = policy.applications;
    if (visitor === undefined) return [];
    const decision = decide(policy, { application, email: visitor, emailVerified: true, roles: [] });
    if (decision.outcome === 'ignore') return [];
    const expect =
      decision.outcome === 'refuse' ? { refusedBy: decision.rule ?? decision.reason } : { roles: decision.roles };
    return { who: { email: visitor }, expect };
  });
}

/** @example parsePeople('jo@water.example, fire.example') // ['jo@water.example', 'fire.example'] */
export function parsePeople(text: string): string[] {
  return text.split(/[\s,]+/).filter((one) => one !== '');
}

/**
 * Names a rule after its role: without commas, of the length that a policy allows, and with a number if the name is taken.
 *
 * @param taken receives the name
 */
function ruleName(role: string, kind: string, taken: Set<string>): string {
  for (let number = 1; ; number += 1) {
    const end = number === 1 ? ` by ${kind}` : ` ${number} by ${kind}`;
    // The cut may leave half of a character.
    const start = role
      .replaceAll(',', ' ')
      .slice(0, RULE_LIMITS.name - end.length)
      .replace(/[\ud800-\udbff]$/, '');
    const name = `${start.trim()}${end}`.trim();
    if (taken.has(name)) continue;
    taken.add(name);
    return name;
  }
}

function conditionsFor(people: readonly string[]) {
  const email = people.filter((one) => one.includes('@'));
  const emailDomain = people.filter((one) => !one.includes('@'));
  return [
    ...(email.length === 0 ? [] : [{ kind: 'addresses', when: { email } }]),
    ...(emailDomain.length === 0 ? [] : [{ kind: 'domains', when: { emailDomain } }]),
  ];
}

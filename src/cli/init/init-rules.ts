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
 * Returns the rules for users who never enter, and for users who enter with a role.
 *
 * @param never e-mail addresses and domains
 * @example rulesFor(['jo@water.example'], []).refuse[0]?.rule // 'never these addresses'
 */
export function rulesFor(never: readonly string[], admitted: readonly InitRule[]): InitRules {
  const because = 'Your account may not use this application. Please ask its owner.';
  return {
    refuse: conditionsFor(never).map(({ kind, when }) => ({ rule: `never these ${kind}`, when, because })),
    admit: admitted.flatMap(({ role, people }) =>
      conditionsFor(people).map(({ kind, when }) => ({
        rule: `${role.replaceAll(',', ' ')} by ${kind}`,
        when,
        roles: [role],
      })),
    ),
  };
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

function conditionsFor(people: readonly string[]) {
  const email = people.filter((one) => one.includes('@'));
  const emailDomain = people.filter((one) => !one.includes('@'));
  return [
    ...(email.length === 0 ? [] : [{ kind: 'addresses', when: { email } }]),
    ...(emailDomain.length === 0 ? [] : [{ kind: 'domains', when: { emailDomain } }]),
  ];
}

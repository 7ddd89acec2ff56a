import type { Condition, Policy } from '../../policy/policy.ts';

/** A user who represents a kind of visitor. */
export interface Person {
  readonly name: string;
  /** The difference to the other users, in a few words. */
  readonly kind: string;
  readonly email: string;
  readonly emailVerified: boolean;
  /** Absent for users of a social provider. */
  readonly password?: string;
  /** Names of the roles that the user has before the first visit. */
  readonly roles: readonly string[];
  /** The rule that the user represents. */
  readonly rule?: string;
}

/** The password of every user of the cast: they exist on a tenant that only this machine can reach. */
const PASSWORD = 'Open-the-gate-1';
/** Names of users who represent a rule. */
const RULE_NAMES = ['Rita', 'Ralf', 'Rosa', 'Rolf', 'Ruth', 'Remo'];
const UNKNOWN_DOMAIN = 'elsewhere.example';

/**
 * Returns the users to try a policy with: one for each way through the decision. A kind of user that does not occur in the
 * policy (no default role, no organisation) is left out or replaced by the nearest kind.
 *
 * @param former the cast before an edit: a user who represented a rule keeps the name, whichever rules come and go
 * @example
 * castFor(policy).map((person) => person.email); // ['wendy@elsewhere.example', …]
 */
export function castFor(policy: Policy, former: readonly Person[] = []): Person[] {
  const [organization] = policy.organizations;
  const prefix = policy.organizationPrefix;
  const organizationRole = organization?.role ?? (prefix === '' ? undefined : `${prefix}EXAMPLE`);
  const people: (Person | undefined)[] = [
    organizationRole === undefined
      ? undefined
      : person('Wendy', `has ${organizationRole}`, { roles: [organizationRole] }),
    policy.defaultRole === undefined
      ? undefined
      : person('Dan', `has ${policy.defaultRole}`, { roles: [policy.defaultRole] }),
    person('Una', 'verified, unknown domain'),
    organization?.domains[0] === undefined
      ? undefined
      : person('Otto', `verified, ${organization.domains[0]}`, { domain: organization.domains[0] }),
    person('Vera', 'not verified', { emailVerified: false }),
    person('Gina', 'verified, from Google', { social: true }),
    ...rulesCast(policy, former),
  ];
  const cast = people.filter((one) => one !== undefined);
  return [...new Map(cast.map((one) => [one.email, one])).values()];
}

/** A user for each of the first rules that the address or a role is enough for. */
function rulesCast({ refuse = [], admit = [] }: Policy, former: readonly Person[]): Person[] {
  const rules = [...refuse, ...admit].filter(({ when }) => isCastable(when)).slice(0, RULE_NAMES.length);
  const present = new Map(
    rules.map(({ rule }) => [rule, former.find((person) => person.rule === rule)?.name] as const),
  );
  const free = RULE_NAMES.filter((name) => ![...present.values()].includes(name));
  return rules.map(({ rule, when: { email, emailDomain, role } }) => {
    const name = present.get(rule) ?? free.shift() ?? '';
    const roles = role === undefined ? [] : [(role[0] ?? '').replace(/\*$/, 'EXAMPLE')];
    const domain = emailDomain?.[0]?.replace('*.', 'lab.');
    const invented = person(name, `rule "${rule}"`, { roles, rule, ...(domain === undefined ? {} : { domain }) });
    return email?.[0] === undefined ? invented : { ...invented, email: email[0] };
  });
}

/** Whether a condition asks for nothing except the address, a role and the application. */
function isCastable(when: Condition): boolean {
  const names = Object.entries(when).flatMap(([name, value]) => (value === undefined ? [] : [name]));
  return names.length > 0 && names.every((name) => ['email', 'emailDomain', 'role', 'application'].includes(name));
}

interface Difference {
  readonly roles?: readonly string[];
  readonly domain?: string;
  readonly emailVerified?: boolean;
  readonly social?: boolean;
  readonly rule?: string;
}

function person(name: string, kind: string, difference: Difference = {}): Person {
  return {
    name,
    kind,
    email: `${name.toLowerCase()}@${difference.domain ?? UNKNOWN_DOMAIN}`,
    emailVerified: difference.emailVerified ?? true,
    ...(difference.social ? {} : { password: PASSWORD }),
    roles: difference.roles ?? [],
    ...(difference.rule === undefined ? {} : { rule: difference.rule }),
  };
}

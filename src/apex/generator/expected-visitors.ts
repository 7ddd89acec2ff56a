import type { Condition, Policy } from '../../policy/policy.ts';
import type { Visitor } from '../../policy/visitor.ts';

const LONGEST_LOCAL = 'a'.repeat(64);
/** A moment for policies without dates, so that the visitors are the same every time. */
const SOME_MOMENT = Date.UTC(2026, 0, 1);

/** A visitor, with all that the database may know. */
export interface ExpectedVisitor extends Visitor {
  readonly organization: readonly string[];
  readonly at: number;
}

/**
 * Makes visitors for every row of the decision and both sides of every boundary. They contain only names from the policy,
 * so that they are the same every time.
 *
 * @param application the client id that is guarded
 */
export function expectedVisitors(policy: Policy, application: string): readonly ExpectedVisitor[] {
  const conditions = [...(policy.refuse ?? []), ...(policy.admit ?? [])].flatMap(({ when }) => withInner(when));
  const emails = emailsFor(policy, conditions);
  const roleSets = roleSetsFor(policy, conditions);
  const [usual = { organization: [], at: SOME_MOMENT }, ...others] = situationsFor(conditions);
  const visitors: ExpectedVisitor[] = [];
  const add = (list: readonly (string | undefined)[], sets: readonly (readonly string[])[], situation: Situation) => {
    for (const email of list) {
      for (const roles of sets) {
        for (const emailVerified of [true, false]) {
          visitors.push({ application, email, emailVerified, roles, ...situation });
        }
      }
    }
  };
  add(emails, roleSets, usual);
  // Each address and each role set once more in every other situation, but not all of them together.
  for (const situation of others) {
    add(emails, roleSets.slice(0, 1), situation);
    add(emails.slice(-1), roleSets.slice(1), situation);
  }
  const elsewhere = 'ann@elsewhere.example';
  visitors.push({ application: 'another-application', email: elsewhere, emailVerified: true, roles: [], ...usual });
  return visitors;
}

interface Situation {
  readonly organization: readonly string[];
  readonly at: number;
}

function withInner(condition: Condition): Condition[] {
  return [condition, ...[...(condition.not ?? []), ...(condition.anyOf ?? [])].flatMap(withInner)];
}

/** In and out of each organization; before, at and after each date. */
function situationsFor(conditions: readonly Condition[]): Situation[] {
  const organizations = conditions.flatMap(({ organization = [] }) => organization).slice(0, 20);
  const dates = conditions.flatMap(({ from, until }) => [from, until]).filter((date) => date !== undefined);
  const moments = [...new Set(dates)].slice(0, 20).flatMap((date) => [-1, 0, 1].map((step) => Date.parse(date) + step));
  const usual = { organization: [], at: moments[0] ?? SOME_MOMENT };
  return [
    usual,
    ...moments.slice(1).map((at) => ({ ...usual, at })),
    ...[...new Set(organizations)].map((one) => ({ ...usual, organization: [one] })),
  ];
}

function emailsFor({ organizations }: Policy, conditions: readonly Condition[]): readonly (string | undefined)[] {
  const emails = new Set<string | undefined>([
    undefined,
    '',
    'ann',
    'ann@',
    '@elsewhere.example',
    'ann@elsewhere.example',
  ]);
  const named = conditions.flatMap(({ emailDomain = [] }) => emailDomain.slice(0, 5)).slice(0, 40);
  const domains = [
    ...organizations.slice(0, 20).flatMap((organization) => organization.domains.slice(0, 5)),
    ...named.map((domain) => domain.replace(/^\*\./, '')),
  ];
  for (const domain of new Set(domains)) {
    for (const email of [
      `ann@${domain}`,
      `ANN@${domain.toUpperCase()}.`,
      `ann@lab.${domain}`,
      `ann@evil${domain}`,
      `ann@${domain}.evil.example`,
      `ann@${domain}@evil.example`,
      `ann@.${domain}`,
      `ann@-${domain}`,
      `ann@${domain}..`,
      `an n@${domain}`,
      `"ann"@${domain}`,
      `ann=?@${domain}`,
      `o'neill+tag@${domain}`,
      `\u00e4nn@${domain}`,
      `${LONGEST_LOCAL}@${'l'.repeat(63)}.${domain}`,
      `ann@${'l'.repeat(64)}.${domain}`,
    ]) {
      emails.add(email);
    }
  }
  for (const address of conditions.flatMap(({ email = [] }) => email.slice(0, 5)).slice(0, 40)) {
    const domain = address.slice(address.lastIndexOf('@') + 1);
    for (const email of [address, address.toUpperCase(), `x${address}`, `${address}.evil.example`, `x@${domain}`]) {
      emails.add(email);
    }
  }
  for (const email of ['ann@10.0.0.1', 'ann@host.123', `${'a'.repeat(321)}@x.example`, 'ann@x_y.example'])
    emails.add(email);
  return [...emails];
}

function roleSetsFor(
  { defaultRole, organizationPrefix: prefix, organizations }: Policy,
  conditions: readonly Condition[],
): readonly (readonly string[])[] {
  const organizationRoles = organizations.slice(0, 20).map(({ role }) => role);
  const named = [...new Set(conditions.flatMap(({ role = [] }) => role))].slice(0, 20);
  const sets: readonly (readonly string[])[] = [
    [],
    ['Auditor'],
    ...(prefix === ''
      ? []
      : [
          [prefix],
          [`${prefix}  `],
          [`${prefix}\u00a0`],
          [`${prefix}X`],
          [`${prefix.toLowerCase()}x`],
          [`x${prefix}X`],
        ]),
    ...(defaultRole === undefined ? [] : [[defaultRole], [`${defaultRole} `], [defaultRole.toLowerCase()]]),
    ...organizationRoles.map((role) => ['Auditor', role]),
    ...named.flatMap((role) =>
      role.endsWith('*')
        ? [[role.slice(0, -1)], [role.replace('*', 'X')], [role.replace('*', ' ')]]
        : [[role], [`${role} `]],
    ),
    ...(named.length > 1 ? [named] : []),
  ];
  return [...new Map(sets.map((set) => [set.join('\n'), set])).values()];
}

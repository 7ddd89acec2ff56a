import type { Policy } from '../../policy/policy.ts';
import type { Visitor } from '../../policy/visitor.ts';

const LONGEST_LOCAL = 'a'.repeat(64);

/**
 * Makes visitors for every row of the decision and both sides of every boundary. They contain only names from the policy,
 * so that they are the same every time.
 *
 * @param application the client id that is guarded
 */
export function expectedVisitors(policy: Policy, application: string): readonly Visitor[] {
  const { defaultRole, organizationPrefix: prefix, organizations } = policy;
  const emails = new Set<string | undefined>([
    undefined,
    '',
    'ann',
    'ann@',
    '@elsewhere.example',
    'ann@elsewhere.example',
  ]);
  for (const { domains } of organizations.slice(0, 20)) {
    for (const domain of domains.slice(0, 5)) {
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
  }
  for (const email of ['ann@10.0.0.1', 'ann@host.123', `${'a'.repeat(321)}@x.example`, 'ann@x_y.example'])
    emails.add(email);
  const organizationRoles = organizations.slice(0, 20).map(({ role }) => role);
  const roleSets: readonly (readonly string[])[] = [
    [],
    ['Auditor'],
    [prefix],
    [`${prefix}  `],
    [`${prefix}\u00a0`],
    [`${prefix}X`],
    [`${prefix.toLowerCase()}x`],
    [`x${prefix}X`],
    ...(defaultRole === undefined ? [] : [[defaultRole], [`${defaultRole} `], [defaultRole.toLowerCase()]]),
    ...organizationRoles.map((role) => ['Auditor', role]),
  ];
  const visitors: Visitor[] = [];
  for (const email of emails) {
    for (const roles of roleSets) {
      for (const emailVerified of [true, false]) visitors.push({ application, email, emailVerified, roles });
    }
  }
  visitors.push({ application: 'another-application', email: 'ann@elsewhere.example', emailVerified: true, roles: [] });
  return visitors;
}

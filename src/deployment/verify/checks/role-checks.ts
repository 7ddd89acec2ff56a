import { assignableRoles } from '../../../action/assignable-roles.ts';
import { managementAudience } from '../../desired-state.ts';
import { describeLoss } from '../../loss.ts';
import { type Check, type Finding, fail, pass, warn } from '../check.ts';
import { APPLY } from '../remedies.ts';
import type { VerifyFacts } from '../verify-facts.ts';

/** Permissions that change something, which should be given with care. */
const CHANGING = /^(create|update|delete|write|admin|manage)\b|[:._-](write|admin|manage|delete)$/i;

const RENAME = 'Restore its name in Auth0: User Management > Roles.';

/** Checks of the roles that logins assign, and of the claim that contains them. */
export const roleChecks: readonly Check[] = [
  {
    id: 'roles_exist',
    title: 'every role that the policy may assign exists',
    async run({ snapshot }) {
      const { policy, roles } = await snapshot();
      const missing = assignableRoles(policy).filter((name) => roles[name] === undefined);
      const list = (names: readonly string[]) => names.map((name) => `"${name}"`).join(', ');
      return missing.length === 0
        ? pass(list(assignableRoles(policy)) || 'the policy assigns none')
        : fail(`missing: ${list(missing)}`, APPLY);
    },
  },
  {
    id: 'roles_named',
    title: 'every role that logins assign has the name from the policy',
    async run({ snapshot }) {
      const { losses, roles } = await snapshot();
      const findings = losses
        .filter(({ kind }) => kind === 'role' || kind === 'role_gone')
        .map((loss) => fail(describeLoss(loss), loss.kind === 'role' ? RENAME : APPLY));
      return findings.length > 0 ? findings : pass(Object.keys(roles).join(', ') || 'the policy assigns none');
    },
  },
  {
    id: 'roles_harmless',
    title: 'no role that the policy assigns lets users manage anything',
    async run(facts) {
      const { policy, roles } = await facts.snapshot();
      const findings: Finding[] = [];
      const names = assignableRoles(policy);
      for (const name of names) {
        const id = roles[name];
        if (id !== undefined) findings.push(await harmOf(facts, name, id));
      }
      if (findings.length > 0) return findings;
      return pass(names.length === 0 ? 'the policy assigns none' : 'none of them exists yet');
    },
  },
  {
    id: 'claim_survives',
    title: 'Auth0 leaves the claim in the tokens',
    async run({ desired }) {
      const { claim } = desired.policy;
      const host = URL.parse(claim)?.hostname;
      const reserved = ['auth0.com', 'webtask.io', 'webtask.run'];
      const dropped = host === undefined || reserved.some((one) => host === one || host.endsWith(`.${one}`));
      return dropped
        ? fail(claim, 'Name it by a URL of your own: Auth0 drops others silently.')
        : pass(`${claim}, a URL on a domain that is not Auth0’s`);
    },
  },
];

async function harmOf({ permissions, desired }: VerifyFacts, name: string, id: string): Promise<Finding> {
  const held = await permissions(id);
  const management = held.filter(
    ({ resource_server_identifier: audience }) => audience === managementAudience(desired.domain),
  );
  const list = (some: typeof held) => some.map(({ permission_name }) => permission_name).join(' ');
  if (management.length > 0) {
    return fail(
      `"${name}" has permissions of the Auth0 Management API: ${list(management)}`,
      'Remove them in Auth0: User Management > Roles > Permissions.',
    );
  }
  const changing = held.filter(({ permission_name }) => CHANGING.test(permission_name ?? ''));
  if (changing.length === 0) return pass(`"${name}": ${held.length === 0 ? 'no permissions' : list(held)}`);
  return warn(`"${name}": ${list(changing)}`, 'Make sure that every user with the role may have them.');
}

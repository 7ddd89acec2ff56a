import type { ManagementClient } from 'auth0';
import type { Policy } from '../policy/policy.ts';
import type { Change } from './change.ts';

/**
 * Makes the roles that the policy may assign where the tenant lacks them; those that are there are left as they are.
 *
 * @returns the id of each, by name
 * @example
 * const roleIds = await reconcileRoles(management, policy, changes); // { 'APEX User': 'rol_…' }
 */
export async function reconcileRoles(
  management: ManagementClient,
  policy: Policy,
  changes: Change[],
): Promise<Record<string, string>> {
  const wanted = new Map<string, string>();
  if (policy.defaultRole !== undefined)
    wanted.set(policy.defaultRole, 'Everybody whom the policy lets in. (Portcullis)');
  for (const { role, domains } of policy.organizations) {
    wanted.set(role, `People of ${domains.join(', ')}. (Portcullis)`.slice(0, 255));
  }
  const roleIds: Record<string, string> = {};
  for (const [name, description] of wanted) {
    let id = await findRole(management, name);
    if (id === undefined) {
      id = (await management.roles.create({ name, description })).id;
      changes.push({ resource: 'role', name, kind: 'created' });
    }
    if (id !== undefined) roleIds[name] = id;
  }
  return roleIds;
}

/** The tenant's filter finds parts of names, without regard to case; a role's name is exact. */
async function findRole(management: ManagementClient, name: string): Promise<string | undefined> {
  for await (const role of await management.roles.list({ name_filter: name, per_page: 100 })) {
    if (role.name === name) return role.id;
  }
  return undefined;
}

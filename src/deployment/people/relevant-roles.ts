import type { ManagementClient } from 'auth0';
import type { Policy } from '../../policy/policy.ts';
import { listRoles } from '../list-roles.ts';
import type { TenantRole } from './read-role-holders.ts';

/**
 * Returns the roles of a tenant that some policies refer to: those of organisations, by their prefix, and the default roles.
 *
 * @example await relevantRoles(management, [policy]) // [{ id: 'rol_…', name: 'APEX User' }, …]
 */
export async function relevantRoles(
  management: ManagementClient,
  policies: readonly Pick<Policy, 'organizationPrefix' | 'defaultRole'>[],
): Promise<TenantRole[]> {
  const roles: TenantRole[] = [];
  const sought = policies.flatMap(({ organizationPrefix, defaultRole = '' }) => [organizationPrefix, defaultRole]);
  for await (const { id, name } of listRoles(
    management,
    [...new Set(sought)].filter((part) => part !== ''),
  )) {
    if (id === undefined || name === undefined) continue;
    const matters = policies.some(
      ({ organizationPrefix, defaultRole }) =>
        name === defaultRole || (organizationPrefix !== '' && name.startsWith(organizationPrefix)),
    );
    if (matters) roles.push({ id, name });
  }
  return roles.sort((a, b) => (a.name < b.name ? -1 : 1));
}

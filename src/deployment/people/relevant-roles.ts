import type { ManagementClient } from 'auth0';
import { holds } from '../../policy/compiled-condition.ts';
import { mentionedRoles } from '../../policy/normal-form.ts';
import type { Policy } from '../../policy/policy.ts';
import { listRoles } from '../list-roles.ts';
import type { TenantRole } from './read-role-holders.ts';

/**
 * Returns the roles of a tenant that some policies refer to: by name, or by a prefix.
 *
 * @example await relevantRoles(management, [policy]) // [{ id: 'rol_…', name: 'APEX User' }, …]
 */
export async function relevantRoles(management: ManagementClient, policies: readonly Policy[]): Promise<TenantRole[]> {
  const mentioned = policies.flatMap(mentionedRoles);
  const sought = new Set(
    mentioned.flatMap(({ prefix = '', name = '' }) => [prefix, name]).filter((part) => part !== ''),
  );
  const roles: TenantRole[] = [];
  for await (const { id, name } of listRoles(management, [...sought])) {
    if (id === undefined || name === undefined) continue;
    if (mentioned.some((one) => holds([name], one))) roles.push({ id, name });
  }
  return roles.sort((a, b) => (a.name < b.name ? -1 : 1));
}

import type { ManagementClient } from 'auth0';
import { assignableRoles } from '../../action/assignable-roles.ts';
import { ROLE_MARK, roleDescription } from '../plan/plan-roles.ts';
import type { TenantSnapshot } from '../tenant-snapshot.ts';

/** A role that Portcullis describes. */
export interface OurRole {
  readonly name: string;
  /** Absent if the role has to be created. */
  readonly id: string | undefined;
  readonly description: string;
  readonly permissions: readonly { readonly permission_name: string; readonly resource_server_identifier: string }[];
}

/**
 * Reads the roles that the policy may assign and that Portcullis created or has to create, with permissions that were added
 * since. Roles that existed before are left to their owners.
 */
export async function readOurRoles(
  management: ManagementClient,
  { policy, roles }: Pick<TenantSnapshot, 'policy' | 'roles'>,
): Promise<OurRole[]> {
  const ours: OurRole[] = [];
  for (const name of assignableRoles(policy)) {
    const id = roles[name];
    if (id === undefined) {
      ours.push({ name, id, description: roleDescription(policy, name), permissions: [] });
      continue;
    }
    const { description = '' } = await management.roles.get(id);
    if (!description.endsWith(ROLE_MARK)) continue;
    const permissions: { permission_name: string; resource_server_identifier: string }[] = [];
    for await (const one of await management.roles.permissions.list(id, { per_page: 100 })) {
      const { permission_name, resource_server_identifier } = one;
      if (permission_name !== undefined && resource_server_identifier !== undefined)
        permissions.push({ permission_name, resource_server_identifier });
    }
    ours.push({ name, id, description, permissions });
  }
  return ours;
}

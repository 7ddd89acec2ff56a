import { type ManagementClient, ManagementError } from 'auth0';
import type { Policy } from '../../policy/policy.ts';
import { Problem } from '../../problem/problem.ts';
import { roleDescription } from '../plan/plan-roles.ts';

/**
 * Creates a role. An existing role of that name is used as it is; a request whose answer was lost may have created it.
 *
 * @returns its id
 * @throws {Problem} `check_failed`
 */
export async function createRole(management: ManagementClient, policy: Policy, name: string): Promise<string> {
  try {
    const { id } = await management.roles.create({ name, description: roleDescription(policy, name) });
    if (id !== undefined) return id;
  } catch (error) {
    if (!(error instanceof ManagementError) || error.statusCode !== 409) throw error;
  }
  for await (const role of await management.roles.list({ name_filter: name, per_page: 100 })) {
    if (role.name === name && role.id !== undefined) return role.id;
  }
  const again = 'Run it again: portcullis apply';
  throw new Problem('check_failed', `The role "${name}" does not exist after it was created.`, again);
}

import { type Management, type ManagementClient, ManagementError } from 'auth0';
import { assignableRoles } from '../action/assignable-roles.ts';
import { readPolicy, readRoleIds } from '../action/read-policy.ts';
import type { Policy } from '../policy/policy.ts';
import type { Loss } from './loss.ts';

/** The current tenant, and the code that runs on it. */
export interface LossFacts {
  readonly clients: readonly Pick<Management.Client, 'client_id' | 'name'>[];
  /** The code of our Action; absent if it was never deployed. */
  readonly deployedCode: string | undefined;
  /** Applications by client ID. */
  readonly policy: Policy;
  /** IDs of the roles that the policy may assign, by name; only existing roles. */
  readonly roles: Readonly<Record<string, string>>;
}

/**
 * Compares the IDs in the deployed Action with what the policy refers to now. It costs a request only for a role whose ID
 * differs from the deployed one.
 *
 * @throws {ManagementError} of the `auth0` package, if the tenant refuses a call
 */
export async function readLosses(management: ManagementClient, facts: LossFacts): Promise<Loss[]> {
  const { deployedCode, roles } = facts;
  if (deployedCode === undefined) return [];
  const losses = applicationsLost(facts, readPolicy(deployedCode)?.applications ?? []);
  const names = assignableRoles(facts.policy);
  for (const [name, id] of Object.entries(readRoleIds(deployedCode))) {
    if (!names.includes(name) || roles[name] === id) continue;
    const now = await nameOfRole(management, id);
    losses.push(now === undefined ? { kind: 'role_gone', id, name } : { kind: 'role', id, name, now });
  }
  return losses;
}

/**
 * Returns applications that were guarded and are not guarded by a policy.
 *
 * @param guarded client IDs
 */
export function applicationsLost(
  { clients, policy }: Pick<LossFacts, 'clients' | 'policy'>,
  guarded: readonly string[],
): Loss[] {
  return guarded
    .filter((id) => !policy.applications.includes(id))
    .map((id): Loss => {
      const client = clients.find(({ client_id }) => client_id === id);
      return client === undefined
        ? { kind: 'application_gone', id, name: id }
        : { kind: 'application', id, name: client.name ?? id };
    });
}

async function nameOfRole(management: ManagementClient, id: string): Promise<string | undefined> {
  try {
    return (await management.roles.get(id)).name;
  } catch (error) {
    if (error instanceof ManagementError && error.statusCode === 404) return undefined;
    throw error;
  }
}

import type { ManagementClient } from 'auth0';
import { destroyDeployment } from '../../deployment/destroy/destroy-deployment.ts';
import { planDestroy } from '../../deployment/destroy/destroy-plan.ts';
import type { PolicyInPlace } from '../../deployment/put-policy.ts';
import { resolveApplications } from '../../deployment/resolve-applications.ts';
import type { Policy } from '../../policy/policy.ts';

/**
 * Leaves the decision to the application: removes the Action that an earlier run put on the tenant. Roles and their
 * assignments stay.
 *
 * @throws {Problem} if the policy names an application that the tenant does not have
 */
export async function removeAction(management: ManagementClient, policy: Policy): Promise<PolicyInPlace> {
  await destroyDeployment(management, await planDestroy(management, { keepRoles: true }), { takeOver: true });
  const clients: { client_id?: string; name?: string }[] = [];
  for await (const { client_id, name } of await management.clients.list({ is_global: false, per_page: 100 })) {
    if (client_id !== undefined && name !== undefined) clients.push({ client_id, name });
  }
  return { policy: resolveApplications(clients, policy), changes: [] };
}

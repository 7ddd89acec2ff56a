import type { ManagementClient } from 'auth0';
import { applyDeployment } from '../../src/deployment/apply/apply-deployment.ts';
import type { DesiredState } from '../../src/deployment/desired-state.ts';
import { planDeployment } from '../../src/deployment/plan/plan-deployment.ts';
import { readTenant } from '../../src/deployment/read-tenant.ts';
import type { Policy } from '../../src/policy/policy.ts';
import type { TenantOptions } from '../../src/tenant/tenant.ts';
import { gatePolicy } from '../gate-policy.ts';
import { type LocalTenant, startLocalTenant } from '../local-tenant.ts';

const OPTIONS = { adopt: false, takeOver: false, settle: 1 };
const CONNECTION = 'Username-Password-Authentication';

/** A tenant with the application that the policy guards, and a function that applies a policy. */
export interface DeployedTenant extends LocalTenant {
  readonly application: string;
  wanted(policy?: Policy): DesiredState;
  /** @param through the client to use, if not the tenant's own */
  apply(policy?: Policy, through?: ManagementClient): Promise<void>;
  /** Creates a user and returns the user's ID. */
  person(email: string, about?: Person): Promise<string>;
}

interface Person {
  readonly verified?: boolean;
  readonly blocked?: boolean;
}

/** Starts a tenant in memory. Nothing is deployed yet. */
export async function startDeployedTenant(options: Partial<TenantOptions> = {}): Promise<DeployedTenant> {
  const local = await startLocalTenant(options);
  const { management, tenant } = local;
  const { client_id: application = '' } = await management.clients.create({
    name: 'APEX',
    app_type: 'regular_web',
    grant_types: ['authorization_code'],
    token_endpoint_auth_method: 'client_secret_post',
  });
  for await (const connection of await management.connections.list()) {
    await management.connections.clients.update(connection.id ?? '', [{ client_id: application, status: true }]);
  }
  const desiredState = (policy: Policy = gatePolicy): DesiredState => ({
    domain: tenant.domain,
    policy,
    logoutOrigins: {},
    callbacks: ['https://apex.test/ords/apex_authentication.callback'],
    logoutUrls: [policy.landingPage],
  });
  return {
    ...local,
    application,
    wanted: desiredState,
    async apply(policy, through = management) {
      const desired = desiredState(policy);
      const plan = await planDeployment(await readTenant(through, desired), desired, OPTIONS);
      await applyDeployment(through, desired, plan, OPTIONS);
    },
    async person(email, { verified = true, blocked = false } = {}) {
      const { user_id = '' } = await management.users.create({
        connection: CONNECTION,
        email,
        email_verified: verified,
        password: 'A-long-passw0rd!',
        ...(blocked && { blocked }),
      });
      return user_id;
    },
  };
}

import type { ManagementClient } from 'auth0';
import type { ResolvedPolicy } from '../action/resolved-policy.ts';
import type { Policy } from '../policy/policy.ts';
import { Problem } from '../problem/problem.ts';
import { applyDeployment } from './apply/apply-deployment.ts';
import type { DesiredState } from './desired-state.ts';
import { planDeployment } from './plan/plan-deployment.ts';
import type { PlannedChange } from './plan/planned-change.ts';
import { readTenant } from './read-tenant.ts';

export type PolicyTarget = Pick<DesiredState, 'domain' | 'logoutOrigins'> &
  Partial<Pick<DesiredState, 'callbacks' | 'logoutUrls' | 'signedOutPages' | 'position'>>;

export interface PolicyInPlace {
  /** The policy as in the Action: applications by client ID. */
  readonly policy: ResolvedPolicy;
  /** Empty if the tenant already had this state. */
  readonly changes: readonly PlannedChange[];
}

export interface PutPolicyResult extends PolicyInPlace {
  readonly actionId: string;
}

/**
 * Makes a tenant enforce the policy, if no other process changes the tenant: plans and applies in one go. A second call
 * changes nothing.
 *
 * @throws {Problem} if the tenant cannot accept the policy
 * @throws {ManagementError} of the `auth0` package, if the tenant refuses a call
 * @example
 * const { changes } = await putPolicy(management, policy, { domain: 'example.eu.auth0.com', logoutOrigins: {} });
 */
export async function putPolicy(
  management: ManagementClient,
  policy: Policy,
  target: PolicyTarget,
): Promise<PutPolicyResult> {
  const desired: DesiredState = { callbacks: [], logoutUrls: [], ...target, policy };
  const planned = await readTenant(management, desired);
  const plan = await planDeployment(planned, desired, { adopt: false });
  const options = { adopt: false, takeOver: false, alone: true, unguard: 'all' as const, planned };
  const { changes, snapshot } = await applyDeployment(management, desired, plan, options);
  const actionId = snapshot.action?.id;
  if (actionId === undefined) {
    throw new Problem('check_failed', 'The Action does not exist after it was deployed.', 'Try again.');
  }
  return { policy: snapshot.policy, actionId, changes };
}

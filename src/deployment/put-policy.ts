import type { ManagementClient } from 'auth0';
import { bundleAction } from '../action/bundle.ts';
import type { ResolvedPolicy } from '../action/resolved-policy.ts';
import type { Policy } from '../policy/policy.ts';
import type { Change } from './change.ts';
import { ACTION_NAME, reconcileAction } from './reconcile-action.ts';
import { reconcileBinding } from './reconcile-binding.ts';
import { reconcileMachineApplication } from './reconcile-machine-application.ts';
import { reconcileRoles } from './reconcile-roles.ts';
import { resolveApplications } from './resolve-applications.ts';

export interface PolicyTarget {
  /** The tenant's canonical domain, such as `example.eu.auth0.com`; may carry a port. */
  readonly domain: string;
  /** Origins of `/v2/logout` by domain, where one is not simply `https://` and the domain. */
  readonly logoutOrigins: Readonly<Record<string, string>>;
}

export interface PutPolicyResult {
  /** The policy as the Action carries it: applications by client id. */
  readonly policy: ResolvedPolicy;
  readonly actionId: string;
  /** Of the Action's code. */
  readonly fingerprint: string;
  /** Empty where the tenant was so already. */
  readonly changes: readonly Change[];
}

/**
 * Makes the tenant enforce the policy: roles, the Action's own application and grant, the Action, its place in the
 * login flow, in this order, so that an Action never runs before what it needs is there. Doing it twice changes
 * nothing the second time.
 *
 * @throws {DeploymentError} where the tenant cannot take the policy as it is
 * @throws {ManagementError} of the `auth0` package, where the tenant refuses a call
 * @example
 * const { changes } = await putPolicy(management, policy, { domain: 'example.eu.auth0.com', logoutOrigins: {} });
 */
export async function putPolicy(
  management: ManagementClient,
  policy: Policy,
  target: PolicyTarget,
): Promise<PutPolicyResult> {
  const changes: Change[] = [];
  const resolved = await resolveApplications(management, policy);
  const roleIds = await reconcileRoles(management, resolved, changes);
  const application = await reconcileMachineApplication(management, `https://${target.domain}/api/v2/`, changes);
  const bundle = await bundleAction(resolved, { ...target, clientId: application.clientId, roleIds });
  const actionId = await reconcileAction(management, bundle, application.clientSecret, changes);
  if (await reconcileBinding(management, actionId, ACTION_NAME)) {
    changes.push({ resource: 'binding', name: ACTION_NAME, kind: 'bound' });
  }
  return { policy: resolved, actionId, fingerprint: bundle.fingerprint, changes };
}

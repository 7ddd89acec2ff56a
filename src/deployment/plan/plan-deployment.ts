import type { BundledAction } from '../../action/bundle.ts';
import { Problem } from '../../problem/problem.ts';
import { type DesiredState, GATE_NAME } from '../desired-state.ts';
import type { Loss } from '../loss.ts';
import { snapshotDigest } from '../snapshot-digest.ts';
import type { TenantSnapshot } from '../tenant-snapshot.ts';
import { UNVERIFIED_NAME_REMEDY, unverifiedNameWarning } from '../unverified-name.ts';
import { planAction, wantedBundle } from './plan-action.ts';
import { planApplicationUrls, planGrant, planMachineApplication } from './plan-applications.ts';
import { planBinding } from './plan-binding.ts';
import { planRoles } from './plan-roles.ts';
import type { PlannedChange, Unowned } from './planned-change.ts';

/** The changes that `apply` would make to a tenant, in its order. Without secrets. */
export interface DeploymentPlan {
  readonly domain: string;
  /** Digest of the tenant as it was read: a plan is valid for that state only. */
  readonly digest: string;
  /** Applications that would lose their gate, and roles that have changed: `apply` stops for those that still exist. */
  readonly losses: readonly Loss[];
  /** Points to consider before applying; `apply` does not stop for them. */
  readonly warnings: readonly string[];
  /** All items that were checked, including those without a change. */
  readonly changes: readonly PlannedChange[];
}

export interface PlanOptions {
  /** Whether to take over items with our names that Portcullis did not create. */
  readonly adopt: boolean;
}

/**
 * Plans the changes that bring a tenant into the desired state. Nothing is written. The order is that of `apply`: what the
 * Action needs comes before it, and its place in the flow last, so that the gate is neither open nor broken in between.
 *
 * @throws {Problem} `unowned_application`, `unowned_action` unless they are to be adopted, `other_trigger`,
 *   `position_unknown`
 * @example
 * const plan = await planDeployment(await readTenant(management, desired), desired, { adopt: false });
 */
export async function planDeployment(
  snapshot: TenantSnapshot,
  desired: DesiredState,
  { adopt }: PlanOptions,
): Promise<DeploymentPlan> {
  const [unowned] = adopt ? [] : findUnowned(snapshot);
  if (unowned !== undefined) throw refusal(unowned);
  if (snapshot.action !== undefined && snapshot.action.trigger !== 'post-login') {
    throw new Problem(
      'other_trigger',
      `The tenant has an Action "${GATE_NAME}" of the trigger ${snapshot.action.trigger}.`,
    );
  }
  const bundle: BundledAction | undefined = await wantedBundle(snapshot, desired);
  const warning = unverifiedNameWarning(snapshot.policy);
  return {
    domain: desired.domain,
    digest: snapshotDigest(snapshot),
    losses: snapshot.losses,
    warnings: warning === undefined ? [] : [`${warning} ${UNVERIFIED_NAME_REMEDY}`],
    changes: [
      ...planRoles(snapshot),
      planMachineApplication(snapshot, adopt),
      planGrant(snapshot),
      ...planApplicationUrls(snapshot, desired),
      planAction(snapshot, bundle),
      planBinding(snapshot, desired.position),
    ],
  };
}

/** Whether a plan changes anything. */
export function hasChanges({ changes }: DeploymentPlan): boolean {
  return changes.some(({ action }) => action !== 'none');
}

function findUnowned({ machines, action }: TenantSnapshot): Unowned[] {
  const [machine] = machines;
  const found: Unowned[] = [];
  if (machine !== undefined && !machine.owned) {
    found.push({ resource: 'application', name: GATE_NAME, id: machine.clientId });
  }
  if (action !== undefined && !action.owned) found.push({ resource: 'action', name: GATE_NAME, id: action.id });
  return found;
}

function refusal({ resource, name, id }: Unowned): Problem {
  const what = resource === 'action' ? 'an Action' : 'an application';
  const where = resource === 'action' ? 'Actions > Library' : 'Applications';
  return new Problem(
    resource === 'action' ? 'unowned_action' : 'unowned_application',
    `The tenant has ${what} "${name}" (${id}) that Portcullis did not create.`,
    `Rename it in Auth0 (${where}), or hand it over: portcullis plan --adopt, then portcullis apply --adopt`,
  );
}

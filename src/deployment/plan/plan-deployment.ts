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

/** What `apply` would do to a tenant, in its order. Without secrets. */
export interface DeploymentPlan {
  readonly domain: string;
  /** Of the tenant as it was read: a plan is for that, and for nothing else. */
  readonly digest: string;
  /** What would lose its gate, and roles that are not what they were: `apply` stops for those that still exist. */
  readonly losses: readonly Loss[];
  /** What to think of before it is done; nothing stops for it. */
  readonly warnings: readonly string[];
  /** Everything that was looked at, also what is left alone. */
  readonly changes: readonly PlannedChange[];
}

export interface PlanOptions {
  /** Whether things of our names that we did not make are taken over. */
  readonly adopt: boolean;
}

/**
 * Says what makes a tenant into the desired one. Nothing is written. The order is that of `apply`: whatever the Action
 * needs comes before it, its place in the flow last, so that the gate is neither open nor broken in between.
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
    `The tenant has ${what} "${name}" (${id}) that Portcullis did not make.`,
    `Rename it in Auth0 (${where}), or hand it over: portcullis plan --adopt, then portcullis apply --adopt`,
  );
}

import type { ManagementClient } from 'auth0';
import { Problem } from '../../problem/problem.ts';
import type { DesiredState } from '../desired-state.ts';
import { assertNothingLost } from '../loss.ts';
import { type DeploymentPlan, hasChanges, planDeployment } from '../plan/plan-deployment.ts';
import type { PlannedChange } from '../plan/planned-change.ts';
import { readTenant } from '../read-tenant.ts';
import { snapshotDigest } from '../snapshot-digest.ts';
import type { TenantSnapshot } from '../tenant-snapshot.ts';
import { applyAction } from './apply-action.ts';
import { allowUrls, createMachineApplication, markMachineApplication, setGrant } from './apply-applications.ts';
import { bindAction } from './apply-binding.ts';
import { createRole } from './apply-roles.ts';
import { acquireLock, SETTLE } from './deployment-lock.ts';

export interface ApplyOptions {
  readonly adopt: boolean;
  /** Takes over the lock of another `apply` that was killed. */
  readonly takeOver: boolean;
  /** Milliseconds to wait for the lock of another `apply` that began at the same moment. */
  readonly settle?: number;
  /** IDs of applications that may lose their gate and of roles that may be replaced; `all` for a tenant without other users. */
  readonly unguard?: readonly string[] | 'all';
  /** The state that the plan was just made from. Without it, the tenant is read again even if there is nothing to do. */
  readonly planned?: TenantSnapshot | undefined;
  /** No other process changes the tenant, so no lock is needed. */
  readonly alone?: boolean;
  /** Called for every change, before it is made and after. */
  readonly onStep?: (change: PlannedChange, state: 'begun' | 'done') => void;
  /** Stops between two steps. Completed changes stay, and are complete in themselves. */
  readonly signal?: AbortSignal;
}

export interface ApplyResult {
  /** The changes that were made. */
  readonly changes: readonly PlannedChange[];
  /** The tenant afterwards. */
  readonly snapshot: TenantSnapshot;
}

type Step = (change: PlannedChange, work: () => Promise<void>) => Promise<void>;

/**
 * Applies a plan if the tenant is still as it was when the plan was made. Without changes, nothing is written. The order
 * ensures that the gate is never open or broken: first what the Action needs, then the Action in one step, then its place in
 * the login flow. Each step is verified after it is done. If the process is killed at any point, it can run again.
 *
 * @throws {Problem} `tenant_changed`, `apply_in_progress`, `build_failed`, `build_timeout`, `check_failed`,
 *   `secret_unreadable`, `guard_lost`, `role_renamed`
 * @throws {ManagementError} of the `auth0` package, if the tenant refuses a call
 * @example
 * const { changes } = await applyDeployment(management, desired, plan, { adopt: false, takeOver: false });
 */
export async function applyDeployment(
  management: ManagementClient,
  desired: DesiredState,
  plan: DeploymentPlan,
  options: ApplyOptions,
): Promise<ApplyResult> {
  if (options.planned !== undefined && !hasChanges(plan)) return { changes: [], snapshot: options.planned };
  const before = await readTenant(management, desired);
  if (snapshotDigest(before) !== plan.digest) throw changedMeanwhile();
  if (!hasChanges(plan)) return { changes: [], snapshot: before };
  assertNothingLost(before.losses, options.unguard ?? []);
  const done: PlannedChange[] = [];
  const step: Step = async (change, work) => {
    options.signal?.throwIfAborted();
    options.onStep?.(change, 'begun');
    await work();
    done.push(change);
    options.onStep?.(change, 'done');
  };

  const ready = await withMachineApplication(management, { desired, plan, before, step });
  const own = ready.machines.find(({ owned }) => owned);
  if (own === undefined) {
    throw new Problem('check_failed', 'The application that was just created does not exist.');
  }
  const { lock, snapshot } = options.alone
    ? { lock: undefined, snapshot: ready }
    : await acquireLock(management, {
        clientId: own.clientId,
        before: own.lock,
        takeOver: options.takeOver,
        settle: options.settle ?? SETTLE,
        reread: () => readTenant(management, desired),
      });
  try {
    if (snapshotDigest(snapshot) !== snapshotDigest(ready)) throw changedMeanwhile();
    const { changes } = await planDeployment(snapshot, desired, { adopt: options.adopt });
    const roles = { ...snapshot.roles };
    let actionId = snapshot.action?.id;
    for (const change of changes.filter(({ action }) => action !== 'none')) {
      lock?.check();
      await step(change, async () => {
        if (change.resource === 'role') {
          roles[change.name] = await createRole(management, snapshot.policy, change.name);
        } else if (change.resource === 'client_grant') {
          await setGrant(management, own.clientId, snapshot.grant, desired.domain);
        } else if (change.resource === 'application_urls') {
          await allowUrls(management, snapshot, change);
        } else if (change.resource === 'action') {
          actionId = await applyAction(management, { ...snapshot, roles }, desired);
        } else if (change.resource === 'binding' && actionId !== undefined) {
          await bindAction(management, { actionId, displayName: change.name, position: desired.position });
        }
      });
    }
    return { changes: done, snapshot: await readTenant(management, desired) };
  } finally {
    await lock?.release();
  }
}

interface Beginning {
  readonly desired: DesiredState;
  readonly plan: DeploymentPlan;
  readonly before: TenantSnapshot;
  readonly step: Step;
}

/** Creates the Action's own application first, since it stores the lock. */
async function withMachineApplication(
  management: ManagementClient,
  { desired, plan, before, step }: Beginning,
): Promise<TenantSnapshot> {
  const change = plan.changes.find(({ resource }) => resource === 'application');
  if (change === undefined || change.action === 'none') return before;
  await step(change, async () => {
    const [first] = before.machines;
    if (change.action === 'adopt' && first !== undefined) await markMachineApplication(management, first.clientId);
    else await createMachineApplication(management);
  });
  const after = await readTenant(management, desired);
  const rest = (snapshot: TenantSnapshot) => snapshotDigest({ ...snapshot, machines: [], grant: undefined });
  if (rest(before) !== rest(after)) throw changedMeanwhile();
  return after;
}

function changedMeanwhile(): Problem {
  return new Problem('tenant_changed', 'The tenant has changed since the plan was made.');
}

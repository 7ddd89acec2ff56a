import { readPolicy } from '../../action/read-policy.ts';
import type { Policy } from '../../policy/policy.ts';
import type { TenantSnapshot } from '../tenant-snapshot.ts';

/** Who guards some applications: a policy, nobody, or code that cannot be read with certainty. */
export type Gate = Policy | 'open' | 'unknown';

/** Applications that are guarded alike before and alike afterwards. */
export interface GateChange {
  /** Client ids. */
  readonly applications: readonly string[];
  readonly before: Gate;
  readonly after: Exclude<Gate, 'unknown'>;
}

/**
 * What a deployment changes for the applications that the deployed policy guards, or the new one, or both. An application
 * that nothing guards is open to everybody whom Auth0 lets in.
 *
 * @param snapshot the tenant as it is, and the policy that it is to have
 * @example gateChanges(snapshot) // [{ applications: ['b1Xk…'], before: 'open', after: policy }]
 */
export function gateChanges(snapshot: Pick<TenantSnapshot, 'action' | 'bindings' | 'policy'>): GateChange[] {
  const deployed = deployedGate(snapshot);
  const after = snapshot.policy;
  if (deployed === 'open' || deployed === 'unknown') {
    return [{ applications: [...after.applications], before: deployed, after }];
  }
  const both = after.applications.filter((one) => deployed.applications.includes(one));
  const added = after.applications.filter((one) => !deployed.applications.includes(one));
  const dropped = deployed.applications.filter((one) => !after.applications.includes(one));
  const changes: GateChange[] = [
    { applications: both, before: deployed, after },
    { applications: added, before: 'open', after },
    { applications: dropped, before: deployed, after: 'open' },
  ];
  return changes.filter(({ applications }) => applications.length > 0);
}

/** The gate that runs in logins at this moment. */
function deployedGate({ action, bindings }: Pick<TenantSnapshot, 'action' | 'bindings'>): Gate {
  if (action?.deployedCode === undefined || !bindings.some(({ actionId }) => actionId === action.id)) return 'open';
  return readPolicy(action.deployedCode) ?? 'unknown';
}

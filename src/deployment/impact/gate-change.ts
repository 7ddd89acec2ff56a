import { readPolicy } from '../../action/read-policy.ts';
import { compiledRules } from '../../policy/compiled-rules.ts';
import type { Policy } from '../../policy/policy.ts';
import type { TenantSnapshot } from '../tenant-snapshot.ts';

/** The gate of some applications: a policy, none, or code that cannot be read with certainty. */
export type Gate = Policy | 'open' | 'unknown';

/** Applications that share the same gate before the change and the same gate afterwards. */
export interface GateChange {
  /** Client IDs. */
  readonly applications: readonly string[];
  readonly before: Gate;
  readonly after: Exclude<Gate, 'unknown'>;
}

/**
 * Finds what a deployment changes for the applications that the deployed policy or the new one guards. An application
 * without a gate is open to every user who signs in at Auth0.
 *
 * @param snapshot the current tenant, and the policy that it is to have
 * @example gateChanges(snapshot) // [{ applications: ['b1Xk…'], before: 'open', after: policy }]
 */
export function gateChanges(snapshot: Pick<TenantSnapshot, 'action' | 'bindings' | 'policy'>): GateChange[] {
  const deployed = deployedGate(snapshot);
  const after = snapshot.policy;
  if (deployed === 'open' || deployed === 'unknown') {
    return byApplication({ applications: [...after.applications], before: deployed, after });
  }
  const both = after.applications.filter((one) => deployed.applications.includes(one));
  const added = after.applications.filter((one) => !deployed.applications.includes(one));
  const dropped = deployed.applications.filter((one) => !after.applications.includes(one));
  const changes: GateChange[] = [
    { applications: both, before: deployed, after },
    { applications: added, before: 'open', after },
    { applications: dropped, before: deployed, after: 'open' },
  ];
  return changes.filter(({ applications }) => applications.length > 0).flatMap(byApplication);
}

/**
 * Returns the policies of gates.
 *
 * @example policiesOf(['open', policy]) // [policy]
 */
export function policiesOf(gates: readonly Gate[]): Policy[] {
  return gates.filter((gate) => typeof gate !== 'string');
}

/** Splits a change if the gate treats its applications differently. */
function byApplication(change: GateChange): GateChange[] {
  const differs = [change.before, change.after].some((gate) => typeof gate !== 'string' && usesApplication(gate));
  return differs ? change.applications.map((application) => ({ ...change, applications: [application] })) : [change];
}

function usesApplication(policy: Policy): boolean {
  return compiledRules(policy).uses.has('application');
}

/** Returns the gate that runs in logins now. */
function deployedGate({ action, bindings }: Pick<TenantSnapshot, 'action' | 'bindings'>): Gate {
  if (action?.deployedCode === undefined || !bindings.some(({ actionId }) => actionId === action.id)) return 'open';
  return readPolicy(action.deployedCode) ?? 'unknown';
}

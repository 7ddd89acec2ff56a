import { assignableRoles } from '../../action/assignable-roles.ts';
import { type BundledAction, bundleAction } from '../../action/bundle.ts';
import { readFingerprint, readSecretDigests, secretDigest } from '../../action/fingerprint.ts';
import { readPolicy } from '../../action/read-policy.ts';
import { type DesiredState, GATE_NAME, GATE_RUNTIME, GATE_SECRET, GATE_TRIGGER } from '../desired-state.ts';
import type { TenantSnapshot } from '../tenant-snapshot.ts';
import type { PlannedChange, PlannedField } from './planned-change.ts';
import { policyDifferences } from './policy-differences.ts';

/** Bundles the Action that the tenant should run; `undefined` until everything that it refers to exists. */
export async function wantedBundle(
  { policy, machines, roles }: Pick<TenantSnapshot, 'policy' | 'machines' | 'roles'>,
  { domain, logoutOrigins }: DesiredState,
): Promise<BundledAction | undefined> {
  const own = machines.find(({ owned }) => owned);
  if (own === undefined) return undefined;
  if (assignableRoles(policy).some((name) => roles[name] === undefined)) return undefined;
  const secrets = own.clientSecret === undefined ? {} : { [GATE_SECRET]: own.clientSecret };
  return bundleAction(policy, { domain, logoutOrigins, clientId: own.clientId, roleIds: roles }, secrets);
}

/**
 * Plans the change of the Action. Secrets cannot be read back from a tenant, so the header of the code has a digest of the
 * value that it was deployed with.
 *
 * @param bundle absent if it refers to items that have to be created
 */
export function planAction(snapshot: TenantSnapshot, bundle: BundledAction | undefined): PlannedChange {
  const { action, policy } = snapshot;
  const change = { resource: 'action', name: GATE_NAME } as const;
  const fingerprint = bundle?.fingerprint ?? '(known after apply)';
  if (action === undefined) {
    const fields = [
      { name: 'trigger', before: undefined, after: `${GATE_TRIGGER.id} ${GATE_TRIGGER.version}` },
      { name: 'runtime', before: undefined, after: GATE_RUNTIME },
      { name: 'secrets', before: undefined, after: GATE_SECRET },
      { name: 'code', before: undefined, after: short(fingerprint) },
    ];
    return { ...change, action: 'create', why: 'it decides at every login of a guarded application', fields };
  }
  const fields: PlannedField[] = [];
  const why: string[] = [];
  const differ = (reason: string, ...found: PlannedField[]): void => {
    why.push(reason);
    fields.push(...found);
  };
  const deployed = action.deployedCode === undefined ? undefined : readFingerprint(action.deployedCode);
  if (deployed === undefined || deployed !== bundle?.fingerprint) {
    const before = action.deployedCode === undefined ? undefined : readPolicy(action.deployedCode);
    const code = {
      name: 'code',
      before: deployed === undefined ? undefined : short(deployed),
      after: short(fingerprint),
    };
    const differences = before === undefined ? [] : policyDifferences(before, policy);
    const reason =
      deployed === undefined
        ? 'it is not deployed'
        : differences.length > 0
          ? 'the policy has changed'
          : 'its code has changed';
    differ(reason, ...differences, code);
  } else if (!action.allChangesDeployed) {
    differ('its draft was changed in Auth0 and is restored', {
      name: 'draft',
      before: 'changed',
      after: 'as deployed',
    });
  }
  if (action.runtime !== GATE_RUNTIME) {
    differ('its runtime is different', { name: 'runtime', before: action.runtime, after: GATE_RUNTIME });
  }
  if (action.dependencies.length > 0) {
    differ('it needs no packages', { name: 'dependencies', before: action.dependencies.join(' '), after: 'none' });
  }
  if (secretDiffers(snapshot))
    differ('its secret is not the current one', { name: 'secrets', before: 'another value', after: GATE_SECRET });
  if (why.length === 0) return { ...change, action: 'none', why: 'it matches this policy', fields: [] };
  return { ...change, action: action.owned ? 'update' : 'adopt', why: why.join('; '), fields };
}

/** Whether the Action was deployed with another secret than its application has now, as far as that is known. */
function secretDiffers({ action, machines }: TenantSnapshot): boolean {
  const own = machines.find(({ owned }) => owned);
  if (action === undefined || own === undefined) return false;
  if (!action.secretNames.includes(GATE_SECRET)) return true;
  const stated = readSecretDigests(action.deployedCode ?? '')[GATE_SECRET];
  return own.clientSecret !== undefined && stated !== secretDigest(GATE_SECRET, own.clientSecret);
}

function short(fingerprint: string): string {
  return /^[0-9a-f]{64}$/.test(fingerprint) ? `sha256-${fingerprint.slice(0, 12)}` : fingerprint;
}

import type { ManagementClient } from 'auth0';
import { isEdited, readFingerprint } from '../../action/fingerprint.ts';
import { readPolicy } from '../../action/read-policy.ts';
import type { ResolvedPolicy } from '../../action/resolved-policy.ts';
import { Problem } from '../../problem/problem.ts';
import { GATE_NAME } from '../desired-state.ts';
import type { ActionState } from '../tenant-snapshot.ts';

/** A version that was deployed once. */
export interface DeployedVersion {
  readonly id: string;
  readonly number: number;
  /** Its time of creation, from the tenant. */
  readonly createdAt: string | undefined;
  /** Whether it runs in logins. */
  readonly runs: boolean;
  /** The policy in its code; `undefined` if it cannot be read with certainty. */
  readonly policy: ResolvedPolicy | undefined;
  /** Whether the code is unchanged since Portcullis generated it. */
  readonly intact: boolean;
  readonly code: string;
}

/**
 * Reads the versions of the Action that the tenant stores, the latest first.
 *
 * @throws {Problem} `nothing_deployed`
 * @example
 * const [running] = await deployedVersions(management, action);
 */
export async function deployedVersions(
  management: ManagementClient,
  action: ActionState | undefined,
): Promise<DeployedVersion[]> {
  const versions: DeployedVersion[] = [];
  if (action?.deployedCode !== undefined && action.owned) {
    for await (const version of await management.actions.versions.list(action.id, { per_page: 100 })) {
      const { id, number, code = '', created_at: createdAt, deployed } = version;
      if (id === undefined || number === undefined) continue;
      versions.push({
        id,
        number,
        createdAt: createdAt === undefined ? undefined : String(createdAt),
        runs: deployed === true,
        policy: readPolicy(code),
        intact: readFingerprint(code) !== undefined && !isEdited(code),
        code,
      });
    }
  }
  if (versions.length === 0) {
    throw new Problem('nothing_deployed', `The tenant has no deployed Action "${GATE_NAME}" of ours.`);
  }
  return versions.sort((a, b) => b.number - a.number);
}

import type { ManagementClient } from 'auth0';
import { readFingerprint } from '../../action/fingerprint.ts';
import { Problem } from '../../problem/problem.ts';
import { untilBuilt } from '../built-action.ts';
import { type DesiredState, GATE_NAME, GATE_RUNTIME, GATE_SECRET, GATE_TRIGGER } from '../desired-state.ts';
import { wantedBundle } from '../plan/plan-action.ts';
import type { TenantSnapshot } from '../tenant-snapshot.ts';

/**
 * Puts the Action's code on the tenant, waits until it is built, and deploys it. The version that runs changes in one
 * step, so that there is no moment without a gate; where the build fails, the one from before goes on.
 *
 * @returns the Action's id
 * @throws {Problem} `secret_unreadable`, `build_failed`, `build_timeout`, `check_failed`
 */
export async function applyAction(
  management: ManagementClient,
  snapshot: TenantSnapshot,
  desired: DesiredState,
): Promise<string> {
  const secret = snapshot.machines.find(({ owned }) => owned)?.clientSecret;
  if (secret === undefined) {
    throw new Problem('secret_unreadable', `The secret of the application "${GATE_NAME}" cannot be read.`);
  }
  const bundle = await wantedBundle(snapshot, desired);
  if (bundle === undefined) throw notAsWanted('What the Action needs is not there.');
  const content = {
    code: bundle.code,
    runtime: GATE_RUNTIME,
    dependencies: [],
    secrets: [{ name: GATE_SECRET, value: secret }],
  };
  let id = snapshot.action?.id;
  if (id !== undefined) await management.actions.update(id, content);
  else {
    ({ id } = await management.actions.create({
      name: GATE_NAME,
      supported_triggers: [{ ...GATE_TRIGGER }],
      ...content,
    }));
  }
  if (id === undefined) throw notAsWanted('The tenant gave the Action no id.');
  await untilBuilt(management, id, GATE_NAME);
  await management.actions.deploy(id);
  const { deployed_version: deployed } = await management.actions.get(id);
  if (readFingerprint(deployed?.code ?? '') !== bundle.fingerprint) {
    throw notAsWanted('What runs in logins is not what was deployed.');
  }
  return id;
}

function notAsWanted(message: string): Problem {
  return new Problem('check_failed', message);
}

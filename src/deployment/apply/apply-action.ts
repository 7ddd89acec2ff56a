import type { ManagementClient } from 'auth0';
import { readFingerprint } from '../../action/fingerprint.ts';
import { Problem } from '../../problem/problem.ts';
import { untilBuilt } from '../built-action.ts';
import { type DesiredState, GATE_NAME, GATE_RUNTIME, GATE_SECRET, GATE_TRIGGER } from '../desired-state.ts';
import { wantedBundle } from '../plan/plan-action.ts';
import type { TenantSnapshot } from '../tenant-snapshot.ts';

/**
 * Puts the Action's code on the tenant, waits until it is built, and deploys it. The running version changes in one step, so
 * there is no moment without a gate. If the build fails, the previous version keeps running.
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
  if (bundle === undefined) throw checkFailed('Something that the Action needs does not exist.');
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
  if (id === undefined) throw checkFailed('The tenant gave the Action no id.');
  await untilBuilt(management, id, GATE_NAME);
  await management.actions.deploy(id);
  const { deployed_version: deployed } = await management.actions.get(id);
  if (readFingerprint(deployed?.code ?? '') !== bundle.fingerprint) {
    throw checkFailed('The code that runs in logins is not the one that was deployed.');
  }
  return id;
}

function checkFailed(message: string): Problem {
  return new Problem('check_failed', message);
}

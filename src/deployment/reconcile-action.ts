import type { Management, ManagementClient } from 'auth0';
import type { BundledAction } from '../action/bundle.ts';
import { readFingerprint } from '../action/fingerprint.ts';
import { untilBuilt } from './built-action.ts';
import type { Change } from './change.ts';
import { DeploymentError } from './deployment-error.ts';

export const ACTION_NAME = 'Portcullis Gate';

const RUNTIME = 'node22';

/**
 * The Action with the given code, built and deployed. One whose deployed code carries the same fingerprint is left
 * alone; the client id is part of the code, so its secret is that of the same application. The version that runs
 * changes in one step, so that there is no moment without a gate.
 *
 * @returns the Action's id
 * @throws {DeploymentError} `unowned_action`, `build_failed`, `build_timeout`
 * @example
 * const id = await reconcileAction(management, bundle, clientSecret, changes);
 */
export async function reconcileAction(
  management: ManagementClient,
  bundle: BundledAction,
  clientSecret: string,
  changes: Change[],
): Promise<string> {
  const content = {
    code: bundle.code,
    runtime: RUNTIME,
    dependencies: [],
    secrets: [{ name: 'clientSecret', value: clientSecret }],
  };
  const existing = await findOurs(management);
  if (existing?.id !== undefined && isDeployed(existing, bundle.fingerprint)) return existing.id;
  let id = existing?.id;
  if (id === undefined) {
    const created = await management.actions.create({
      name: ACTION_NAME,
      supported_triggers: [{ id: 'post-login', version: 'v3' }],
      ...content,
    });
    id = created.id;
    changes.push({ resource: 'action', name: ACTION_NAME, kind: 'created' });
  } else {
    await management.actions.update(id, content);
    changes.push({ resource: 'action', name: ACTION_NAME, kind: 'updated' });
  }
  if (id === undefined) throw new DeploymentError('build_failed', 'The tenant gave the Action no id.', 'Try again.');
  await untilBuilt(management, id, ACTION_NAME);
  await management.actions.deploy(id);
  changes.push({ resource: 'action', name: ACTION_NAME, kind: 'deployed' });
  return id;
}

async function findOurs(management: ManagementClient): Promise<Management.Action | undefined> {
  for await (const action of await management.actions.list({ actionName: ACTION_NAME })) {
    if (action.name !== ACTION_NAME) continue;
    if (action.code !== undefined && readFingerprint(action.code) === undefined) {
      throw new DeploymentError(
        'unowned_action',
        `The tenant has an Action "${ACTION_NAME}" that Portcullis did not make.`,
        'Rename it in Auth0 (Actions > Library), then try again.',
      );
    }
    return action;
  }
  return undefined;
}

function isDeployed(action: Management.Action, fingerprint: string): boolean {
  const code = action.deployed_version?.code;
  return code !== undefined && readFingerprint(code) === fingerprint && action.all_changes_deployed !== false;
}

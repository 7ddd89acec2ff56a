import { Problem } from '../../../problem/problem.ts';
import type { Store } from '../../store/store.ts';
import type { ActionBuilds } from '../builds/action-builds.ts';
import type { Step } from './run-step.ts';

/**
 * Returns the step of an Action when it is built.
 *
 * @throws {Problem} `action_unrunnable`
 */
export async function runnableStep(
  store: Store,
  builds: ActionBuilds,
  bindingId: string,
  actionId: string,
  versionId: string | undefined,
): Promise<Step> {
  const action = store.actions.find(actionId);
  if (action === undefined || versionId === undefined) {
    throw new Problem('action_unrunnable', 'An Action bound to the login is not deployed.');
  }
  let version = store.actions.findVersion(versionId);
  if (version !== undefined && version.status !== 'built') {
    await builds.settled(actionId);
    version = store.actions.findVersion(versionId);
  }
  if (version?.status !== 'built') {
    throw new Problem('action_unrunnable', `The Action "${action.name}" bound to the login is not built.`);
  }
  return { bindingId, actionId, actionName: action.name, version };
}

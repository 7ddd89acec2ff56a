import type { Store } from '../../store/store.ts';
import type { ActionBuilds } from '../builds/action-builds.ts';
import type { Step } from './run-step.ts';

/** What is bound cannot be run: its content is gone or was never built. */
export class UnrunnableActionError extends Error {}

/**
 * An Action's turn, once it is built.
 *
 * @throws UnrunnableActionError
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
    throw new UnrunnableActionError('An Action bound to the login is not deployed.');
  }
  let version = store.actions.findVersion(versionId);
  if (version !== undefined && version.status !== 'built') {
    await builds.settled(actionId);
    version = store.actions.findVersion(versionId);
  }
  if (version?.status !== 'built') {
    throw new UnrunnableActionError(`The Action "${action.name}" bound to the login is not built.`);
  }
  return { bindingId, actionId, actionName: action.name, version };
}

import type { Management, ManagementClient } from 'auth0';
import { bindAction } from './apply/apply-binding.ts';
import { untilBuilt } from './built-action.ts';
import { DeploymentError } from './deployment-error.ts';

/** An Action as somebody writes it. */
export interface PushedAction {
  readonly name: string;
  readonly code: string;
  readonly runtime: string;
  readonly dependencies: readonly { readonly name: string; readonly version?: string }[];
  /** Empty: those that it has are left as they are. */
  readonly secrets: readonly { readonly name: string; readonly value: string }[];
  /** Whether it belongs into the login flow. */
  readonly bind: boolean;
}

export interface PushResult {
  readonly actionId: string;
  /** The number of the version that runs now. */
  readonly version: number | undefined;
  readonly change: 'created' | 'updated';
  /** Whether it was put into the login flow just now. */
  readonly bound: boolean;
}

/**
 * Puts an Action on a tenant by its name, waits until it is built, deploys it, and binds it to the login behind what is
 * bound already. The version that runs changes in one step; where the build fails, the one from before goes on.
 *
 * @throws {DeploymentError} `build_failed`, `build_timeout`, `other_trigger`
 * @throws {ManagementError} of the `auth0` package, where the tenant refuses a call
 * @example
 * await pushAction(management, { name: 'Country check', code, runtime: 'node22', dependencies: [], secrets: [], bind: true });
 */
export async function pushAction(management: ManagementClient, action: PushedAction): Promise<PushResult> {
  const content = {
    code: action.code,
    runtime: action.runtime,
    dependencies: action.dependencies.map(({ name, version = 'latest' }) => ({ name, version })),
    ...(action.secrets.length === 0 ? {} : { secrets: action.secrets.map((secret) => ({ ...secret })) }),
  };
  const existing = await find(management, action.name);
  const id = existing?.id ?? (await create(management, action.name, content));
  if (existing !== undefined) await management.actions.update(id, content);
  await untilBuilt(management, id, action.name);
  const { number } = await management.actions.deploy(id);
  const bound =
    action.bind && (await bindAction(management, { actionId: id, displayName: action.name, position: undefined }));
  return { actionId: id, version: number, change: existing === undefined ? 'created' : 'updated', bound };
}

async function create(
  management: ManagementClient,
  name: string,
  content: Omit<Management.CreateActionRequestContent, 'name' | 'supported_triggers'>,
): Promise<string> {
  const { id } = await management.actions.create({
    name,
    supported_triggers: [{ id: 'post-login', version: 'v3' }],
    ...content,
  });
  if (id === undefined) throw new DeploymentError('build_failed', 'The tenant gave the Action no id.', 'Try again.');
  return id;
}

async function find(
  management: ManagementClient,
  name: string,
): Promise<(Management.Action & { id: string }) | undefined> {
  for await (const action of await management.actions.list({ actionName: name })) {
    if (action.name !== name || action.id === undefined) continue;
    const trigger = action.supported_triggers?.[0]?.id;
    if (trigger !== 'post-login') {
      throw new DeploymentError(
        'other_trigger',
        `The tenant has an Action "${name}" of the trigger ${String(trigger)}.`,
        'Give this one another name: --name NAME',
      );
    }
    return { ...action, id: action.id };
  }
  return undefined;
}

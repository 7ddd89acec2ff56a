import type { Management, ManagementClient } from 'auth0';
import { Problem } from '../problem/problem.ts';
import { bindAction } from './apply/apply-binding.ts';
import { untilBuilt } from './built-action.ts';
import { type BoundTrigger, TRIGGER_VERSIONS } from './desired-state.ts';

/** An Action as somebody writes it. */
export interface PushedAction {
  readonly name: string;
  readonly trigger: BoundTrigger;
  readonly code: string;
  readonly runtime: string;
  readonly dependencies: readonly { readonly name: string; readonly version?: string }[];
  /** Empty: those that it has are left as they are. */
  readonly secrets: readonly { readonly name: string; readonly value: string }[];
  /** Whether its trigger is to run it. */
  readonly bind: boolean;
}

export interface PushResult {
  readonly actionId: string;
  /** The number of the version that runs now. */
  readonly version: number | undefined;
  readonly change: 'created' | 'updated';
  /** Whether its trigger was told to run it just now. */
  readonly bound: boolean;
}

/**
 * Puts an Action on a tenant by its name, waits until it is built, deploys it, and binds it to its trigger behind what is
 * bound already. The version that runs changes in one step; where the build fails, the one from before goes on.
 *
 * @throws {Problem} `build_failed`, `build_timeout`, `other_trigger`
 * @throws {ManagementError} of the `auth0` package, where the tenant refuses a call
 * @example
 * await pushAction(management, { name: 'Country check', trigger: 'post-login', code, runtime: 'node22', dependencies: [], secrets: [], bind: true });
 */
export async function pushAction(management: ManagementClient, action: PushedAction): Promise<PushResult> {
  const content = {
    code: action.code,
    runtime: action.runtime,
    dependencies: action.dependencies.map(({ name, version = 'latest' }) => ({ name, version })),
    ...(action.secrets.length === 0 ? {} : { secrets: action.secrets.map((secret) => ({ ...secret })) }),
  };
  const existing = await find(management, action);
  const id = existing?.id ?? (await create(management, action, content));
  if (existing !== undefined) await management.actions.update(id, content);
  await untilBuilt(management, id, action.name);
  const { number } = await management.actions.deploy(id);
  const bound =
    action.bind &&
    (await bindAction(management, {
      actionId: id,
      displayName: action.name,
      position: undefined,
      trigger: action.trigger,
      command: 'portcullis action push',
    }));
  return { actionId: id, version: number, change: existing === undefined ? 'created' : 'updated', bound };
}

async function create(
  management: ManagementClient,
  { name, trigger }: PushedAction,
  content: Omit<Management.CreateActionRequestContent, 'name' | 'supported_triggers'>,
): Promise<string> {
  const { id } = await management.actions.create({
    name,
    supported_triggers: [{ id: trigger, version: TRIGGER_VERSIONS[trigger] }],
    ...content,
  });
  if (id === undefined) throw new Problem('build_failed', 'The tenant gave the Action no id.', 'Try again.');
  return id;
}

async function find(
  management: ManagementClient,
  { name, trigger }: PushedAction,
): Promise<(Management.Action & { id: string }) | undefined> {
  for await (const action of await management.actions.list({ actionName: name })) {
    if (action.name !== name || action.id === undefined) continue;
    const other = action.supported_triggers?.[0]?.id;
    if (other !== trigger) {
      throw new Problem(
        'other_trigger',
        `The tenant has an Action "${name}" of the trigger ${String(other)}.`,
        `Give this one another name (--name NAME), or say what it is for: --trigger ${String(other)}`,
      );
    }
    return { ...action, id: action.id };
  }
  return undefined;
}

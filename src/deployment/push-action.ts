import type { Management, ManagementClient } from 'auth0';
import { Problem } from '../problem/problem.ts';
import { bindAction } from './apply/apply-binding.ts';
import { untilBuilt } from './built-action.ts';
import { type BoundTrigger, TRIGGER_VERSIONS } from './desired-state.ts';

/** An Action as its author writes it. */
export interface PushedAction {
  readonly name: string;
  readonly trigger: BoundTrigger;
  readonly code: string;
  readonly runtime: string;
  readonly dependencies: readonly { readonly name: string; readonly version?: string }[];
  /** Empty: its existing secrets stay as they are. */
  readonly secrets: readonly { readonly name: string; readonly value: string }[];
  /** Whether to bind the Action to its trigger. */
  readonly bind: boolean;
}

export interface PushResult {
  readonly actionId: string;
  /** The number of the running version. */
  readonly version: number | undefined;
  readonly change: 'created' | 'updated';
  /** Whether this push has bound the Action to its trigger. */
  readonly bound: boolean;
}

/**
 * Puts an Action on a tenant by its name, waits until it is built, deploys it, and binds it to its trigger after what is
 * already bound. The running version changes in one step. If the build fails, the previous version keeps running.
 *
 * @throws {Problem} `build_failed`, `build_timeout`, `other_trigger`
 * @throws {ManagementError} of the `auth0` package, if the tenant refuses a call
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
        `Give this one another name (--name NAME), or name its trigger: --trigger ${String(other)}`,
      );
    }
    return { ...action, id: action.id };
  }
  return undefined;
}

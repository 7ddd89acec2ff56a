import type { ManagementClient } from 'auth0';
import { Problem } from '../../problem/problem.ts';
import { type BoundTrigger, type FlowPosition, GATE_TRIGGER } from '../desired-state.ts';
import { flowWith } from '../plan/login-flow.ts';
import { readBindings } from '../read-tenant.ts';

export interface BoundAction {
  readonly actionId: string;
  /** The name of the binding in the flow. */
  readonly displayName: string;
  /** Absent: the current position, or the last one if the Action is not bound. */
  readonly position: FlowPosition | undefined;
  /** The login's trigger unless given. */
  readonly trigger?: BoundTrigger;
  /** The command to run again after a failure. */
  readonly command?: string;
}

/**
 * Puts an Action into the flow of its trigger. The other Actions and their order stay as they are at this moment.
 *
 * @returns whether a change was necessary
 * @throws {Problem} `position_unknown`, `check_failed`
 * @example
 * await bindAction(management, { actionId, displayName: 'Portcullis Gate', position: 'last' });
 */
export async function bindAction(
  management: ManagementClient,
  { actionId, displayName, position, trigger = GATE_TRIGGER.id, command = 'portcullis apply' }: BoundAction,
): Promise<boolean> {
  // Read again: the call replaces the whole list, and another Action may have been bound meanwhile.
  const before = await readBindings(management, trigger);
  const flow = flowWith(before, actionId, position);
  const requested = flow.map((binding) => binding?.actionId ?? actionId).join();
  if (before.map((binding) => binding.actionId).join() === requested) return false;
  await management.actions.triggers.bindings.updateMany(trigger, {
    bindings: flow.map((binding) =>
      binding === undefined
        ? { ref: { type: 'action_id' as const, value: actionId }, display_name: displayName }
        : {
            ref: { type: 'binding_id' as const, value: binding.id },
            ...(binding.displayName === undefined ? {} : { display_name: binding.displayName }),
          },
    ),
  });
  if ((await readBindings(management, trigger)).map((binding) => binding.actionId).join() !== requested) {
    throw new Problem(
      'check_failed',
      'The flow of the trigger is not what was requested: another process is changing it.',
      `Run it again: ${command}`,
    );
  }
  return true;
}

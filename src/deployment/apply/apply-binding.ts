import type { ManagementClient } from 'auth0';
import { Problem } from '../../problem/problem.ts';
import { type BoundTrigger, type FlowPosition, GATE_TRIGGER } from '../desired-state.ts';
import { flowWith } from '../plan/login-flow.ts';
import { readBindings } from '../read-tenant.ts';

export interface BoundAction {
  readonly actionId: string;
  /** What the flow calls it. */
  readonly displayName: string;
  /** Absent: where it is, or last where it is not bound. */
  readonly position: FlowPosition | undefined;
  /** The login's unless given. */
  readonly trigger?: BoundTrigger;
  /** What was typed, to be typed again. */
  readonly command?: string;
}

/**
 * Puts an Action into the flow of its trigger; the others and their order are left as they are at this moment.
 *
 * @returns whether anything had to be changed
 * @throws {Problem} `position_unknown`, `check_failed`
 * @example
 * await bindAction(management, { actionId, displayName: 'Portcullis Gate', position: 'last' });
 */
export async function bindAction(
  management: ManagementClient,
  { actionId, displayName, position, trigger = GATE_TRIGGER.id, command = 'portcullis apply' }: BoundAction,
): Promise<boolean> {
  // Read anew: the call replaces the whole list, and somebody may have bound another meanwhile.
  const before = await readBindings(management, trigger);
  const flow = flowWith(before, actionId, position);
  const wanted = flow.map((binding) => binding?.actionId ?? actionId).join();
  if (before.map((binding) => binding.actionId).join() === wanted) return false;
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
  if ((await readBindings(management, trigger)).map((binding) => binding.actionId).join() !== wanted) {
    throw new Problem(
      'check_failed',
      'What the trigger runs is not what was asked for: somebody else is changing it.',
      `Run it again: ${command}`,
    );
  }
  return true;
}

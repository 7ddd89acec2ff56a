import type { Management } from 'auth0';

/** An Action in a flow, already bound or new. */
export interface Step {
  /** Identifies the step on the screen. */
  readonly key: string;
  readonly actionId: string;
  readonly name: string;
  /** Set if the step is already bound. */
  readonly bindingId?: string;
}

/** The step of an existing binding. */
export function stepOfBinding(binding: Management.ActionBinding): Step {
  const { id = '', action, display_name } = binding;
  return { key: id, bindingId: id, actionId: action?.id ?? '', name: display_name || action?.name || '' };
}

/** The step of an Action that is not bound yet. */
export function stepOfAction({ id = '', name = '' }: Management.Action): Step {
  return { key: `new ${id}`, actionId: id, name };
}

/** The steps with one of them moved. */
export function moveStep(steps: readonly Step[], from: number, to: number): Step[] {
  const next = [...steps];
  const [step] = next.splice(from, 1);
  if (step !== undefined) next.splice(Math.max(0, Math.min(to, next.length)), 0, step);
  return next;
}

/** The request that binds the steps: the whole list, in order. */
export function bindingsOf(steps: readonly Step[]): Management.UpdateActionBindingsRequestContent {
  return {
    bindings: steps.map(({ bindingId, actionId, name }) => ({
      ref:
        bindingId === undefined
          ? { type: 'action_id' as const, value: actionId }
          : { type: 'binding_id' as const, value: bindingId },
      display_name: name,
    })),
  };
}

/** Unapplied steps after the flow was read again: steps that are bound by now get their binding. */
export function withBindings(steps: readonly Step[], applied: readonly Step[]): Step[] {
  return steps.map((step) => applied.find(({ actionId }) => actionId === step.actionId) ?? step);
}

/** Whether there is nothing to apply. */
export function sameFlow(one: readonly Step[], other: readonly Step[]): boolean {
  return one.length === other.length && one.every(({ key }, index) => key === other[index]?.key);
}

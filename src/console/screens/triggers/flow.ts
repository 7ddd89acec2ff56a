import type { Management } from 'auth0';

/** An Action's place in a flow, bound already or not yet. */
export interface Step {
  /** Tells steps apart on the screen. */
  readonly key: string;
  readonly actionId: string;
  readonly name: string;
  /** Of one that is bound already. */
  readonly bindingId?: string;
}

/** A step that the tenant knows. */
export function stepOfBinding(binding: Management.ActionBinding): Step {
  const { id = '', action, display_name } = binding;
  return { key: id, bindingId: id, actionId: action?.id ?? '', name: display_name || action?.name || '' };
}

/** A step that is not applied yet. */
export function stepOfAction({ id = '', name = '' }: Management.Action): Step {
  return { key: `new ${id}`, actionId: id, name };
}

/** The list with one step at another place. */
export function moved(steps: readonly Step[], from: number, to: number): Step[] {
  const next = [...steps];
  const [step] = next.splice(from, 1);
  if (step !== undefined) next.splice(Math.max(0, Math.min(to, next.length)), 0, step);
  return next;
}

/** What the tenant is told: the whole list in order. */
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

/** Steps that were changed before the flow was read anew: as they are, and bound where they are bound by now. */
export function withBindings(steps: readonly Step[], applied: readonly Step[]): Step[] {
  return steps.map((step) => applied.find(({ actionId }) => actionId === step.actionId) ?? step);
}

/** Whether there is nothing to apply. */
export function sameFlow(one: readonly Step[], other: readonly Step[]): boolean {
  return one.length === other.length && one.every(({ key }, index) => key === other[index]?.key);
}

import { Problem } from '../../problem/problem.ts';
import type { FlowPosition } from '../desired-state.ts';
import type { BindingState } from '../tenant-snapshot.ts';

/**
 * Returns the login flow with an Action in its place. The others keep their order.
 *
 * @param actionId absent if the Action has to be created
 * @param position absent: the current position, or last if the Action is not bound
 * @returns the bindings in order; `undefined` marks a new binding for the Action
 * @throws {Problem} `position_unknown` if the named Action is not bound
 * @example flowWith([first, second], undefined, 'first') // [undefined, first, second]
 */
export function flowWith(
  bindings: readonly BindingState[],
  actionId: string | undefined,
  position: FlowPosition | undefined,
): (BindingState | undefined)[] {
  const ours = bindings.find((binding) => actionId !== undefined && binding.actionId === actionId);
  if (ours !== undefined && position === undefined) return [...bindings];
  const others: (BindingState | undefined)[] = bindings.filter((binding) => binding !== ours);
  return others.toSpliced(placeIn(others, position ?? 'last'), 0, ours);
}

function placeIn(others: readonly (BindingState | undefined)[], position: FlowPosition): number {
  if (position === 'first') return 0;
  if (position === 'last') return others.length;
  const name = 'before' in position ? position.before : position.after;
  const at = others.findIndex((one) => one?.displayName === name || one?.actionName === name);
  if (at !== -1) return 'before' in position ? at : at + 1;
  const names = others.map((one) => `"${one?.displayName ?? one?.actionName}"`).join(', ');
  throw new Problem(
    'position_unknown',
    `The Action should be placed ${'before' in position ? 'before' : 'after'} "${name}", but nothing of that name is bound to the login.`,
    `Correct "position" in the configuration. Bound Actions: ${names || 'none'}.`,
  );
}

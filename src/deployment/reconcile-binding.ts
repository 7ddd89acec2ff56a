import type { Management, ManagementClient } from 'auth0';
import type { Change } from './change.ts';
import { ACTION_NAME } from './reconcile-action.ts';

/**
 * Puts the Action into the login flow, behind those that are bound already; their order is left as it is, and ours
 * stays where somebody has moved it.
 *
 * @example
 * await reconcileBinding(management, actionId, changes);
 */
export async function reconcileBinding(
  management: ManagementClient,
  actionId: string,
  changes: Change[],
): Promise<void> {
  const bound: Management.ActionBinding[] = [];
  for await (const binding of await management.actions.triggers.bindings.list('post-login')) bound.push(binding);
  if (bound.some((binding) => binding.action?.id === actionId)) return;
  // The call replaces the whole list, so the others are named with it.
  await management.actions.triggers.bindings.updateMany('post-login', {
    bindings: [
      ...bound.flatMap(({ id, display_name }) =>
        id === undefined
          ? []
          : [
              {
                ref: { type: 'binding_id' as const, value: id },
                ...(display_name === undefined ? {} : { display_name }),
              },
            ],
      ),
      { ref: { type: 'action_id', value: actionId }, display_name: ACTION_NAME },
    ],
  });
  changes.push({ resource: 'binding', name: ACTION_NAME, kind: 'bound' });
}

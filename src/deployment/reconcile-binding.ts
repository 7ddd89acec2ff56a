import type { Management, ManagementClient } from 'auth0';

/**
 * Puts an Action into the login flow, behind those that are bound already; their order is left as it is, and one that is
 * bound stays where somebody has moved it.
 *
 * @param displayName what the flow calls it
 * @returns whether it was not there before
 * @example
 * const bound = await reconcileBinding(management, actionId, 'Portcullis Gate');
 */
export async function reconcileBinding(
  management: ManagementClient,
  actionId: string,
  displayName: string,
): Promise<boolean> {
  const bound: Management.ActionBinding[] = [];
  for await (const binding of await management.actions.triggers.bindings.list('post-login')) bound.push(binding);
  if (bound.some((binding) => binding.action?.id === actionId)) return false;
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
      { ref: { type: 'action_id', value: actionId }, display_name: displayName },
    ],
  });
  return true;
}

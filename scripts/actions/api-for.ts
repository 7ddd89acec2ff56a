import { apiOfHandler } from '../../src/tenant/actions/sandbox/api/api-of-handler.ts';
import { collectEffects } from '../../src/tenant/actions/sandbox/api/effect-collector.ts';

/**
 * The `api` object of a handler without an implementation, to list its members.
 *
 * @example
 * Object.keys(apiFor('onExecutePostLogin').access) // ['deny']
 */
export function apiFor(handler: string): ReturnType<typeof apiOfHandler> {
  const event = { user: { user_id: '', app_metadata: {}, user_metadata: {} }, request: {} };
  return apiOfHandler(
    {
      event,
      collector: collectEffects(),
      handler,
      cache: [],
      pendingUserMetadata: {},
      pendingAppMetadata: {},
      primaryUserIsSet: false,
      ask: () => Promise.resolve(null),
    },
    () => {},
  );
}

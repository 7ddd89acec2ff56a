import type { Api, ApiContext } from './api-context.ts';

/** `api.access`: denies once the Action's own code has run. */
export function accessApi({ collector }: ApiContext, api: () => Api) {
  return {
    deny(reason: unknown): Api {
      collector.note('access.deny', [reason]);
      collector.effects.deny = { reason: reason === undefined || reason === null ? '' : String(reason) };
      return api();
    },
  };
}

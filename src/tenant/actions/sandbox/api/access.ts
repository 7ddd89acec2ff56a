import type { Api, ApiContext } from './api-context.ts';

/** `api.access`: denies once the Action's own code has run. */
export function accessApi({ collector }: ApiContext, api: () => Api) {
  return {
    deny(reason: unknown): Api {
      // Before anything else: a reason that throws when it is read denies as well.
      collector.effects.deny = { reason: '' };
      collector.note('access.deny', [reason]);
      collector.effects.deny = { reason: text(reason) };
      return api();
    },
  };
}

function text(reason: unknown): string {
  try {
    return reason === undefined || reason === null ? '' : String(reason);
  } catch {
    return '';
  }
}

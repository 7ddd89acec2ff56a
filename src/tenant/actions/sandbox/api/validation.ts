import type { Api, ApiContext } from './api-context.ts';

/** `api.validation`: ends the login with an error of the Action's own. */
export function validationApi({ collector }: ApiContext, api: () => Api) {
  return {
    error(code: unknown, message: unknown): Api {
      collector.record('validation.error', [code, message]);
      if (typeof code !== 'string' || typeof message !== 'string') {
        throw new TypeError('validation.error takes an error code and an error message, both strings.');
      }
      collector.effects.validationError = { code, message };
      return api();
    },
  };
}

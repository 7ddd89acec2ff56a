import type { Api, ApiContext } from './api-context.ts';
import { notSimulated } from './not-simulated.ts';

/** `api.multifactor`: requests a factor at the end of the login. The last call counts. */
export function multifactorApi({ collector }: ApiContext, api: () => Api, fail: (error: Error) => void) {
  return {
    enable(provider: unknown, options?: { allowRememberBrowser?: unknown }): Api {
      collector.record('multifactor.enable', options === undefined ? [provider] : [provider, options]);
      const allowRememberBrowser = options?.allowRememberBrowser === true;
      switch (provider) {
        case 'none':
          collector.effects.multifactor = 'none';
          return api();
        case 'any':
          collector.effects.multifactor = {
            kind: 'require',
            factors: ['otp', 'email', 'recovery-code'],
            allowRememberBrowser,
          };
          return api();
        case 'google-authenticator':
          collector.effects.multifactor = { kind: 'require', factors: ['otp', 'recovery-code'], allowRememberBrowser };
          return api();
        case 'guardian':
        case 'duo': {
          const error = notSimulated(`The provider "${provider}" of api.multifactor.enable`);
          fail(error);
          throw error;
        }
        default:
          throw new TypeError(
            'multifactor.enable takes one of the providers "any", "google-authenticator", "guardian", "duo" and "none".',
          );
      }
    },
  };
}

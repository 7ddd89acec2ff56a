import type { Api, ApiContext } from './api-context.ts';
import { cacheApi } from './cache.ts';
import { postLoginApi } from './post-login-api.ts';
import { accessTokenApi } from './tokens.ts';
import { userApi } from './user.ts';
import { validationApi } from './validation.ts';

/**
 * The `api` object that a handler is given: each trigger has its own. Source: Auth0's documentation, "Actions Triggers".
 *
 * @param fail marks the run as failed whatever the Action does with the error
 */
export function apiOfHandler(context: ApiContext, fail: (error: Error) => void): Api {
  const self = (): Api => api;
  const api = made();
  return api;

  function made(): Api {
    switch (context.handler) {
      case 'onExecuteCredentialsExchange':
        return {
          access: denial(context, self, (code, reason) => ({ code: text(code), reason: text(reason) })),
          accessToken: { setCustomClaim: accessTokenApi(context, self).setCustomClaim },
          cache: cacheApi(context),
        };
      case 'onExecutePreUserRegistration':
        return {
          access: denial(context, self, (reason, userMessage) => ({
            reason: text(reason),
            userMessage: text(userMessage),
          })),
          user: userApi(context, self),
          validation: validationApi(context, self),
          cache: cacheApi(context),
        };
      case 'onExecutePostUserRegistration':
      case 'onExecutePostChangePassword':
        return { cache: cacheApi(context) };
      default:
        return postLoginApi(context, fail);
    }
  }
}

type Denial = NonNullable<ApiContext['collector']['effects']['deny']>;

function denial({ collector }: ApiContext, api: () => Api, denied: (first: unknown, second: unknown) => Denial) {
  return {
    deny(first: unknown, second: unknown): Api {
      // Before anything else: words that throw when they are read deny as well.
      collector.effects.deny = { reason: '' };
      collector.note('access.deny', [first, second]);
      collector.effects.deny = denied(first, second);
      return api();
    },
  };
}

function text(value: unknown): string {
  try {
    return value === undefined || value === null ? '' : String(value);
  } catch {
    return '';
  }
}

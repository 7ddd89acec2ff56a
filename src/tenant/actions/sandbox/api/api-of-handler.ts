import { accessApi } from './access-api.ts';
import type { Api, ApiContext } from './api-context.ts';
import { cacheApi } from './cache-api.ts';
import { postLoginApi } from './post-login-api.ts';
import { targetScopesApi } from './target-scopes.ts';
import { accessTokenApi } from './tokens-api.ts';
import { userApi } from './user-api.ts';
import { validationApi } from './validation.ts';

/**
 * Makes the `api` object of a handler: each trigger has its own. Source: Auth0's documentation, "Actions Triggers".
 *
 * @param fail marks the run as failed, even if the Action catches the error
 */
export function apiOfHandler(context: ApiContext, fail: (error: Error) => void): Api {
  const self = (): Api => api;
  const api = made();
  return api;

  function made(): Api {
    switch (context.handler) {
      case 'onExecuteCredentialsExchange':
        return {
          access: accessApi(context, self, (code, reason) => ({ code, reason })),
          accessToken: { setCustomClaim: accessTokenApi(context, self).setCustomClaim },
          cache: cacheApi(context),
          transaction: targetScopesApi(context),
        };
      case 'onExecutePreUserRegistration':
        return {
          access: accessApi(context, self, (reason, userMessage) => ({ reason, userMessage })),
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

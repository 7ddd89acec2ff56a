import { accessApi } from './access-api.ts';
import type { Api, ApiContext } from './api-context.ts';
import { authenticationApi } from './authentication-api.ts';
import { cacheApi } from './cache-api.ts';
import { groupsApi } from './groups-api.ts';
import { multifactorApi } from './multifactor-api.ts';
import { notSimulatedApi } from './not-simulated.ts';
import { redirectApi } from './redirect-api.ts';
import { refreshTokenApi } from './refresh-token-api.ts';
import { rolesApi } from './roles-api.ts';
import { sessionApi } from './session-api.ts';
import { accessTokenApi, idTokenApi } from './tokens-api.ts';
import { transactionApi } from './transaction-api.ts';
import { userApi } from './user-api.ts';
import { validationApi } from './validation.ts';

/**
 * Makes the `api` object of post-login v3. Source: Auth0's documentation page "Actions Triggers: post-login - API Object".
 *
 * @param fail marks the run as failed, even if the Action catches the error
 */
export function postLoginApi(context: ApiContext, fail: (error: Error) => void): Api {
  const self = (): Api => api;
  const api: Api = {
    ...notSimulatedApi(context.collector, fail),
    authentication: authenticationApi(context, self),
    multifactor: multifactorApi(context, self, fail),
    access: accessApi(context, self),
    accessToken: accessTokenApi(context, self),
    idToken: idTokenApi(context, self),
    redirect: redirectApi(context, self),
    user: userApi(context, self),
    cache: cacheApi(context),
    transaction: transactionApi(context),
    roles: rolesApi(context),
    groups: groupsApi(context),
    session: sessionApi(context),
    refreshToken: refreshTokenApi(context),
    validation: validationApi(context, self),
    rules: {
      wasExecuted(rule: unknown): boolean {
        context.collector.record('rules.wasExecuted', [rule]);
        // Rules are past their end of life; this tenant has none.
        return false;
      },
    },
  };
  return api;
}

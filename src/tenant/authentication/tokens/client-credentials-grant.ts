import { errors, type ResourceServer } from 'oidc-provider';
import { walkLogin } from '../authorize/login-pipeline.ts';
import { loginProgress } from '../authorize/login-progress.ts';
import { wordsOf } from '../authorize/original-request.ts';
import type { OidcContext } from '../http/web-context.ts';
import { audienceOf, libraryResource } from './api-audience.ts';

/**
 * The resource of a client credentials exchange: the API that the application names, with the scopes of its client grant. The
 * library may ask more than once; the exchange happens once.
 *
 * @throws `access_denied` if the API does not exist, the application's client grant is missing or too small, or an Action denies it.
 * @example
 * const resource = await clientCredentialsResource(ctx, resourceIndicator('https://localhost:4000/api/v2/'));
 * @see Auth0 docs: "Client Credentials Flow"; "Actions Triggers: credentials-exchange".
 */
export async function clientCredentialsResource(ctx: OidcContext, indicator: string): Promise<ResourceServer> {
  const login = loginProgress(ctx);
  if (!login.passedAll) {
    const scope = ctx.oidc.params?.scope;
    login.audience = audienceOf(indicator) ?? indicator;
    login.indicator = indicator;
    login.requestedScopes = wordsOf(typeof scope === 'string' ? scope : undefined);
    await walkLogin(login, 'machine');
  }
  if (login.api === undefined) throw new errors.AccessDenied('The request names no API.');
  return libraryResource(login.api, login.scopes, false);
}

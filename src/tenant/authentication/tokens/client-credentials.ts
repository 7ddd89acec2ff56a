import { errors, type ResourceServer } from 'oidc-provider';
import type { ClientRecord } from '../../store/records.ts';
import type { Store } from '../../store/store.ts';
import { wordsOf } from '../authorize/original-request.ts';
import { factsOf, type OidcContext, progressOf } from '../web-context.ts';
import { audienceOf, findApi, grantedScopes, libraryResource } from './api-audience.ts';

/**
 * What an application gets for itself: the API that it names, within its client grant.
 *
 * @throws `access_denied` where the tenant has no such API, or the application no grant or too small a one.
 * @example
 * const resource = grantForMachine(store, ctx, client, resourceIndicator('https://localhost:4000/api/v2/'));
 * @see Auth0 docs: "Client Credentials Flow".
 */
export function grantForMachine(
  store: Store,
  ctx: OidcContext,
  client: ClientRecord,
  indicator: string,
): ResourceServer {
  const api = findApi(store, indicator);
  const progress = progressOf(ctx);
  progress.audience = audienceOf(indicator) ?? indicator;
  if (factsOf(ctx).form.has('organization')) {
    throw new errors.InvalidRequest('This tenant gives applications no tokens for an organization.');
  }
  if (api === undefined) throw new errors.AccessDenied(`Service not enabled within domain: ${progress.audience}`);
  const { params } = ctx.oidc;
  const requested = wordsOf(typeof params?.scope === 'string' ? params.scope : undefined);
  const scopes = grantedScopes(store, client, api, requested);
  if (params !== undefined) params.scope = scopes.length === 0 ? undefined : scopes.join(' ');
  progress.scope = scopes.join(' ');
  return libraryResource(api, scopes, false);
}

import { errors, type ResourceServer } from 'oidc-provider';
import type { ClientRecord } from '../../store/records/applications/client-repository.ts';
import type { ResourceServerRecord } from '../../store/records/applications/resource-server-repository.ts';
import type { Store } from '../../store/store.ts';
import { wordsOf } from '../authorize/original-request.ts';
import { loginProgress, type OidcContext, requestInfo } from '../http/web-context.ts';
import { audienceOf, findApi, grantedScopes, libraryResource } from './api-audience.ts';
import { exchangeScopes } from './credentials-exchange.ts';

/**
 * The resource of a client credentials exchange: the API that the application names, with the scopes of its client grant.
 *
 * @throws `access_denied` if the API does not exist, or the application's client grant is missing or too small.
 * @example
 * const resource = clientCredentialsResource(store, ctx, client, resourceIndicator('https://localhost:4000/api/v2/'));
 * @see Auth0 docs: "Client Credentials Flow".
 */
export function clientCredentialsResource(
  store: Store,
  ctx: OidcContext,
  client: ClientRecord,
  indicator: string,
): ResourceServer {
  const api = findApi(store, indicator);
  const progress = loginProgress(ctx);
  progress.audience = audienceOf(indicator) ?? indicator;
  if (requestInfo(ctx).form.has('organization')) {
    throw new errors.InvalidRequest('This tenant issues no client credentials tokens for an organization.');
  }
  if (api === undefined) throw new errors.AccessDenied(`Service not enabled within domain: ${progress.audience}`);
  const { params } = ctx.oidc;
  const requested = wordsOf(typeof params?.scope === 'string' ? params.scope : undefined);
  const scopes = grantedScopes(store, client, api, requested);
  return applyScopes(ctx, api, scopes);
}

/**
 * The resource with the scopes that Actions set instead, as far as the application's client grant has them.
 *
 * @example
 * return resourceOfActions(store, ctx, client, indicator) ?? resource;
 * @see Auth0 docs: "Actions Triggers: credentials-exchange - API Object", `api.transaction`.
 */
export function resourceOfActions(
  store: Store,
  ctx: OidcContext,
  client: ClientRecord,
  indicator: string,
): ResourceServer | undefined {
  const targetScopes = exchangeScopes(ctx);
  const api = findApi(store, indicator);
  if (targetScopes === undefined || api === undefined) return undefined;
  const granted = new Set(grantedScopes(store, client, api, []));
  return applyScopes(
    ctx,
    api,
    targetScopes.filter((scope) => granted.has(scope)),
  );
}

function applyScopes(ctx: OidcContext, api: ResourceServerRecord, scopes: readonly string[]): ResourceServer {
  const { params } = ctx.oidc;
  if (params !== undefined) params.scope = scopes.length === 0 ? undefined : scopes.join(' ');
  loginProgress(ctx).scope = scopes.join(' ');
  return libraryResource(api, scopes, false);
}

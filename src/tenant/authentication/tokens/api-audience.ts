import { errors, type ResourceServer } from 'oidc-provider';
import { administratorScopes, isAdministrator } from '../../administrator/console-access.ts';
import type { ClientRecord } from '../../store/records/applications/client-repository.ts';
import type { ResourceServerRecord } from '../../store/records/applications/resource-server-repository.ts';
import type { Store } from '../../store/store.ts';
import { authorizeClient } from './access-policy.ts';

const PREFIX = 'urn:tenant:api:';

/**
 * The library's resource indicator for an API's identifier. Auth0 accepts any string as an identifier, the library only
 * absolute URIs.
 *
 * @example
 * resourceIndicator('orders'); // 'urn:tenant:api:orders'
 * @see RFC 8707, section 2.
 */
export function resourceIndicator(audience: string): string {
  return PREFIX + encodeURIComponent(audience);
}

/** The identifier of the API that an indicator stands for. */
export function audienceOf(indicator: unknown): string | undefined {
  return typeof indicator === 'string' && indicator.startsWith(PREFIX)
    ? decodeURIComponent(indicator.slice(PREFIX.length))
    : undefined;
}

/** The API that a request names by its indicator. */
export function findApi(store: Store, indicator: string): ResourceServerRecord | undefined {
  const audience = audienceOf(indicator);
  return audience === undefined ? undefined : store.resourceServers.findByIdentifier(audience);
}

/**
 * The scopes of an API that a user's token may carry. For the Management API these are only the scopes about the current
 * user; the others require a client grant for client credentials.
 *
 * @see Auth0 docs: "Get Management API Access Tokens for Single-Page Applications".
 */
export function scopesForUsers(api: ResourceServerRecord): string[] {
  const scopes = api.scopes.map((scope) => scope.value);
  return api.is_system ? scopes.filter((scope) => /:current_user(?:_|$)/.test(scope)) : scopes;
}

/**
 * The scopes of an API that an application may request for users. The tenant's own console may request some scopes of the
 * Management API; whether it gets them also depends on the user.
 *
 * @throws `access_denied` if the API's policy does not allow the application.
 * @see Auth0 docs: "API Access Policies for Applications".
 */
export function scopesOnBehalf(store: Store, client: ClientRecord, api: ResourceServerRecord): string[] {
  const grant = authorizeClient(store, client, api, 'user');
  const scopes = scopesForUsers(api).filter((scope) => grant === undefined || grant.scope.includes(scope));
  return api.is_system ? [...scopes, ...administratorScopes(store, client)] : scopes;
}

/**
 * The scopes of an API that this user's token may carry. If the API enforces its policies, these are only the permissions
 * that the user has directly or through a role. For the Management API they are the scopes about the current user, except
 * for the console's administrator.
 *
 * @param scopes the candidates; by default all scopes for users.
 * @example
 * scopesForUser(store, api, 'auth0|1', scopesOnBehalf(store, client, api)); // ['read:orders']
 * @see Auth0 docs: "Enable Role-Based Access Control for APIs".
 */
export function scopesForUser(
  store: Store,
  api: ResourceServerRecord,
  userId: string,
  scopes: string[] = scopesForUsers(api),
): string[] {
  if (api.is_system) {
    if (isAdministrator(store, userId)) return scopes;
    const ofUsers = new Set(scopesForUsers(api));
    return scopes.filter((scope) => ofUsers.has(scope));
  }
  if (!api.enforce_policies) return scopes;
  const permitted = new Set(
    store.users
      .permissions(userId)
      .filter((permission) => permission.resource_server_identifier === api.identifier)
      .map((permission) => permission.permission_name),
  );
  return scopes.filter((scope) => permitted.has(scope));
}

/**
 * The library's settings for tokens of an API.
 *
 * @param scopes the most scopes that the token may carry.
 * @param web whether the authorization endpoint itself returns the token to a browser.
 */
export function libraryResource(api: ResourceServerRecord, scopes: readonly string[], web: boolean): ResourceServer {
  const secret = api.other.signing_secret;
  return {
    audience: api.identifier,
    scope: scopes.join(' '),
    accessTokenFormat: 'jwt',
    accessTokenTTL: Math.max(1, Math.floor(web ? api.token_lifetime_for_web : api.token_lifetime)),
    jwt: {
      sign:
        api.signing_alg === 'HS256' && typeof secret === 'string' && !api.is_system
          ? { alg: 'HS256', key: Buffer.from(secret) }
          : { alg: 'RS256' },
    },
  };
}

/**
 * The scopes of an API that an application gets for itself: those of its client grant that the API has, narrowed to the requested ones.
 *
 * @param requested the scopes of the `scope` parameter; if empty, all scopes of the grant.
 * @throws `access_denied` with the missing scopes, in Auth0's words.
 * @example
 * grantedScopes(store, client, api, ['read:users']);
 * @see Auth0 docs: "Client Credentials Flow", "Application Access to APIs: Client Grants".
 */
export function grantedScopes(
  store: Store,
  client: ClientRecord,
  api: ResourceServerRecord,
  requested: readonly string[],
): string[] {
  const known = new Set(api.scopes.map(({ value }) => value));
  const granted = (authorizeClient(store, client, api, 'client')?.scope ?? []).filter((scope) => known.has(scope));
  const missing = requested.filter((scope) => !granted.includes(scope));
  if (missing.length > 0) {
    throw new errors.AccessDenied(`Client has not been granted scopes: ${missing.join(', ')}`);
  }
  return requested.length > 0 ? [...requested] : granted;
}

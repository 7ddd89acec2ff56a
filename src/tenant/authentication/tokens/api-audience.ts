import { errors, type ResourceServer } from 'oidc-provider';
import { administratorScopes, isAdministrator } from '../../administrator/console-access.ts';
import type { ClientRecord } from '../../store/records/applications/client-repository.ts';
import type { ResourceServerRecord } from '../../store/records/applications/resource-server-repository.ts';
import type { Store } from '../../store/store.ts';
import { admitClient } from './access-policy.ts';

const PREFIX = 'urn:tenant:api:';

/**
 * An API's identifier as the library's resource indicator. Auth0 takes any string for an identifier, the library only
 * absolute URIs.
 *
 * @example
 * resourceIndicator('orders'); // 'urn:tenant:api:orders'
 * @see RFC 8707, section 2.
 */
export function resourceIndicator(audience: string): string {
  return PREFIX + encodeURIComponent(audience);
}

/** The identifier that an indicator stands for. */
export function audienceOf(indicator: unknown): string | undefined {
  return typeof indicator === 'string' && indicator.startsWith(PREFIX)
    ? decodeURIComponent(indicator.slice(PREFIX.length))
    : undefined;
}

/** The API that a request is for. */
export function findApi(store: Store, indicator: string): ResourceServerRecord | undefined {
  const audience = audienceOf(indicator);
  return audience === undefined ? undefined : store.resourceServers.findByIdentifier(audience);
}

/**
 * What of an API's scopes a user's token may carry. Of the Management API a user gets no more than what concerns
 * that user alone: its other scopes are for machines with a client grant.
 *
 * @see Auth0 docs: "Get Management API Access Tokens for Single-Page Applications".
 */
export function scopesForUsers(api: ResourceServerRecord): string[] {
  const scopes = api.scopes.map((scope) => scope.value);
  return api.is_system ? scopes.filter((scope) => /:current_user(?:_|$)/.test(scope)) : scopes;
}

/**
 * What of an API's scopes an application may ask for on behalf of people. The tenant's own console may ask for some of the
 * Management API's; whether they are given depends on the person as well.
 *
 * @throws an `access_denied` where the API is not open to the application.
 * @see Auth0 docs: "API Access Policies for Applications".
 */
export function scopesOnBehalf(store: Store, client: ClientRecord, api: ResourceServerRecord): string[] {
  const grant = admitClient(store, client, api, 'user');
  const scopes = scopesForUsers(api).filter((scope) => grant === undefined || grant.scope.includes(scope));
  return api.is_system ? [...scopes, ...administratorScopes(store, client)] : scopes;
}

/**
 * What of an API's scopes this user's token may carry: where the API enforces its policies, no more than the user has
 * been permitted, directly or through a role; of the Management API what concerns the user alone, but for the console's
 * administrator.
 *
 * @param scopes those that are in question.
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
 * How the library is to make tokens for an API.
 *
 * @param scopes what the token may carry at most.
 * @param web whether the token is given to a browser by the authorization endpoint itself.
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
 * What an application may ask of an API for itself: the scopes of its client grant, narrowed to those that are asked
 * for.
 *
 * @param requested the `scope` parameter's members; none means all that are granted.
 * @throws an `access_denied` that says what is missing, in Auth0's words.
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
  const granted = admitClient(store, client, api, 'client')?.scope ?? [];
  const missing = requested.filter((scope) => !granted.includes(scope));
  if (missing.length > 0) {
    throw new errors.AccessDenied(`Client has not been granted scopes: ${missing.join(', ')}`);
  }
  return requested.length > 0 ? [...requested] : granted;
}

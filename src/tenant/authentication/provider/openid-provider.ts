import Provider, { type Configuration, errors, type JWKS } from 'oidc-provider';
import type { SideTriggers } from '../../actions/triggers/side-triggers.ts';
import type { SigningKeyRecord } from '../../store/records/tokens/signing-key-repository.ts';
import type { Store } from '../../store/store.ts';
import { SESSION_COOKIE, sessionLifetime } from '../authorize/browser-session.ts';
import { loginPolicy } from '../authorize/login-policy.ts';
import { ORIGINAL, originalRequest } from '../authorize/original-request.ts';
import { type CookieAttributes, LOGIN_LIFETIME, type PendingLogins } from '../authorize/pending-logins.ts';
import { NO_SCOPE, type PostLogin } from '../authorize/post-login.ts';
import { suspendedLoginOf } from '../authorize/suspended-login.ts';
import { loginProgress, type OidcContext, type WebContext } from '../http/web-context.ts';
import type { FactorStep } from '../multifactor/factor-step.ts';
import { audienceOf, findApi, libraryResource, scopesOnBehalf } from '../tokens/api-audience.ts';
import { aimedResource, grantForMachine } from '../tokens/client-credentials-grant.ts';
import { runCredentialsExchange } from '../tokens/credentials-exchange.ts';
import type { LoginGrants } from '../tokens/login-grants.ts';
import { CLAIMS_OF_SCOPE, STANDARD_SCOPES } from '../tokens/profile-claims.ts';
import type { RefreshGrant } from '../tokens/refresh-grant.ts';
import { accessTokenCustomizer, grantedTo } from '../tokens/signed-access-token.ts';
import { createArtifactAdapter } from './artifact-adapter.ts';
import { ASSERTION_ALGORITHMS, useAssertion } from './client-assertion.ts';
import { corsAllowed } from './cors-origins.ts';
import { installCustomClaims, tenantAccount } from './custom-claims.ts';
import { clientRecordOf, installTenantClients, RESPONSE_TYPES } from './tenant-client.ts';

export const RESUME_COOKIE = 'auth0_resume';
const INTERACTION_COOKIE = 'auth0_interaction';
/** The library's own cookies for pending logins; the tenant has its own way of binding them, and sends neither. */
export const INTERNAL_COOKIES = [RESUME_COOKIE, INTERACTION_COOKIE];

/** Seconds. */
const DAY = 24 * 60 * 60;
const CODE_LIFETIME = 10 * 60;
const FOR_EVER = 10 * 365 * DAY;

export interface OpenIdProviderParts {
  readonly store: Store;
  /** With its trailing slash. */
  readonly issuer: string;
  readonly keys: readonly SigningKeyRecord[];
  readonly cookieKeys: readonly string[];
  readonly cookie: CookieAttributes;
  readonly pending: PendingLogins;
  readonly postLogin: PostLogin;
  readonly sideTriggers?: SideTriggers | undefined;
  readonly factorStep: FactorStep;
  readonly grants: LoginGrants;
  readonly refreshGrant: RefreshGrant;
  readonly renderError: NonNullable<Configuration['renderError']>;
}

/** The OpenID Connect library with Auth0's paths, parameters, lifetimes and habits. */
export function createOpenIdProvider(parts: OpenIdProviderParts): Provider {
  const provider = new TenantProvider(parts.issuer, configuration(parts));
  // The request is presented under the issuer's host and scheme by the tenant itself, never by the client.
  provider.proxy = true;
  installTenantClients(provider, parts.store);
  installCustomClaims(provider);
  // A second lock on the door: whatever else may go wrong, no code without the Actions' consent to this request.
  provider.on('authorization.accepted', (ctx: OidcContext) => {
    if (!parts.postLogin.isAllowed(ctx)) throw new errors.AccessDenied('The login did not pass the Actions.');
  });
  provider.on('authorization.success', (ctx: OidcContext, answer?: Record<string, unknown>) => {
    loginProgress(ctx).succeeded = true;
    rememberSignedToken(parts.grants, ctx, answer);
  });
  provider.on('grant.success', (ctx: OidcContext) => {
    loginProgress(ctx).succeeded = true;
    rememberSignedToken(parts.grants, ctx, ctx.body);
  });
  const fail = (ctx: OidcContext, error: Error) => {
    loginProgress(ctx).failure = error;
  };
  provider.on('authorization.error', fail);
  provider.on('grant.error', fail);
  provider.on('revocation.error', fail);
  provider.on('pushed_authorization_request.error', fail);
  provider.on('server_error', fail);
  return provider;
}

/** A token that is signed, and not kept, is found again by its digest when it comes to the userinfo endpoint. */
function rememberSignedToken(grants: LoginGrants, ctx: OidcContext, answer: unknown): void {
  const issued = ctx.oidc.entities.AccessToken;
  const value = (answer as { readonly access_token?: unknown } | undefined)?.access_token;
  if (issued?.aud === undefined || typeof value !== 'string') return;
  grants.rememberToken(value, issued.grantId, Math.floor(Date.now() / 1000) + issued.expiration);
}

type ResponseModeHandler = Parameters<Provider['registerResponseMode']>[1];

/** Auth0's authorization answers have no `iss` (RFC 9207), and clients with a closed list of parameters refuse it. */
class TenantProvider extends Provider {
  override registerResponseMode(name: string, handler: ResponseModeHandler): void {
    super.registerResponseMode(name, (ctx, redirectUri, payload) => {
      const { iss: _iss, scope, ...answer } = payload;
      const words = typeof scope === 'string' ? loginProgress(ctx).scope : undefined;
      return handler(ctx, redirectUri, { ...answer, ...(answer.error === undefined && words ? { scope: words } : {}) });
    });
  }
}

function configuration(parts: OpenIdProviderParts): Configuration {
  const { store, cookie } = parts;
  return {
    adapter: (kind: string) => createArtifactAdapter(store, kind),
    jwks: { keys: parts.keys.map((key) => ({ ...key.private_jwk, kid: key.kid, alg: 'RS256', use: 'sig' })) } as JWKS,
    scopes: [...STANDARD_SCOPES, NO_SCOPE],
    claims: Object.fromEntries(Object.entries(CLAIMS_OF_SCOPE).map(([scope, claims]) => [scope, [...claims]])),
    conformIdTokenClaims: false,
    responseTypes: [...RESPONSE_TYPES],
    subjectTypes: ['public'],
    clientAuthMethods: ['client_secret_post', 'private_key_jwt', 'none'],
    enabledJWA: {
      idTokenSigningAlgValues: ['RS256', 'HS256'],
      clientAuthSigningAlgValues: [...ASSERTION_ALGORITHMS],
    },
    assertJwtClientAuthClaimsAndHeader: async (_ctx, claims) => useAssertion(store, claims),
    allowOmittingSingleRegisteredRedirectUri: false,
    extraParams: [ORIGINAL],
    clientBasedCORS: (_ctx, origin, client) => corsAllowed(clientRecordOf(client), origin),
    cookies: {
      keys: [...parts.cookieKeys],
      names: { session: SESSION_COOKIE, interaction: INTERACTION_COOKIE, resume: RESUME_COOKIE },
      long: { ...cookie, signed: true },
      short: { ...cookie, signed: false },
    },
    routes: {
      authorization: '/authorize',
      token: '/oauth/token',
      revocation: '/oauth/revoke',
      pushed_authorization_request: '/oauth/par',
      jwks: '/.well-known/library-jwks',
    },
    features: {
      devInteractions: { enabled: false },
      userinfo: { enabled: false },
      // On by default, and announced by no document of this tenant.
      dPoP: { enabled: false },
      pushedAuthorizationRequests: { enabled: true },
      rpInitiatedLogout: { enabled: false },
      clientCredentials: { enabled: true },
      revocation: { enabled: true, allowedPolicy: async (_ctx, client, token) => token.clientId === client.clientId },
      webMessageResponseMode: { enabled: true, ack: 'individual-draft-01' },
      resourceIndicators: {
        enabled: true,
        defaultResource: async (ctx, _client, oneOf) => defaultResource(ctx, oneOf),
        useGrantedResource: async () => true,
        getResourceServerInfo: async (ctx, indicator, client) => {
          if (ctx.oidc.params?.grant_type === 'client_credentials') {
            const machine = clientRecordOf(client);
            const resource = grantForMachine(store, ctx, machine, indicator);
            await runCredentialsExchange(parts.sideTriggers, ctx, machine, audienceOf(indicator) ?? indicator);
            return aimedResource(store, ctx, machine, indicator) ?? resource;
          }
          const api = findApi(store, indicator);
          if (api === undefined) {
            throw new errors.AccessDenied(`Service not found: ${audienceOf(indicator) ?? ''}`);
          }
          const web = String(ctx.oidc.params?.response_type ?? '')
            .split(' ')
            .includes('token');
          return libraryResource(api, scopesOnBehalf(store, clientRecordOf(client), api), web);
        },
      },
    },
    // Asked at every access token that is made, whatever its format.
    extraTokenClaims: async (ctx, token) => {
      if (token.kind === 'AccessToken') {
        loginProgress(ctx).scope = grantedTo(ctx, parts.grants.find(token.grantId)?.scopes ?? []).join(' ');
      }
      return undefined;
    },
    formats: { customizers: { jwt: accessTokenCustomizer(parts.issuer, parts.grants, store) } },
    findAccount: async (ctx, subject) => tenantAccount(store, parts.grants, ctx, subject),
    // A grant of its own for every login: made when the Actions have let it through.
    loadExistingGrant: async () => undefined,
    expiresWithSession: async () => false,
    issueRefreshToken: async (_ctx, client, source) =>
      client.grantTypeAllowed('refresh_token') && source.scopes.has('offline_access'),
    rotateRefreshToken: (ctx) => parts.refreshGrant.proceed(ctx),
    pkce: { required: (_ctx, client) => client.clientAuthMethod === 'none' },
    interactions: {
      policy: loginPolicy(store, parts.postLogin),
      url: (ctx, interaction) => {
        const suspended = interaction.prompt.name === 'post-login' ? suspendedLoginOf(interaction) : undefined;
        const step = suspended === undefined ? 'login' : suspended.requests === undefined ? 'post-login' : 'factors';
        parts.pending.begin(ctx as unknown as WebContext, interaction.uid, step);
        if (suspended === undefined) return loginAddress(store, ctx, interaction.uid);
        if (suspended.requests !== undefined) return parts.factorStep.begin(interaction);
        const target = new URL(suspended.url);
        target.searchParams.set('state', interaction.uid);
        return target.href;
      },
    },
    renderError: parts.renderError,
    ttl: {
      AccessToken: (_ctx, token) => token.resourceServer?.accessTokenTTL ?? DAY,
      AuthorizationCode: CODE_LIFETIME,
      ClientCredentials: (_ctx, token) => token.resourceServer?.accessTokenTTL ?? DAY,
      Grant: (ctx) => grantLifetime(ctx),
      IdToken: (_ctx, _token, client) =>
        Math.max(1, Math.floor(clientRecordOf(client).jwt_configuration.lifetime_in_seconds)),
      Interaction: LOGIN_LIFETIME,
      RefreshToken: (_ctx, token, client) =>
        parts.refreshGrant.lifetime(clientRecordOf(client), token.iiat, token.grantId),
      Session: (_ctx, session) => sessionLifetime(store, session),
    },
  };
}

function defaultResource(
  ctx: OidcContext,
  oneOf: readonly string[] | undefined,
): string | readonly string[] | undefined {
  if (oneOf !== undefined) return oneOf[0];
  if (ctx.oidc.params?.grant_type === 'client_credentials') {
    throw new errors.AccessDenied('No audience parameter was provided, and no default audience has been configured.');
  }
  return undefined;
}

/** As long as anything may be made from it. */
function grantLifetime(ctx: OidcContext): number {
  const scopes = String(ctx.oidc.params?.scope ?? '').split(' ');
  if (scopes.includes('offline_access')) return FOR_EVER;
  const lifetimes = Object.values(ctx.oidc.resourceServers ?? {}).map((api) => api.accessTokenTTL ?? DAY);
  return Math.max(DAY, ...lifetimes) + CODE_LIFETIME;
}

/** The page that a login begins with: the sign-up form, or the identity provider itself, where the request says so. */
function loginAddress(store: Store, ctx: OidcContext, state: string): string {
  const requests = originalRequest(ctx.oidc.params);
  const query = `?state=${encodeURIComponent(state)}`;
  const { client_id } = clientRecordOf(ctx.oidc.client);
  const connection = requests.connection === undefined ? undefined : store.connections.findByName(requests.connection);
  if (connection !== undefined && connection.strategy !== 'auth0' && connection.enabled_clients.includes(client_id)) {
    return `/u/social/${encodeURIComponent(connection.name)}${query}`;
  }
  return requests.screen_hint === 'signup' ? `/u/signup${query}` : `/u/login${query}`;
}

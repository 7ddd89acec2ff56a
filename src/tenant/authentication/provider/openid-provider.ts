import Provider, { type Configuration, errors, type JWKS } from 'oidc-provider';
import type { SigningKeyRecord } from '../../store/records/tokens/signing-key-repository.ts';
import type { Store } from '../../store/store.ts';
import { SESSION_COOKIE, sessionLifetime } from '../authorize/browser-session.ts';
import { firstPage } from '../authorize/first-page.ts';
import { loginPolicy } from '../authorize/login-policy.ts';
import { loginProgress } from '../authorize/login-progress.ts';
import { ORIGINAL } from '../authorize/original-request.ts';
import type { CookieAttributes, PendingLogins } from '../authorize/pending-logins.ts';
import { LOGIN_LIFETIME } from '../authorize/suspended-login.ts';
import type { OidcContext, WebContext } from '../http/web-context.ts';
import { addressOf } from '../multifactor/factor-addresses.ts';
import { beginFactorDialog } from '../multifactor/factor-dialogs.ts';
import { audienceOf, findApi, libraryResource, scopesOnBehalf } from '../tokens/api-audience.ts';
import { clientCredentialsResource } from '../tokens/client-credentials-grant.ts';
import type { LoginGrants } from '../tokens/login-grants.ts';
import { CLAIMS_OF_SCOPE, NO_SCOPE, STANDARD_SCOPES } from '../tokens/profile-claims.ts';
import { exchangeRefreshToken, refreshTokenLifetime } from '../tokens/refresh-grant.ts';
import { accessTokenCustomizer, grantedTo } from '../tokens/signed-access-token.ts';
import { createArtifactAdapter } from './artifact-adapter.ts';
import { useAssertion } from './client-assertion.ts';
import { corsAllowed } from './cors-origins.ts';
import { installCustomClaims, tenantAccount } from './custom-claims.ts';
import { ASSERTION_ALGORITHMS } from './discovery-document.ts';
import { clientRecordOf, installTenantClients, RESPONSE_TYPES } from './tenant-client.ts';

export const RESUME_COOKIE = 'auth0_resume';
const INTERACTION_COOKIE = 'auth0_interaction';
/** The library's own cookies for pending logins. The tenant binds logins to browsers itself and sends neither cookie. */
export const INTERNAL_COOKIES = [RESUME_COOKIE, INTERACTION_COOKIE];

/** Seconds. */
const DAY = 24 * 60 * 60;
const CODE_LIFETIME = 10 * 60;
const UNLIMITED = 10 * 365 * DAY;

export interface OpenIdProviderParts {
  readonly store: Store;
  /** With its trailing slash. */
  readonly issuer: string;
  readonly keys: readonly SigningKeyRecord[];
  readonly cookieKeys: readonly string[];
  readonly cookie: CookieAttributes;
  readonly pending: PendingLogins;
  readonly grants: LoginGrants;
  readonly renderError: NonNullable<Configuration['renderError']>;
}

/** The OpenID Connect library, configured with Auth0's paths, parameters, lifetimes and conventions. */
export function createOpenIdProvider(parts: OpenIdProviderParts): Provider {
  const provider = new TenantProvider(parts.issuer, configuration(parts));
  // The tenant itself sets the forwarded host and scheme of each request to the issuer's, so they can be trusted.
  provider.proxy = true;
  installTenantClients(provider, parts.store);
  installCustomClaims(provider);
  // A second safeguard: no code is ever issued unless the Actions have allowed this request.
  provider.on('authorization.accepted', (ctx: OidcContext) => {
    if (!loginProgress(ctx).passedAll) throw new errors.AccessDenied('The login did not pass the Actions.');
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

/** Stores the digest of a signed access token, by which the userinfo endpoint finds the login. */
function rememberSignedToken(grants: LoginGrants, ctx: OidcContext, answer: unknown): void {
  const issued = ctx.oidc.entities.AccessToken;
  const value = (answer as { readonly access_token?: unknown } | undefined)?.access_token;
  if (issued?.aud === undefined || typeof value !== 'string') return;
  grants.rememberToken(value, issued.grantId, Math.floor(Date.now() / 1000) + issued.expiration);
}

type ResponseModeHandler = Parameters<Provider['registerResponseMode']>[1];

/** Omits `iss` (RFC 9207) from authorization responses, as Auth0 does: some clients refuse unknown parameters. */
class TenantProvider extends Provider {
  override registerResponseMode(name: string, handler: ResponseModeHandler): void {
    super.registerResponseMode(name, (ctx, redirectUri, payload) => {
      const { iss: _iss, scope, ...answer } = payload;
      const granted = typeof scope === 'string' ? loginProgress(ctx).scope : undefined;
      return handler(ctx, redirectUri, {
        ...answer,
        ...(answer.error === undefined && granted ? { scope: granted } : {}),
      });
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
    clientBasedCORS: (_ctx, origin, client) => corsAllowed(store, clientRecordOf(client), origin),
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
      // On by default in the library, but not part of this tenant's discovery document.
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
            return clientCredentialsResource(ctx, indicator);
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
    // The library calls this for every access token, regardless of its format.
    extraTokenClaims: async (ctx, token) => {
      if (token.kind === 'AccessToken') {
        const progress = loginProgress(ctx);
        const { scopes = [], loginId } = parts.grants.find(token.grantId) ?? {};
        progress.scope = grantedTo(ctx, scopes).join(' ');
        // The exchange of a code belongs to the login that the code came from.
        if (loginId !== undefined) progress.transactionId ??= loginId;
      }
      return undefined;
    },
    formats: { customizers: { jwt: accessTokenCustomizer(parts.issuer, parts.grants, store) } },
    findAccount: async (ctx, subject) => tenantAccount(store, parts.grants, ctx, subject),
    // Every login has a grant of its own, which is created after the Actions have allowed the login.
    loadExistingGrant: async () => undefined,
    expiresWithSession: async () => false,
    issueRefreshToken: async (_ctx, client, source) =>
      client.grantTypeAllowed('refresh_token') && source.scopes.has('offline_access'),
    rotateRefreshToken: (ctx) => exchangeRefreshToken(ctx),
    pkce: { required: (_ctx, client) => client.clientAuthMethod === 'none' },
    interactions: {
      policy: loginPolicy(),
      url: (ctx, interaction) => {
        const { suspension = { waitsFor: 'sign-in' } } = loginProgress(ctx);
        const state = interaction.uid;
        parts.pending.begin(ctx as unknown as WebContext, state, suspension.waitsFor);
        switch (suspension.waitsFor) {
          case 'sign-in':
            return firstPage(store, ctx, state);
          case 'organization':
            return addressOf('organization', state);
          case 'factors':
            beginFactorDialog(store, state, interaction.session?.accountId ?? '');
            return addressOf(suspension.url, state);
          case 'redirect': {
            const target = new URL(suspension.url);
            target.searchParams.set('state', state);
            return target.href;
          }
        }
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
        refreshTokenLifetime(store, clientRecordOf(client), token.iiat, token.grantId),
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

/** Seconds that a grant lives: as long as a token may be issued from it. */
function grantLifetime(ctx: OidcContext): number {
  const scopes = String(ctx.oidc.params?.scope ?? '').split(' ');
  if (scopes.includes('offline_access')) return UNLIMITED;
  const lifetimes = Object.values(ctx.oidc.resourceServers ?? {}).map((api) => api.accessTokenTTL ?? DAY);
  return Math.max(DAY, ...lifetimes) + CODE_LIFETIME;
}

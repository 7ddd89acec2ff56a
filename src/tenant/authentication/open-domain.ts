import type { SigningKeyRecord } from '../store/records/tokens/signing-key-repository.ts';
import { createResetPages } from './accounts/password-reset/reset-pages.ts';
import type { AuthenticationDependencies } from './authentication-dependencies.ts';
import { createLoginPages } from './authorize/login-pages.ts';
import type { LoginTenant } from './authorize/login-progress.ts';
import { type CookieAttributes, PendingLogins } from './authorize/pending-logins.ts';
import { createEndpoints, type Endpoints } from './endpoints.ts';
import { domainTriggers } from './http/domain-triggers.ts';
import { readTenantRequests } from './http/read-tenant-request.ts';
import { createLogoutRoutes } from './logout/logout-routes.ts';
import { createFactorPages } from './multifactor/factor-pages.ts';
import {
  createAccessTokenVerifier,
  type VerifiedAccessToken,
  verifiedTokenOf,
} from './provider/access-token-verifier.ts';
import { renderAuthorizationError } from './provider/authorization-errors.ts';
import { createOpenIdProvider } from './provider/openid-provider.ts';
import { LoginGrants } from './tokens/login-grants.ts';
import { installMfaGrants } from './tokens/mfa-grants.ts';
import { installPasswordGrant } from './tokens/password-grant.ts';

/** A domain of a tenant that answers requests. */
export interface Domain {
  readonly endpoints: Endpoints;
  /** @throws {AccessTokenError} `invalid_token`, `expired_token` or `bad_audience` */
  verifyAccessToken(token: string): Promise<VerifiedAccessToken>;
}

/**
 * Opens a domain of a tenant: its provider, its pages, and what answers requests to them.
 *
 * @param keys the tenant's signing keys, the current one first
 * @param issuers returns every domain of the tenant, with trailing slashes
 * @example const { endpoints } = openDomain(deps, await signingKeys(store), () => ['https://localhost:4000/']);
 */
export function openDomain(
  deps: AuthenticationDependencies,
  keys: readonly SigningKeyRecord[],
  issuers: () => readonly string[],
): Domain {
  const { store, log, issuer, customDomain } = deps;
  const sideTriggers = domainTriggers(deps.sideTriggers, customDomain);
  const secure = issuer.startsWith('https:');
  const cookie: CookieAttributes = { httpOnly: true, sameSite: secure ? 'none' : 'lax', secure, path: '/' };
  const grants = new LoginGrants(store);
  const pending = new PendingLogins(store, issuer, cookie);
  const tenant: LoginTenant = { store, log, trigger: deps.postLogin, sideTriggers, grants, issuer, customDomain };
  const { cookieKeys } = deps;
  const provider = createOpenIdProvider({
    store,
    issuer,
    keys,
    cookieKeys,
    cookie,
    pending,
    grants,
    renderError: renderAuthorizationError,
  });
  installPasswordGrant(provider);
  installMfaGrants(provider);
  readTenantRequests(provider, tenant, issuers);
  const verify = createAccessTokenVerifier(keys, issuers);
  const endpoints = createEndpoints({
    issuer: deps.issuer,
    sideTriggers,
    store,
    log,
    provider,
    pending,
    grants,
    verify,
    cookie,
    redeemTicket: deps.redeemTicket,
    pages: createLoginPages({ store, log, sideTriggers, provider, pending, cookie, issuer }),
    factors: createFactorPages({ store, log, provider, pending, cookie, tenantName: deps.tenantName }),
    resets: createResetPages({ store, log, sideTriggers, provider, pending, issuer }),
    logout: createLogoutRoutes({ store, log, provider, pending, cookie }),
    issuers,
  });
  return {
    endpoints,
    verifyAccessToken: async (token) => verifiedTokenOf(await verify(token, deps.managementAudience)),
  };
}

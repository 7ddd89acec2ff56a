import type { IncomingMessage, ServerResponse } from 'node:http';
import type { PostLoginTrigger } from '../actions/run/login-transaction.ts';
import type { SideTriggers } from '../actions/triggers/side-triggers.ts';
import type { TenantLog } from '../logs/tenant-log.ts';
import type { Store } from '../store/store.ts';
import { createResetPages } from './accounts/password-reset/reset-pages.ts';
import type { RedeemTicket } from './accounts/sign-in-ticket.ts';
import { createLoginPages } from './authorize/login-pages.ts';
import type { LoginTenant } from './authorize/login-progress.ts';
import { type CookieAttributes, PendingLogins } from './authorize/pending-logins.ts';
import { createEndpoints, type Endpoints } from './endpoints.ts';
import { answerFailure } from './http/answer-failure.ts';
import { domainTriggers } from './http/domain-triggers.ts';
import { readTenantRequests } from './http/read-tenant-request.ts';
import { unservedPath } from './http/unserved-paths.ts';
import { createLogoutRoutes } from './logout/logout-routes.ts';
import { createFactorPages } from './multifactor/factor-pages.ts';
import {
  createAccessTokenVerifier,
  type VerifiedAccessToken,
  verifiedTokenOf,
} from './provider/access-token-verifier.ts';
import { authenticationSettings } from './provider/authentication-settings.ts';
import { renderAuthorizationError } from './provider/authorization-errors.ts';
import { discoveryDocument } from './provider/discovery-document.ts';
import { createOpenIdProvider } from './provider/openid-provider.ts';
import { publicKeySet, signingKeys } from './provider/signing-keys.ts';
import { LoginGrants } from './tokens/login-grants.ts';
import { installMfaGrants } from './tokens/mfa-grants.ts';
import { installPasswordGrant } from './tokens/password-grant.ts';

export interface AuthenticationDependencies {
  readonly store: Store;
  readonly log: TenantLog;
  readonly postLogin: PostLoginTrigger;
  /** Triggers of sign-ups, password changes and client credentials exchanges. Without them no such Actions run. */
  readonly sideTriggers?: SideTriggers;
  /** The domain, with scheme and trailing slash: `https://localhost:4000/`. */
  readonly issuer: string;
  /** Audience of the Management API: `https://…/api/v2/`, on the tenant's first domain. */
  readonly managementAudience: string;
  /** The domain for `event.custom_domain`, if it is not the tenant's first domain. */
  readonly customDomain?: string;
  readonly tenantName: string;
  /** Redeems the operator's sign-in tickets. Without it no ticket is valid. */
  readonly redeemTicket?: RedeemTicket;
  /** Keys for signed cookies. The first one signs new cookies; all of them verify cookies that come back. */
  readonly cookieKeys: readonly string[];
}

/** The Authentication API of one domain of a tenant. */
export interface Authentication {
  /** Resolves when the tenant has its keys, which its first start creates. Rejects if the tenant cannot answer at all. */
  ready(): Promise<void>;
  /** Answers a request. Never rejects. */
  handle(request: IncomingMessage, response: ServerResponse): Promise<void>;
  /**
   * Verifies the access token of a Management API request.
   *
   * @throws {AccessTokenError} `invalid_token`, `expired_token` or `bad_audience`.
   */
  verifyAccessToken(token: string): Promise<VerifiedAccessToken>;
  close(): void;
}

const SWEEP_INTERVAL_MS = 60_000;
const METHODS: readonly string[] = ['GET', 'HEAD', 'OPTIONS', 'POST'];

/** The domains of each tenant in this process. Tokens from one domain of a tenant are valid on its others. */
const domains = new WeakMap<Store, Set<string>>();

/**
 * Auth0's Authentication API on one domain of a tenant: OpenID Connect, Universal Login, sessions, `/continue` and
 * logout. Several domains share a store, and with it users, sessions and signing keys.
 *
 * @example
 * const authentication = createAuthentication({
 *   store, log, postLogin, issuer: 'https://localhost:4000/', managementAudience: 'https://localhost:4000/api/v2/',
 *   tenantName: 'local', cookieKeys: ['…'],
 * });
 * createServer((request, response) => authentication.handle(request, response));
 * @see Auth0 docs: "Authentication API".
 */
export function createAuthentication(deps: AuthenticationDependencies): Authentication {
  const { store, issuer } = deps;
  const issuers = domains.get(store) ?? new Set<string>([new URL('/', deps.managementAudience).href]);
  domains.set(store, issuers.add(issuer));

  // Key generation takes longer than everything else. A request for the discovery document does not wait for it.
  const starting = start(deps, () => [...issuers]);
  starting.catch(() => undefined);
  const discovery = () => JSON.stringify(discoveryDocument(issuer, authenticationSettings(store).pushedRequests));
  const sweeper = setInterval(() => sweep(store), SWEEP_INTERVAL_MS);
  sweeper.unref();

  return {
    async ready() {
      await starting;
    },
    async handle(request, response) {
      try {
        await answer(deps, discovery, starting, request, response);
      } catch (error) {
        answerFailure(response, error);
      }
    },
    async verifyAccessToken(token) {
      const { verify } = await starting;
      return verifiedTokenOf(await verify(token, deps.managementAudience));
    },
    close() {
      clearInterval(sweeper);
      issuers.delete(issuer);
    },
  };
}

interface Started {
  readonly endpoints: Endpoints;
  readonly verify: ReturnType<typeof createAccessTokenVerifier>;
  readonly keySet: string;
}

async function start(deps: AuthenticationDependencies, issuers: () => readonly string[]): Promise<Started> {
  const { store, log, issuer, customDomain } = deps;
  const sideTriggers = domainTriggers(deps.sideTriggers, customDomain);
  const keys = await signingKeys(store);
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
    userinfoAudiences: () => issuers().map((domain) => `${domain}userinfo`),
  });
  return { endpoints, verify, keySet: JSON.stringify(publicKeySet(keys)) };
}

async function answer(
  deps: AuthenticationDependencies,
  discovery: () => string,
  starting: Promise<Started>,
  request: IncomingMessage,
  response: ServerResponse,
): Promise<void> {
  const issuer = new URL(deps.issuer);
  const unserved = unservedPath(pathOf(request, issuer));
  if (unserved !== undefined) return refuseUnserved(request, response, unserved);
  if (!METHODS.includes(request.method ?? '')) return refuseMethod(response, METHODS.join(', '));
  const path = pathOf(request, issuer);
  if (path === '/.well-known/openid-configuration') return answerDocument(request, response, discovery());
  const { endpoints, keySet } = await starting;
  if (path === '/.well-known/jwks.json') return answerDocument(request, response, keySet);
  await endpoints.answer(request, response);
}

function answerDocument(request: IncomingMessage, response: ServerResponse, document: string): void {
  const headers = {
    'access-control-allow-origin': '*',
    'access-control-allow-headers': 'auth0-client, content-type',
    'cache-control': 'public, max-age=15',
  };
  if (request.method === 'OPTIONS') {
    response.writeHead(204, headers).end();
    return;
  }
  if (request.method !== 'GET' && request.method !== 'HEAD') {
    refuseMethod(response, 'GET, HEAD, OPTIONS');
    return;
  }
  response.writeHead(200, { ...headers, 'content-type': 'application/json; charset=utf-8' });
  response.end(request.method === 'HEAD' ? undefined : document);
}

function pathOf(request: IncomingMessage, issuer: URL): string {
  return URL.parse(`${issuer.origin}${request.url ?? '/'}`)?.pathname ?? '/';
}

/** Answers 404, and not 5xx: Auth0's SDKs repeat a request that answers 5xx. A page of any origin may read the answer. */
function refuseUnserved(request: IncomingMessage, response: ServerResponse, path: string): void {
  const headers = {
    'access-control-allow-origin': '*',
    'access-control-allow-headers': 'authorization, auth0-client, content-type',
    'access-control-allow-methods': 'DELETE, GET, PATCH, POST, PUT',
  };
  if (request.method === 'OPTIONS') {
    response.writeHead(204, headers).end();
    return;
  }
  // The rest of the body is not read.
  response.writeHead(404, { ...headers, 'content-type': 'application/json; charset=utf-8', connection: 'close' });
  const error_description = `This tenant does not have ${path}. Use an Auth0 tenant for it.`;
  response.end(JSON.stringify({ error: 'operation_not_built', error_description }));
}

function refuseMethod(response: ServerResponse, allow: string): void {
  // The rest of the body is not read.
  response.writeHead(405, { allow, connection: 'close' }).end();
}

/** Deletes expired records. */
function sweep(store: Store): void {
  try {
    store.artifacts.removeExpired(Math.floor(Date.now() / 1000));
    store.blocks.removeExpired();
  } catch {
    // The store is busy or closed. The next sweep tries again.
  }
}

import type { IncomingMessage, ServerResponse } from 'node:http';
import type { SigningKeyRecord } from '../store/records/tokens/signing-key-repository.ts';
import type { Store } from '../store/store.ts';
import type { AuthenticationDependencies } from './authentication-dependencies.ts';
import { answerFailure } from './http/answer-failure.ts';
import { unservedPath } from './http/unserved-paths.ts';
import type { Domain } from './open-domain.ts';
import type { VerifiedAccessToken } from './provider/access-token-verifier.ts';
import { authenticationSettings } from './provider/authentication-settings.ts';
import { discoveryDocument } from './provider/discovery-document.ts';
import { publicKeySet, signingKeys } from './provider/signing-keys.ts';

/** The Authentication API of one domain of a tenant. */
export interface Authentication {
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

  // Key generation takes longer than everything else. It begins at once, and a request for the discovery document does not wait for it.
  const keys = signingKeys(store);
  keys.catch(() => undefined);
  let domain: Promise<Domain> | undefined;
  // Loaded by the first request for more than a document: a start does not wait for it either.
  const opened = () => {
    domain ??= import('./open-domain.ts').then(async ({ openDomain }) =>
      openDomain(deps, await keys, () => [...issuers]),
    );
    return domain;
  };
  const discovery = () => JSON.stringify(discoveryDocument(issuer, authenticationSettings(store).pushedRequests));
  const sweeper = setInterval(() => sweep(store), SWEEP_INTERVAL_MS);
  sweeper.unref();

  return {
    async handle(request, response) {
      try {
        await answer({ deps, discovery, keys, opened }, request, response);
      } catch (error) {
        answerFailure(response, error);
      }
    },
    async verifyAccessToken(token) {
      return await (await opened()).verifyAccessToken(token);
    },
    close() {
      clearInterval(sweeper);
      issuers.delete(issuer);
    },
  };
}

interface Answers {
  readonly deps: AuthenticationDependencies;
  readonly discovery: () => string;
  readonly keys: Promise<readonly SigningKeyRecord[]>;
  readonly opened: () => Promise<Domain>;
}

async function answer(
  { deps, discovery, keys, opened }: Answers,
  request: IncomingMessage,
  response: ServerResponse,
): Promise<void> {
  const issuer = new URL(deps.issuer);
  const unserved = unservedPath(pathOf(request, issuer));
  if (unserved !== undefined) return refuseUnserved(request, response, unserved);
  if (!METHODS.includes(request.method ?? '')) return refuseMethod(response, METHODS.join(', '));
  const path = pathOf(request, issuer);
  if (path === '/.well-known/openid-configuration') return answerDocument(request, response, discovery());
  if (path === '/.well-known/jwks.json') return answerDocument(request, response, keySet(await keys));
  const { endpoints } = await opened();
  await endpoints.answer(request, response);
}

function keySet(keys: readonly SigningKeyRecord[]): string {
  return JSON.stringify(publicKeySet(keys));
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

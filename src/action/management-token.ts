//! The token for the Management API: sealed in the trigger's cache, or requested with client credentials.

import type { ActionCache } from './action-api.ts';
import type { LoginBudget } from './login-budget.ts';
import { type FailureCause, ManagementFailure } from './management-failure.ts';
import { sealToken, type TokenOwner, unsealToken } from './sealed-token.ts';
import { requestTenant } from './tenant-request.ts';

/** A token that expires within this time is not used. */
const MARGIN_S = 60;
/** Auth0 docs, "Actions Limitations": 24 hours, 4 KB, keys of 64 bytes. */
const LONGEST_S = 24 * 60 * 60 - MARGIN_S;
const LARGEST_CACHED_BYTES = 4096;
const LONGEST_KEY = 64;

export interface TokenSource {
  /** The tenant that issues the token and that it is for; may carry a port. */
  readonly domain: string;
  /** Client id of the machine-to-machine application. */
  readonly clientId: string;
  /** The Action's secrets; `clientSecret` is that application's. */
  readonly secrets: Readonly<Record<string, string>>;
  readonly cache: ActionCache;
}

/**
 * Returns the token for the Management API from the cache: possibly revoked, or older than a scope that was granted later.
 * All Actions of the trigger share the cache, so the token is sealed there.
 *
 * @returns `undefined` if the cache fails, or holds anything else
 */
export function cachedToken(source: TokenSource): string | undefined {
  const { clientSecret } = source.secrets;
  return clientSecret ? readCache(source, { clientId: source.clientId, clientSecret }) : undefined;
}

/**
 * Requests a token for the Management API, and puts it into the cache.
 *
 * Source: Auth0 docs, "Get Management API Access Tokens for Production".
 *
 * @throws {ManagementFailure} with a cause that begins with `token_`
 */
export async function requestToken(source: TokenSource, budget: LoginBudget): Promise<string> {
  const { clientSecret } = source.secrets;
  if (!clientSecret) throw new ManagementFailure('token_no_credentials');
  const answer = await fetchToken(source.domain, source.clientId, clientSecret, budget);
  const value = 'access_token' in answer ? answer.access_token : undefined;
  if (!isToken(value)) throw new ManagementFailure('token_bad_answer');
  const owner = { clientId: source.clientId, clientSecret };
  writeCache(source, owner, value, 'expires_in' in answer ? answer.expires_in : undefined);
  return value;
}

/** Removes the token from the cache, so that the next one is fresh. */
export function dropToken(source: TokenSource): void {
  try {
    source.cache.delete(cacheKey(source));
  } catch {
    // It will be refused again, at the cost of a request.
  }
}

async function fetchToken(
  domain: string,
  clientId: string,
  clientSecret: string,
  budget: LoginBudget,
): Promise<object> {
  const body = {
    grant_type: 'client_credentials',
    client_id: clientId,
    client_secret: clientSecret,
    audience: `https://${domain}/api/v2/`,
  };
  try {
    return await requestTenant({ method: 'POST', url: `https://${domain}/oauth/token`, body }, budget);
  } catch (error) {
    if (!(error instanceof ManagementFailure)) throw error;
    throw new ManagementFailure(`token_${error.reason}` as FailureCause);
  }
}

function readCache(source: TokenSource, owner: TokenOwner): string | undefined {
  try {
    const value: unknown = source.cache.get(cacheKey(source))?.value;
    const token = typeof value === 'string' ? unsealToken(value, owner) : undefined;
    return isToken(token) ? token : undefined;
  } catch {
    return undefined;
  }
}

function writeCache(source: TokenSource, owner: TokenOwner, token: string, expiresIn: unknown): void {
  if (typeof expiresIn !== 'number' || !(expiresIn > MARGIN_S)) return;
  const ttl = Math.floor(Math.min(expiresIn - MARGIN_S, LONGEST_S)) * 1000;
  try {
    const sealed = sealToken(token, owner);
    if (sealed.length <= LARGEST_CACHED_BYTES) source.cache.set(cacheKey(source), sealed, { ttl });
  } catch {
    // The next login fetches its own.
  }
}

/** Contains the client id, so that another machine-to-machine application does not use the previous one's token. */
function cacheKey(source: TokenSource): string {
  return `portcullis:${source.clientId}`.slice(0, LONGEST_KEY);
}

/** Visible ASCII: a header allows nothing else. One character is one byte. */
function isToken(value: unknown): value is string {
  return typeof value === 'string' && /^[\x21-\x7e]+$/.test(value);
}

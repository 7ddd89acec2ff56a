//! A request to the Management API with a token, repeated with a new token if an old one is refused.
import type { LoginBudget } from './login-budget.ts';
import { ManagementFailure } from './management-failure.ts';
import { cachedToken, dropToken, requestToken, type TokenSource } from './management-token.ts';
import { requestTenant, type TenantRequest } from './tenant-request.ts';

/** A request; its path is below `/api/v2/`, with everything in it encoded. */
type ManagementRequest = Pick<TenantRequest, 'method' | 'body'> & { readonly path: string };

/**
 * Calls the tenant's Management API with a token. A token that is refused is removed from the cache. If it came from
 * there, the request is repeated once with a new one: the old one may be malformed (400), revoked (401), or older than
 * the scope (403).
 *
 * @throws {ManagementFailure}
 * @example
 * await callManagementApi(source, budget, { method: 'POST', path: 'roles/rol_x/users', body: { users: ['auth0|1'] } })
 */
export async function callManagementApi(
  source: TokenSource,
  budget: LoginBudget,
  request: ManagementRequest,
): Promise<object> {
  const answer = await callWithCachedToken(source, budget, request);
  if (answer !== undefined) return answer;
  const token = await requestToken(source, budget);
  try {
    return await sendWithToken(request, token, source, budget);
  } catch (error) {
    if (isRefusal(error)) dropToken(source);
    throw error;
  }
}

/**
 * Calls the tenant's Management API only if a token is in the cache.
 *
 * @returns `undefined` if there is none, or if the tenant refused it: it is removed from the cache then
 * @throws {ManagementFailure} for every other failure
 * @example await callWithCachedToken(source, budget, { method: 'GET', path: 'roles/rol_x' })
 */
export async function callWithCachedToken(
  source: TokenSource,
  budget: LoginBudget,
  request: ManagementRequest,
): Promise<object | undefined> {
  const token = cachedToken(source);
  if (token === undefined) return undefined;
  try {
    return await sendWithToken(request, token, source, budget);
  } catch (error) {
    if (!isRefusal(error)) throw error;
    dropToken(source);
    return undefined;
  }
}

async function sendWithToken(
  { path, ...rest }: ManagementRequest,
  token: string,
  source: TokenSource,
  budget: LoginBudget,
): Promise<object> {
  return await requestTenant({ ...rest, url: `https://${source.domain}/api/v2/${path}`, token }, budget);
}

/** Whether a token may be the reason for a failure. */
function isRefusal(error: unknown): boolean {
  return error instanceof ManagementFailure && /^http_40[013]$/.test(error.reason);
}

//! A request to the Management API with a token, repeated with a new token if an old one is refused.
import type { LoginBudget } from './login-budget.ts';
import { ManagementFailure } from './management-failure.ts';
import { dropToken, managementToken, type TokenSource } from './management-token.ts';
import { requestTenant, type TenantRequest } from './tenant-request.ts';

/**
 * Calls the tenant's Management API with a token. A token that is refused is removed from the cache. If it came from
 * there, the request is repeated once with a new one: the old one may be malformed (400), revoked (401), or older than
 * the scope (403).
 *
 * @param path below `/api/v2/`, with everything in it encoded
 * @throws {ManagementFailure}
 * @example
 * await callManagementApi(source, budget, { method: 'POST', path: 'roles/rol_x/users', body: { users: ['auth0|1'] } })
 */
export async function callManagementApi(
  source: TokenSource,
  budget: LoginBudget,
  request: Pick<TenantRequest, 'method' | 'body'> & { readonly path: string },
): Promise<object> {
  const { path, ...rest } = request;
  const url = `https://${source.domain}/api/v2/${path}`;
  const token = await managementToken(source, budget);
  try {
    return await requestTenant({ ...rest, url, token: token.value }, budget);
  } catch (error) {
    const isRefused = error instanceof ManagementFailure && /^http_40[013]$/.test(error.reason);
    if (!isRefused) throw error;
    dropToken(source);
    if (!token.cached) throw error;
    const fresh = await managementToken(source, budget);
    return await requestTenant({ ...rest, url, token: fresh.value }, budget);
  }
}

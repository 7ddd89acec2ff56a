//! A request to the Management API, with a token, and once more if an old token is turned away.
import type { LoginBudget } from './login-budget.ts';
import { ManagementFailure } from './management-failure.ts';
import { dropToken, managementToken, type TokenSource } from './management-token.ts';
import { askTenant, type TenantRequest } from './tenant-request.ts';

/**
 * Asks the tenant's Management API, with a token for it. A token that is turned away leaves the cache. If it came from
 * there, the request is made once more with a fresh one: it may be no token (400), revoked (401), or older than the
 * scope (403).
 *
 * @param path below `/api/v2/`, with everything in it encoded
 * @throws {ManagementFailure}
 * @example
 * await askManagementApi(source, budget, { method: 'POST', path: 'roles/rol_x/users', body: { users: ['auth0|1'] } })
 */
export async function askManagementApi(
  source: TokenSource,
  budget: LoginBudget,
  request: Pick<TenantRequest, 'method' | 'body'> & { readonly path: string },
): Promise<object> {
  const { path, ...rest } = request;
  const url = `https://${source.domain}/api/v2/${path}`;
  const token = await managementToken(source, budget);
  try {
    return await askTenant({ ...rest, url, token: token.value }, budget);
  } catch (error) {
    const turnedAway = error instanceof ManagementFailure && /^http_40[013]$/.test(error.reason);
    if (!turnedAway) throw error;
    dropToken(source);
    if (!token.cached) throw error;
    const fresh = await managementToken(source, budget);
    return await askTenant({ ...rest, url, token: fresh.value }, budget);
  }
}
